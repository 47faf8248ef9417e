package chain

import (
	"fmt"
	"slices"

	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// trustOf is a role's trust policy with what resource control policies of its account deny of
// it: they limit what any principal may do with a role as they limit what it may do with an image
// repository (AWS Organizations user guide, "Resource control policies").
func (c *Chains) trustOf(role *facts.Role) *facts.Document {
	if known := c.trusts[role]; known != nil {
		return known
	}
	trust := role.Trust
	for _, limit := range c.permissions[role].Organization {
		if limit.Control == nil || !trust.There || trust.Unknown != "" || trust.Problem != nil {
			continue
		}
		if attached, possible := limit.Control.On(role.Account); possible {
			trust = controlled(trust, role, limit, attached)
		}
	}
	c.trusts[role] = &trust
	return &trust
}

// controlled adds the statements of a resource control policy that deny to assume the role, or
// may.
func controlled(trust facts.Document, role *facts.Role, limit access.OrganizationPolicy, attached bool) facts.Document {
	for n, statement := range limit.Document.Policy.Statement {
		if maybe, open := limit.Document.Maybe[n]; open {
			statement = maybe.AtMost
		}
		if statement.Effect != policy.EffectDeny || !slices.ContainsFunc(assuming, func(action string) bool { return access.Includes(statement, action) }) {
			continue
		}
		why := ""
		switch covers := isOn(statement, role); {
		case !covers && role.ARN() != "":
			continue
		case !covers:
			why = fmt.Sprintf("policy %q of the organization denies it for some roles, and the ARN of role %q is not known", limit.Name, role.Title())
		case !attached:
			why = fmt.Sprintf("policy %q of the organization denies it, and whether it is attached to the account is not among the files", limit.Name)
		}
		trust = trust.With(onAnything(*limit.Document, n), n, why)
	}
	return trust
}

// assuming are the actions that a trust policy is asked about.
var assuming = []string{access.AssumeRoleWithWebIdentity, access.AssumeRole, access.TagSession}

// isOn reports whether a statement is about the role for certain.
func isOn(statement policy.Statement, role *facts.Role) bool {
	only := policy.Statement{Effect: policy.EffectDeny, Action: policy.Values{"*"}, Resource: statement.Resource, NotResource: statement.NotResource}
	return slices.Contains(statement.Resource, access.AnyResource) ||
		role.ARN() != "" && policy.Judge(policy.Request{Action: access.AssumeRole, Resource: role.ARN()}, policy.Document{Statement: []policy.Statement{only}}).Deny.Truth != policy.No
}

// onAnything is a document of which a statement names no resource, as in a trust policy.
func onAnything(document facts.Document, n int) facts.Document {
	document.Policy.Statement = slices.Clone(document.Policy.Statement)
	document.Policy.Statement[n].Resource, document.Policy.Statement[n].NotResource = nil, nil
	if maybe, open := document.Maybe[n]; open {
		maybe.AtMost.Resource, maybe.AtMost.NotResource = nil, nil
		document.Maybe = map[int]facts.Maybe{n: maybe}
	}
	return document
}
