package account

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// AddProvider makes a provider by hand, as somebody did for a cluster whose provider
// the fleet says exists.
func (a *Account) AddProvider(ctx context.Context, issuer identity.Issuer) error {
	_, err := a.iam.CreateOpenIDConnectProvider(ctx, &iam.CreateOpenIDConnectProviderInput{
		Url: aws.String(string(issuer)), ClientIDList: []string{string(identity.AudienceSTS)},
	})
	return err
}

// AddImageRepository makes an image repository by hand, with immutable tags.
func (a *Account) AddImageRepository(ctx context.Context, of identity.ImageRepository) error {
	region, err := a.in(of.Registry.Region)
	if err != nil {
		return err
	}
	_, err = region.ecr.CreateRepository(ctx, &ecr.CreateRepositoryInput{
		RepositoryName: aws.String(string(of.Name)), ImageTagMutability: types.ImageTagMutabilityImmutable,
	})
	return err
}

// AddRole makes a role by hand, with one inline policy.
func (a *Account) AddRole(ctx context.Context, name identity.RoleName, trust, permissions policy.Document) error {
	if _, err := a.iam.CreateRole(ctx, &iam.CreateRoleInput{
		RoleName: aws.String(string(name)), AssumeRolePolicyDocument: aws.String(string(trust.JSON())),
	}); err != nil {
		return err
	}
	_, err := a.iam.PutRolePolicy(ctx, &iam.PutRolePolicyInput{
		RoleName: aws.String(string(name)), PolicyName: aws.String("permissions"), PolicyDocument: aws.String(string(permissions.JSON())),
	})
	return err
}
