package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// role adds an unknown policy if the output lacks a list of the role's policies.
func role(node *source.Node) facts.Role {
	arn := arnOf(node, "Arn")
	r := facts.Role{
		Place:     node.Place,
		Name:      stated(node, "RoleName"),
		Path:      facts.TextOf(node.Get("Path"), node.Place).Or("/"),
		Account:   arn.part(account),
		Partition: arn.part(partition),
		Trust:     documentIn(node, "AssumeRolePolicyDocument"),
		Inline:    inlinePolicies(node, "RolePolicyList"),
		Attached:  attachedPolicies(node),
		Boundary:  boundary(node),
		Tags:      facts.TagsOf(node.Get("Tags"), node.Get("Tags").Is(source.List)),
	}
	if !node.Get("RolePolicyList").Is(source.List) || !node.Get("AttachedManagedPolicies").Is(source.List) {
		const why = `the output does not have the role's policies; "aws iam get-account-authorization-details" prints them`
		r.Inline = append(r.Inline, facts.Policy{Name: facts.Unknown(why, node.Place), Document: facts.UnknownDocument(why, node.Place)})
	}
	return r
}

func inlinePolicies(node *source.Node, list string) []facts.Policy {
	return source.Each(node.Get(list).Objects(), func(policy *source.Node) facts.Policy {
		return facts.Policy{Name: stated(policy, "PolicyName"), Document: documentIn(policy, "PolicyDocument")}
	})
}

func attachedPolicies(node *source.Node) []facts.Text {
	return source.Each(node.Get("AttachedManagedPolicies").Objects(), func(attached *source.Node) facts.Text { return stated(attached, "PolicyArn") })
}

func boundary(node *source.Node) facts.Text {
	if !node.Has("PermissionsBoundary") {
		return facts.Text{Place: node.Place}
	}
	return stated(node, "PermissionsBoundary", "PermissionsBoundaryArn")
}
