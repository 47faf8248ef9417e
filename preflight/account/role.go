package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// isRole recognizes "aws iam get-role".
func isRole(root *source.Node) bool {
	return isText(root.Get("Role"), "Arn") && root.Has("Role", "AssumeRolePolicyDocument")
}

func readRole(all *facts.Facts, root *source.Node) {
	all.Roles = append(all.Roles, role(root.Get("Role")))
}

func role(node *source.Node) facts.Role {
	arn := arnOf(node, "Arn")
	r := facts.Role{
		Place:     node.Place,
		Name:      stated(node, "RoleName"),
		Path:      pathOf(node),
		Account:   arn.part(account),
		Partition: arn.part(partition),
		Trust:     documentIn(node, "AssumeRolePolicyDocument"),
		Inline:    inlinePolicies(node),
		Boundary:  facts.Text{Place: node.Place},
	}
	if node.Has("PermissionsBoundary") {
		r.Boundary = stated(node, "PermissionsBoundary", "PermissionsBoundaryArn")
	}
	for _, attached := range objects(node.Get("AttachedManagedPolicies")) {
		r.Attached = append(r.Attached, stated(attached, "PolicyArn"))
	}
	return r
}

// inlinePolicies adds an unknown policy if the output lacks a list of the role's policies.
func inlinePolicies(node *source.Node) []facts.Policy {
	var policies []facts.Policy
	for _, policy := range objects(node.Get("RolePolicyList")) {
		policies = append(policies, facts.Policy{
			Name:     stated(policy, "PolicyName"),
			Document: documentIn(policy, "PolicyDocument"),
		})
	}
	if !isList(node, "RolePolicyList") || !isList(node, "AttachedManagedPolicies") {
		const why = `the output does not have the role's policies; "aws iam get-account-authorization-details" prints them`
		policies = append(policies, facts.Policy{Name: unknown(node.Place, why), Document: unknownDocument(node.Place, why)})
	}
	return policies
}

// pathOf returns IAM's default, "/", for a role or a policy without a path.
func pathOf(node *source.Node) facts.Text {
	path := facts.TextOf(node.Get("Path"), node.Place)
	if !path.There {
		path.Value, path.There = "/", true
	}
	return path
}
