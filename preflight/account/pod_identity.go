package account

import (
	"fmt"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// isAssociation recognizes "aws eks describe-pod-identity-association", and the commands
// that create or update an association.
func isAssociation(root *source.Node) bool {
	return isText(root.Get("association"), "associationArn")
}

func readAssociation(all *facts.Facts, root *source.Node) {
	node := root.Get("association")
	found := association(node)
	found.Role.ARN = stated(node, "roleArn")
	found.TargetRole.ARN = facts.TextOf(node.Get("targetRoleArn"), node.Place)
	found.DisableSessionTags = facts.TextOf(node.Get("disableSessionTags"), node.Place)
	found.SessionPolicy = facts.NewDocument(node.Get("policy"), node.Place)
	all.PodIdentityAssociations = append(all.PodIdentityAssociations, found)
}

// isAssociationList recognizes "aws eks list-pod-identity-associations".
func isAssociationList(root *source.Node) bool {
	return lists(root, "associations", "associationArn")
}

func readAssociationList(all *facts.Facts, root *source.Node) {
	for _, node := range objects(root.Get("associations")) {
		found := association(node)
		found.Role.ARN = unlisted(node, "the role")
		found.TargetRole.ARN = unlisted(node, "the target role")
		found.DisableSessionTags = unlisted(node, "whether session tags are disabled")
		found.SessionPolicy = unknownDocument(node.Place, unlisted(node, "the session policy").Unknown)
		all.PodIdentityAssociations = append(all.PodIdentityAssociations, found)
	}
}

// association reads the members that both commands print.
func association(node *source.Node) facts.PodIdentityAssociation {
	arn := arnOf(node, "associationArn")
	return facts.PodIdentityAssociation{
		Place:          node.Place,
		Cluster:        stated(node, "clusterName"),
		Account:        arn.part(account),
		Region:         arn.part(region),
		Namespace:      stated(node, "namespace"),
		ServiceAccount: stated(node, "serviceAccount"),
	}
}

func unlisted(node *source.Node, what string) facts.Text {
	return unknown(node.Place, fmt.Sprintf(`"aws eks list-pod-identity-associations" does not print %s; "aws eks describe-pod-identity-association" does`, what))
}

// isAddon recognizes "aws eks describe-addon".
func isAddon(root *source.Node) bool {
	return isText(root.Get("addon"), "addonName") && isText(root.Get("addon"), "clusterName")
}

func readAddon(all *facts.Facts, root *source.Node) {
	node := root.Get("addon")
	all.Addons = append(all.Addons, facts.Addon{Place: node.Place, Cluster: stated(node, "clusterName"), Name: stated(node, "addonName")})
}

// isFargateProfile recognizes "aws eks describe-fargate-profile".
func isFargateProfile(root *source.Node) bool {
	return isText(root.Get("fargateProfile"), "clusterName")
}

func readFargateProfile(all *facts.Facts, root *source.Node) {
	node := root.Get("fargateProfile")
	profile := facts.FargateProfile{Place: node.Place, Cluster: stated(node, "clusterName")}
	for _, selector := range objects(node.Get("selectors")) {
		labels := selector.Get("labels")
		profile.Selectors = append(profile.Selectors, facts.FargateSelector{
			Place:     selector.Place,
			Namespace: stated(selector, "namespace"),
			Labels:    labels != nil && len(labels.Members) > 0,
		})
	}
	all.FargateProfiles = append(all.FargateProfiles, profile)
}
