package live

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"

	"keyless-runners/identity"
)

// readPullThroughCaches reads the rules of a registry's pull through caches, and the templates of the
// image repositories that Amazon ECR creates.
func (r *reader) readPullThroughCaches(ctx context.Context, config aws.Config, registry identity.Registry) {
	client, where := ecr.NewFromConfig(config), inRegistry(registry)
	name := fmt.Sprintf("live:ecr/%s/%s/", registry.Account, registry.Region)
	r.try(describeCaches.in(where), func() error {
		rules := []any{}
		pages := ecr.NewDescribePullThroughCacheRulesPaginator(client, &ecr.DescribePullThroughCacheRulesInput{})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			for _, rule := range page.PullThroughCacheRules {
				rules = append(rules, printed(lowerFirst, rule))
			}
		}
		return r.add(name+"pull-through-cache-rules", map[string]any{"pullThroughCacheRules": rules})
	})
	r.try(describeTemplates.in(where), func() error {
		templates := []any{}
		pages := ecr.NewDescribeRepositoryCreationTemplatesPaginator(client, &ecr.DescribeRepositoryCreationTemplatesInput{})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			for _, template := range page.RepositoryCreationTemplates {
				templates = append(templates, printed(lowerFirst, template))
			}
		}
		return r.add(name+"creation-templates", map[string]any{"registryId": string(registry.Account), "repositoryCreationTemplates": templates})
	})
}
