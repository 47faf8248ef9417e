package account

import (
	"fmt"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func readAssociation(all *facts.Facts, root *source.Node) {
	node := root.Get("association")
	found := association(node)
	found.Role.ARN = stated(node, "roleArn")
	found.TargetRole.ARN = facts.TextOf(node.Get("targetRoleArn"), node.Place)
	found.DisableSessionTags = facts.TextOf(node.Get("disableSessionTags"), node.Place)
	found.SessionPolicy = facts.NewDocument(node.Get("policy"), node.Place)
	all.PodIdentityAssociations = append(all.PodIdentityAssociations, found)
}

func readAssociationList(all *facts.Facts, root *source.Node) {
	for _, node := range root.Get("associations").Objects() {
		found := association(node)
		found.Role.ARN = unlisted(node, "the role")
		found.TargetRole.ARN = unlisted(node, "the target role")
		found.DisableSessionTags = unlisted(node, "whether session tags are disabled")
		found.SessionPolicy = facts.UnknownDocument(unlisted(node, "the session policy").Unknown, node.Place)
		all.PodIdentityAssociations = append(all.PodIdentityAssociations, found)
	}
	if IsPage(root) {
		further := facts.Unknown(`"aws eks list-pod-identity-associations" printed one page, and there are more: run it without --max-items, --starting-token and --no-paginate`, root.Place)
		all.PodIdentityAssociations = append(all.PodIdentityAssociations, facts.PodIdentityAssociation{Place: root.Place, Cluster: further,
			Namespace: further, ServiceAccount: further, Account: further, Region: further, Role: facts.RoleReference{ARN: further}, SessionPolicy: facts.UnknownDocument(further.Unknown, root.Place)})
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
	return facts.Unknown(fmt.Sprintf(`"aws eks list-pod-identity-associations" does not print %s; "aws eks describe-pod-identity-association" does`, what), node.Place)
}

func readAddon(all *facts.Facts, root *source.Node) {
	node := root.Get("addon")
	all.Addons = append(all.Addons, facts.Addon{Place: node.Place, Cluster: stated(node, "clusterName"), Name: stated(node, "addonName")})
}

func readFargateProfile(all *facts.Facts, root *source.Node) {
	node := root.Get("fargateProfile")
	all.FargateProfiles = append(all.FargateProfiles, facts.FargateProfile{
		Place:   node.Place,
		Cluster: stated(node, "clusterName"),
		Selectors: source.Each(node.Get("selectors").Objects(), func(selector *source.Node) facts.FargateSelector {
			return facts.FargateSelector{Place: selector.Place, Namespace: stated(selector, "namespace"), Labels: len(selector.Get("labels").Entries()) > 0}
		}),
	})
}
