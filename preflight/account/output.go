package account

import (
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// command is a command of the AWS CLI, known by the members of its output.
type command struct {
	recognize func(root *source.Node) bool
	read      func(all *facts.Facts, root *source.Node)
}

var commands = []command{
	{isAuthorizationDetails, readAuthorizationDetails},
	// aws iam get-role
	{func(root *source.Node) bool {
		return hasTexts(root.Get("Role"), "Arn") && root.Has("Role", "AssumeRolePolicyDocument")
	}, func(all *facts.Facts, root *source.Node) { all.Roles = append(all.Roles, role(root.Get("Role"))) }},
	// aws iam list-open-id-connect-providers
	{func(root *source.Node) bool { return lists(root, "OpenIDConnectProviderList", "Arn") }, readProviderList},
	// aws iam get-open-id-connect-provider
	{func(root *source.Node) bool {
		return hasTexts(root, "Url") && (root.Has("ClientIDList") || root.Has("ThumbprintList"))
	}, readProvider},
	// aws ecr describe-repositories
	{func(root *source.Node) bool { return lists(root, "repositories", "repositoryArn") }, readImageRepositories},
	// aws resourcegroupstaggingapi get-resources
	{func(root *source.Node) bool { return lists(root, "ResourceTagMappingList", "ResourceARN") }, readTags},
	// aws ecr get-repository-policy
	{func(root *source.Node) bool { return hasTexts(root, "policyText", "repositoryName") }, readImageRepositoryPolicy},
	// aws ecr get-registry-policy
	{func(root *source.Node) bool {
		return hasTexts(root, "policyText", "registryId") && !root.Has("repositoryName")
	}, readRegistryPolicy},
	// aws ecr describe-repository-creation-templates
	{func(root *source.Node) bool { return lists(root, "repositoryCreationTemplates", "prefix") }, readCreationTemplates},
	// aws ecr describe-pull-through-cache-rules
	{func(root *source.Node) bool { return lists(root, "pullThroughCacheRules", "ecrRepositoryPrefix") }, readPullThroughCaches},
	// aws eks describe-cluster
	{func(root *source.Node) bool {
		cluster := root.Get("cluster")
		return hasTexts(cluster, "arn") && arnOf(cluster, "arn").part(service).Is("eks")
	}, readCluster},
	// aws organizations describe-policy, with what aws organizations list-targets-for-policy prints
	{func(root *source.Node) bool {
		return hasTexts(root.Get("Policy"), "Content") && hasTexts(root.Get("Policy", "PolicySummary"), "Type")
	}, readOrganizationPolicy},
	// aws eks describe-pod-identity-association, and those that create or update an association
	{func(root *source.Node) bool { return hasTexts(root.Get("association"), "associationArn") }, readAssociation},
	// aws eks list-pod-identity-associations
	{func(root *source.Node) bool { return lists(root, "associations", "associationArn") }, readAssociationList},
	// aws eks describe-addon
	{func(root *source.Node) bool { return hasTexts(root.Get("addon"), "addonName", "clusterName") }, readAddon},
	// aws eks describe-fargate-profile
	{func(root *source.Node) bool { return hasTexts(root.Get("fargateProfile"), "clusterName") }, readFargateProfile},
}

// Recognize reports whether the tree is the output of a command that Read knows.
func Recognize(root *source.Node) bool {
	return slices.ContainsFunc(commands, func(c command) bool { return c.recognize(root) })
}

// Read returns the facts in an output; none if Recognize rejects it. Several outputs merged
// into one object are all read.
func Read(root *source.Node) facts.Facts {
	var all facts.Facts
	for _, c := range commands {
		if c.recognize(root) {
			c.read(&all, root)
		}
	}
	return all
}

// IsPage reports whether the command printed one page and there are more.
func IsPage(root *source.Node) bool {
	return facts.TextOf(root.Get("IsTruncated"), root.Place).Is("true") || root.Has("NextToken") || root.Has("nextToken")
}

// hasTexts reports whether each of the members is a string.
func hasTexts(node *source.Node, members ...string) bool {
	return !slices.ContainsFunc(members, func(member string) bool { return !node.Get(member).Is(source.String) })
}

// lists reports whether the member is a list, empty or of objects that have the
// name; only the first is checked.
func lists(root *source.Node, member, name string) bool {
	list := root.Get(member)
	return list.Is(source.List) && (len(list.Items) == 0 || list.Items[0].Has(name))
}
