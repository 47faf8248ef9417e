package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// isRole recognizes "aws iam get-role".
func isRole(root *source.Node) bool {
	return root.Get("Role").Get("Arn").Is(source.String) && root.Has("Role", "AssumeRolePolicyDocument")
}

func readRole(all *facts.Facts, root *source.Node) {
	all.Roles = append(all.Roles, role(root.Get("Role")))
}

func role(node *source.Node) facts.Role {
	arn := arnOf(node, "Arn")
	r := facts.Role{
		Place:     node.Place,
		Name:      stated(node, "RoleName"),
		Path:      facts.TextOf(node.Get("Path"), node.Place).Or("/"),
		Account:   arn.part(account),
		Partition: arn.part(partition),
		Trust:     documentIn(node, "AssumeRolePolicyDocument"),
		Inline:    inlinePolicies(node),
		Boundary:  facts.Text{Place: node.Place},
	}
	if node.Has("PermissionsBoundary") {
		r.Boundary = stated(node, "PermissionsBoundary", "PermissionsBoundaryArn")
	}
	for _, attached := range node.Get("AttachedManagedPolicies").Objects() {
		r.Attached = append(r.Attached, stated(attached, "PolicyArn"))
	}
	return r
}

// inlinePolicies adds an unknown policy if the output lacks a list of the role's policies.
func inlinePolicies(node *source.Node) []facts.Policy {
	var policies []facts.Policy
	for _, policy := range node.Get("RolePolicyList").Objects() {
		policies = append(policies, facts.Policy{
			Name:     stated(policy, "PolicyName"),
			Document: documentIn(policy, "PolicyDocument"),
		})
	}
	if !node.Get("RolePolicyList").Is(source.List) || !node.Get("AttachedManagedPolicies").Is(source.List) {
		const why = `the output does not have the role's policies; "aws iam get-account-authorization-details" prints them`
		policies = append(policies, facts.Policy{Name: facts.Unknown(why, node.Place), Document: facts.UnknownDocument(why, node.Place)})
	}
	return policies
}
