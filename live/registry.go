package live

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"

	"keyless-runners/identity"
)

// readRegistry reads the image repositories of a registry, each with its policy, and the
// registry's own policy.
func (r *reader) readRegistry(ctx context.Context, config aws.Config, registry identity.Registry) {
	client, where := ecr.NewFromConfig(config), inRegistry(registry)
	name := fmt.Sprintf("live:ecr/%s/%s/", registry.Account, registry.Region)
	r.try(describeRepositories.in(where), func() error {
		all, err := allOf(ctx, ecr.NewDescribeRepositoriesPaginator(client, &ecr.DescribeRepositoriesInput{}),
			func(page *ecr.DescribeRepositoriesOutput) []types.Repository { return page.Repositories })
		if err != nil {
			return err
		}
		repositories := make([]any, len(all))
		each(indices(all), func(i int) { repositories[i] = r.withPolicy(ctx, client, registry, all[i]) })
		return r.add(name+"repositories", map[string]any{"repositories": repositories})
	})
	r.try(registryPolicy.in(where), func() error {
		found, err := client.GetRegistryPolicy(ctx, &ecr.GetRegistryPolicyInput{})
		var none *types.RegistryPolicyNotFoundException
		if errors.As(err, &none) {
			return nil
		}
		if err != nil {
			return err
		}
		return r.add(name+"registry-policy", map[string]any{"registryId": aws.ToString(found.RegistryId), "policyText": aws.ToString(found.PolicyText)})
	})
}

// withPolicy is an image repository as "aws ecr describe-repositories" prints it, and with its
// policy: null if it has none, not there if it could not be read.
func (r *reader) withPolicy(ctx context.Context, client *ecr.Client, registry identity.Registry, repository types.Repository) any {
	found, _ := printed(lowerFirst, repository).(map[string]any)
	r.try(repositoryPolicy.in(inRegistry(registry)), func() error {
		policy, err := client.GetRepositoryPolicy(ctx, &ecr.GetRepositoryPolicyInput{RepositoryName: repository.RepositoryName})
		var none *types.RepositoryPolicyNotFoundException
		switch {
		case errors.As(err, &none):
			found["policyText"] = nil
		case err != nil:
			return err
		default:
			found["policyText"] = aws.ToString(policy.PolicyText)
		}
		return nil
	})
	return found
}
