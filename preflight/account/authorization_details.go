package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// isAuthorizationDetails recognizes "aws iam get-account-authorization-details", whose
// --filter may omit lists.
func isAuthorizationDetails(root *source.Node) bool {
	return lists(root, "UserDetailList", "Arn") || lists(root, "GroupDetailList", "Arn") ||
		lists(root, "RoleDetailList", "Arn") || lists(root, "Policies", "Arn")
}

// IsAuthorizationDetails reports whether the tree is what "aws iam
// get-account-authorization-details" prints. "aws iam list-policies" prints policies
// alone, without their documents.
func IsAuthorizationDetails(root *source.Node) bool {
	documents := lists(root, "UserDetailList", "Arn") || lists(root, "GroupDetailList", "Arn") ||
		lists(root, "RoleDetailList", "Arn") || lists(root, "Policies", "PolicyVersionList")
	return documents && isAuthorizationDetails(root)
}

func readAuthorizationDetails(all *facts.Facts, root *source.Node) {
	all.Roles = append(all.Roles, source.Each(root.Get("RoleDetailList").Objects(), role)...)
	all.ManagedPolicies = append(all.ManagedPolicies, source.Each(root.Get("Policies").Objects(), managedPolicy)...)
	groups := map[string]*source.Node{}
	for _, node := range root.Get("GroupDetailList").Objects() {
		groups[stated(node, "GroupName").Value] = node
	}
	for _, node := range root.Get("UserDetailList").Objects() {
		all.Users = append(all.Users, user(node, groups))
	}
}

func managedPolicy(node *source.Node) facts.ManagedPolicy {
	return facts.ManagedPolicy{
		Place:    node.Place,
		Name:     stated(node, "PolicyName"),
		Path:     facts.TextOf(node.Get("Path"), node.Place).Or("/"),
		ARN:      stated(node, "Arn"),
		Document: defaultVersion(node),
	}
}

// defaultVersion returns the only version that IAM evaluates.
func defaultVersion(node *source.Node) facts.Document {
	id := facts.TextOf(node.Get("DefaultVersionId"), node.Place)
	for _, version := range node.Get("PolicyVersionList").Objects() {
		isDefault := facts.TextOf(version.Get("IsDefaultVersion"), version.Place)
		number := facts.TextOf(version.Get("VersionId"), version.Place)
		if isDefault.Is("true") || id.There && number.Is(id.Value) {
			return documentIn(version, "Document")
		}
	}
	return facts.UnknownDocument(`the output does not have the default version; "aws iam get-account-authorization-details" prints it`, node.Place)
}
