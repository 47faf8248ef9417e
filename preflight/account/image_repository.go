package account

import (
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func readImageRepositories(all *facts.Facts, root *source.Node) {
	if IsPage(root) {
		all.ImageRepositoryPages = append(all.ImageRepositoryPages, root.Place)
	}
	for _, node := range root.Get("repositories").Objects() {
		arn := arnOf(node, "repositoryArn")
		all.ImageRepositories = append(all.ImageRepositories, facts.ImageRepository{
			Place:         node.Place,
			Name:          stated(node, "repositoryName"),
			Account:       arn.part(account),
			Region:        arn.part(region),
			Policy:        policyBeside(node),
			TagMutability: stated(node, "imageTagMutability"),
			Exclusions:    facts.FiltersOf(node.Get("imageTagMutabilityExclusionFilters"), "filter"),
		})
	}
}

// policyBeside reads the image repository's policy from what two commands print, joined as
// package live joins it: null is none.
func policyBeside(node *source.Node) facts.Document {
	if node.Member("policyText") == nil {
		return facts.Document{Place: node.Place, Unknown: `"aws ecr describe-repositories" does not print the image repository's policy; "aws ecr get-repository-policy" does`}
	}
	return facts.NewDocument(node.Get("policyText"), node.Place)
}

func readImageRepositoryPolicy(all *facts.Facts, root *source.Node) {
	all.ImageRepositories = append(all.ImageRepositories, facts.ImageRepository{
		Place:         root.Place,
		Name:          stated(root, "repositoryName"),
		Account:       stated(root, "registryId"),
		Region:        facts.Unknown(`"aws ecr get-repository-policy" does not print the region`, root.Place),
		Policy:        facts.NewDocument(root.Get("policyText"), root.Place),
		TagMutability: facts.Unknown(`"aws ecr get-repository-policy" does not print the tag mutability`, root.Place),
	})
}

// readTags reads all tags of each image repository that has some.
func readTags(all *facts.Facts, root *source.Node) {
	const other = `"aws resourcegroupstaggingapi get-resources" prints the tags alone`
	for _, node := range root.Get("ResourceTagMappingList").Objects() {
		arn := arnOf(node, "ResourceARN")
		name, isRepository := strings.CutPrefix(arn.part(resource).Value, "repository/")
		if !arn.part(service).Is("ecr") || !isRepository {
			continue
		}
		all.ImageRepositories = append(all.ImageRepositories, facts.ImageRepository{
			Place:         node.Place,
			Name:          facts.Known(name, node.Place),
			Account:       arn.part(account),
			Region:        arn.part(region),
			Policy:        facts.Document{Place: node.Place, Unknown: other},
			TagMutability: facts.Unknown(other, node.Place),
			Tags:          facts.TagsOf(node.Get("Tags"), node.Get("Tags").Is(source.List)),
		})
	}
}

func readRegistryPolicy(all *facts.Facts, root *source.Node) {
	all.RegistryPolicies = append(all.RegistryPolicies, facts.RegistryPolicy{
		Place:    root.Place,
		Account:  stated(root, "registryId"),
		Region:   facts.Unknown(`"aws ecr get-registry-policy" does not print the region`, root.Place),
		Document: facts.NewDocument(root.Get("policyText"), root.Place),
	})
}

func readCreationTemplates(all *facts.Facts, root *source.Node) {
	for _, node := range root.Get("repositoryCreationTemplates").Objects() {
		all.CreationTemplates = append(all.CreationTemplates, facts.CreationTemplate{
			Place:      node.Place,
			Prefix:     stated(node, "prefix"),
			Account:    stated(root, "registryId"),
			Region:     facts.Unknown(`"aws ecr describe-repository-creation-templates" does not print the region`, node.Place),
			AppliedFor: facts.TextsOf(node.Get("appliedFor")),
			Policy:     facts.NewDocument(node.Get("repositoryPolicy"), node.Place),
		})
	}
}

func readPullThroughCaches(all *facts.Facts, root *source.Node) {
	for _, node := range root.Get("pullThroughCacheRules").Objects() {
		all.PullThroughCaches = append(all.PullThroughCaches, facts.PullThroughCacheRule{
			Place:      node.Place,
			Prefix:     stated(node, "ecrRepositoryPrefix"),
			Account:    stated(node, "registryId"),
			Region:     facts.Unknown(`"aws ecr describe-pull-through-cache-rules" does not print the region`, node.Place),
			Upstream:   stated(node, "upstreamRegistryUrl"),
			Credential: facts.TextOf(node.Get("credentialArn"), node.Place),
		})
	}
}
