package preflight

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// roleOf finds the role with the ARN that is written, and reports what is wrong on the way.
// It returns nil if there is none.
func (p *proof) roleOf(written facts.Text) *facts.Role {
	if written.Unknown != "" {
		p.find(notKnown, written.Place, "the role's ARN is not known: "+written.Unknown, "write the ARN")
		return nil
	}
	arn, err := identity.ParseRoleARN(written.Value)
	if err != nil {
		p.find(badRoleARN, written.Place, err.Error(),
			"write the ARN as IAM shows it; EKS puts a wrong one into the Pod without a word")
		return nil
	}
	return p.roleByARN(arn, written)
}

// misspelt says what a ServiceAccount has in place of the annotation.
func misspelt(account *facts.ServiceAccount) string {
	for _, annotation := range account.Annotations {
		key := strings.ToLower(annotation.Key)
		if strings.Contains(key, "role") || identity.Closest(annotation.Key, []string{annotationRoleARN}) != "" {
			return fmt.Sprintf(", but %q, which EKS does not read", annotation.Key)
		}
	}
	return ""
}

// exactRole is the role that the annotation names, without a word if there is none.
func (p *proof) exactRole(account *facts.ServiceAccount) *facts.Role {
	annotation := annotationOf(account.Annotations, annotationRoleARN)
	if annotation == nil {
		return nil
	}
	arn, err := identity.ParseRoleARN(annotation.Value.Value)
	if err != nil {
		return nil
	}
	return p.exact(arn)
}

// exact is the role with the ARN; of several that may be it, one whose account is known.
func (p *proof) exact(arn identity.RoleARN) *facts.Role {
	var found *facts.Role
	for _, role := range p.roles[strings.ToLower(string(arn.Name))] {
		if !role.Name.Is(string(arn.Name)) || !role.Path.Is(string(arn.Path)) || !role.Account.MayBe(string(arn.Account)) || contradicts(role.Partition, string(arn.Partition)) {
			continue
		}
		if role.Account.Known() {
			return role
		}
		if found == nil {
			found = role
		}
	}
	return found
}

func (p *proof) roleByARN(arn identity.RoleARN, written facts.Text) *facts.Role {
	if role := p.exact(arn); role != nil {
		p.checkAccountKnown(role, arn, written)
		return role
	}
	for _, role := range p.roles[strings.ToLower(string(arn.Name))] {
		p.find(otherRole, written.Place, fmt.Sprintf("role ARN %q: %s", written.Value, differences(role, arn)),
			"write the ARN of the role that is there, or change the role", Related{role.Place, "the role"})
		return nil
	}
	fix := `add the template that makes it, or give "aws iam get-account-authorization-details" with --iam`
	if len(p.roles[""]) > 0 {
		fix = `set RoleName in the template, or give "aws iam get-account-authorization-details" with --iam`
	}
	p.find(roleNotThere, written.Place, fmt.Sprintf("role %q is not among the files%s", written.Value, p.nearRole(arn)), fix)
	return nil
}

// contradicts says whether a text is known and another.
func contradicts(text facts.Text, value string) bool {
	return text.Known() && text.Value != value
}

func (p *proof) checkAccountKnown(role *facts.Role, arn identity.RoleARN, written facts.Text) {
	if !role.Account.Known() {
		p.find(notKnown, written.Place,
			fmt.Sprintf("the role's template does not tell its account, so it may not be %q: %s", arn.Account, role.Account.Unknown),
			fmt.Sprintf("run keyless check with --account %s if it is deployed there", arn.Account), Related{role.Place, "the role"})
	}
}

// differences says in which parts the ARN is not the role's.
func differences(role *facts.Role, arn identity.RoleARN) string {
	var parts []string
	differ := func(what string, text facts.Text, value string) {
		if contradicts(text, value) {
			parts = append(parts, fmt.Sprintf("the role's %s is %q, the ARN has %q", what, text.Value, value))
		}
	}
	differ("name", role.Name, string(arn.Name))
	differ("path", role.Path, string(arn.Path))
	differ("account", role.Account, string(arn.Account))
	differ("partition", role.Partition, string(arn.Partition))
	if len(parts) == 0 {
		return "whether it is the role's is not known: " + role.Path.Unknown
	}
	return strings.Join(parts, ", ")
}

// nearRole names a role that may have been meant.
func (p *proof) nearRole(arn identity.RoleARN) string {
	if near := identity.Closest(strings.ToLower(string(arn.Name)), candidates(p.roles)); near != "" {
		return fmt.Sprintf("; did you mean %q?", p.roles[near][0].Name.Value)
	}
	if unnamed := p.roles[""]; len(unnamed) > 0 {
		return fmt.Sprintf("; CloudFormation makes the name of role %s, so whether it is that is not known", unnamed[0].LogicalID)
	}
	return ""
}
