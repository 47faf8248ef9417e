package preflight

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// Quotas of IAM that an account has unless it asked for more (IAM user guide, "IAM
// and STS quotas"). White space does not count.
const (
	maxTrustSize  = 2048
	maxInlineSize = 10240
	maxAttached   = 10
)

// checkRoles looks at each role by itself, and for two of one name.
func (p *proof) checkRoles() {
	first := map[string]*facts.Role{}
	for i := range p.Roles {
		role := &p.Roles[i]
		p.checkRole(role)
		if !role.Name.Known() {
			continue
		}
		key := role.Account.Value + " " + strings.ToLower(role.Name.Value)
		// A role of a template may be the same that a list of the account shows.
		if before := first[key]; before != nil && (before.LogicalID == "") == (role.LogicalID == "") {
			p.find(definedTwice, role.Place, fmt.Sprintf("an account has one role %q, whatever its path and its case, and the files define it twice", role.Name.Value),
				"rename one", Related{before.Place, "the other"})
		}
		first[key] = role
	}
	policies := map[string]*facts.ManagedPolicy{}
	for i := range p.ManagedPolicies {
		managed := &p.ManagedPolicies[i]
		if !isOfAWS(managed.ARN.Value) {
			p.checkManagedPolicy(managed)
		}
		for _, role := range managed.Roles {
			if role.Unknown != "" {
				p.find(notKnown, managed.Place, "whose policy this is is not known: "+role.Unknown, "tell what decides it")
			}
		}
		key := managed.Place.File + " " + managed.ARN.Value
		if before := policies[key]; before != nil && managed.ARN.Known() {
			p.find(definedTwice, managed.Place, fmt.Sprintf("the file defines managed policy %q twice", managed.ARN.Value), "rename one", Related{before.Place, "the other"})
		}
		policies[key] = managed
	}
}

func (p *proof) checkRole(role *facts.Role) {
	if role.Name.Known() {
		p.checkName(role.Name, identity.RoleName(role.Name.Value).Check())
	}
	if role.Path.Known() && role.Path.Value != "/" {
		p.checkName(role.Path, identity.RolePath(role.Path.Value).Check())
	}
	if size := sizeOf(&role.Trust); size > maxTrustSize {
		p.find(trustTooLong, role.Trust.Place,
			fmt.Sprintf("the trust policy has %d characters, IAM takes %d unless the quota ACLSizePerRole was raised%s", size, maxTrustSize, largest(&role.Trust)),
			"put subjects of one issuer into one statement, or split the role")
	}
	inline := 0
	for i := range role.Inline {
		if role.Inline[i].Name.Unknown != "" {
			continue // a managed policy whose ARN is not known
		}
		inline += sizeOf(&role.Inline[i].Document)
	}
	if inline > maxInlineSize {
		p.find(policyTooLong, role.Place, fmt.Sprintf("the inline policies of the role have %d characters together, IAM takes %d", inline, maxInlineSize),
			"move some into a managed policy")
	}
	if len(role.Attached) > maxAttached {
		p.find(tooManyPolicies, role.Place, fmt.Sprintf("the role has %d managed policies, IAM takes %d unless the quota was raised", len(role.Attached), maxAttached),
			"join policies")
	}
}

func (p *proof) checkManagedPolicy(managed *facts.ManagedPolicy) {
	if managed.Name.Known() {
		p.checkName(managed.Name, identity.PolicyName(managed.Name.Value).Check())
	}
	if size := sizeOf(&managed.Document); size > policy.MaxManagedSize {
		p.find(policyTooLong, managed.Document.Place,
			fmt.Sprintf("the policy has %d characters, IAM takes %d%s", size, policy.MaxManagedSize, largest(&managed.Document)),
			"spread the image repositories over several policies, or name them by a common prefix")
	}
}

// checkName reports what is wrong with a name.
func (p *proof) checkName(name facts.Text, err error) {
	if err != nil {
		p.find(badName, name.Place, err.Error(), "choose another name")
	}
}

// sizeOf is how many characters IAM counts; 0 if not all of it is known.
func sizeOf(d *facts.Document) int {
	if len(d.Maybe) > 0 || len(d.Policy.Statement) == 0 {
		return 0
	}
	return d.Policy.Size()
}

// largest names the statement that takes the most room, if there are several.
func largest(d *facts.Document) string {
	if len(d.Policy.Statement) < 2 {
		return ""
	}
	size, at := 0, 0
	for i, statement := range d.Policy.Statement {
		if n := one(statement).Size(); n > size {
			size, at = n, i
		}
	}
	return fmt.Sprintf("; the largest is Statement[%d] with %d", at, size-utf8.RuneCount(policy.Document{Version: policy.Version, Statement: []policy.Statement{}}.JSON()))
}
