package account

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"

	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
)

func (r region) imageRepositories(ctx context.Context) ([]deployed.ImageRepository, error) {
	var repositories []deployed.ImageRepository
	for pages := ecr.NewDescribeRepositoriesPaginator(r.ecr, &ecr.DescribeRepositoriesInput{}); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, entry := range page.Repositories {
			policy, err := r.policy(ctx, entry.RepositoryName)
			if err != nil {
				return nil, fmt.Errorf("image repository %s: %w", *entry.RepositoryArn, err)
			}
			repositories = append(repositories, deployed.ImageRepository{
				ARN:       *entry.RepositoryArn,
				URI:       *entry.RepositoryUri,
				Immutable: entry.ImageTagMutability == types.ImageTagMutabilityImmutable,
				Policy:    policy,
			})
		}
	}
	return repositories, nil
}

// policy is nil if the image repository has none.
func (r region) policy(ctx context.Context, repository *string) (*policy.Document, error) {
	found, err := r.ecr.GetRepositoryPolicy(ctx, &ecr.GetRepositoryPolicyInput{RepositoryName: repository})
	var none *types.RepositoryPolicyNotFoundException
	if errors.As(err, &none) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	document, err := policy.Parse([]byte(*found.PolicyText))
	if err != nil {
		return nil, fmt.Errorf("repository policy: %w", err)
	}
	return &document, nil
}
