package live

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"

	"keyless-runners/identity"
)

// readPullThroughCaches reads the rules of a registry's pull through caches, and the templates of the
// image repositories that Amazon ECR creates.
func (r *reader) readPullThroughCaches(ctx context.Context, config aws.Config, registry identity.Registry) {
	client, where := ecr.NewFromConfig(config), inRegistry(registry)
	name := fmt.Sprintf("live:ecr/%s/%s/", registry.Account, registry.Region)
	r.try(describeCaches.in(where), func() error {
		found, err := allOf(ctx, ecr.NewDescribePullThroughCacheRulesPaginator(client, &ecr.DescribePullThroughCacheRulesInput{}),
			func(page *ecr.DescribePullThroughCacheRulesOutput) []types.PullThroughCacheRule {
				return page.PullThroughCacheRules
			})
		if err != nil {
			return err
		}
		rules := make([]any, len(found))
		for i, rule := range found {
			rules[i] = printed(lowerFirst, rule)
		}
		return r.add(name+"pull-through-cache-rules", map[string]any{"pullThroughCacheRules": rules})
	})
	r.try(describeTemplates.in(where), func() error {
		found, err := allOf(ctx, ecr.NewDescribeRepositoryCreationTemplatesPaginator(client, &ecr.DescribeRepositoryCreationTemplatesInput{}),
			func(page *ecr.DescribeRepositoryCreationTemplatesOutput) []types.RepositoryCreationTemplate {
				return page.RepositoryCreationTemplates
			})
		if err != nil {
			return err
		}
		templates := make([]any, len(found))
		for i, template := range found {
			templates[i] = printed(lowerFirst, template)
		}
		return r.add(name+"creation-templates", map[string]any{"registryId": string(registry.Account), "repositoryCreationTemplates": templates})
	})
}
