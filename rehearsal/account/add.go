package account

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	ekstypes "github.com/aws/aws-sdk-go-v2/service/eks/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// AddProvider makes a provider by hand, as was done for a cluster whose provider
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

// LetInto gives an image repository a policy by hand.
func (a *Account) LetInto(ctx context.Context, of identity.ImageRepository, document policy.Document) error {
	region, err := a.in(of.Registry.Region)
	if err != nil {
		return err
	}
	_, err = region.ecr.SetRepositoryPolicy(ctx, &ecr.SetRepositoryPolicyInput{
		RepositoryName: aws.String(string(of.Name)), PolicyText: aws.String(string(document.JSON())),
	})
	return err
}

// AddPolicy makes a managed policy by hand.
func (a *Account) AddPolicy(ctx context.Context, arn identity.ManagedPolicyARN, document policy.Document) error {
	_, err := a.iam.CreatePolicy(ctx, &iam.CreatePolicyInput{
		PolicyName: aws.String(string(arn.Name)), Path: aws.String(string(arn.Path)), PolicyDocument: aws.String(string(document.JSON())),
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

// AddCluster makes a cluster by hand, as far as EKS' API knows of it: the fleet says that
// it exists, and associations name it. One that is there already stays as it is.
func (a *Account) AddCluster(ctx context.Context, cluster identity.ClusterARN) error {
	region, err := a.in(cluster.Region)
	if err != nil {
		return err
	}
	role := identity.RoleARN{Partition: cluster.Partition, Account: a.id, Path: "/", Name: "eks-cluster"}
	_, err = region.eks.CreateCluster(ctx, &eks.CreateClusterInput{
		Name: aws.String(string(cluster.Name)), RoleArn: aws.String(role.String()), ResourcesVpcConfig: &ekstypes.VpcConfigRequest{},
	})
	var exists *ekstypes.ResourceInUseException
	if errors.As(err, &exists) {
		return nil
	}
	return err
}

// AddAssociation makes an association of EKS Pod Identity by hand.
func (a *Account) AddAssociation(ctx context.Context, cluster identity.ClusterARN, subject identity.Subject, role string) error {
	region, err := a.in(cluster.Region)
	if err != nil {
		return err
	}
	_, err = region.eks.CreatePodIdentityAssociation(ctx, &eks.CreatePodIdentityAssociationInput{
		ClusterName: aws.String(string(cluster.Name)), Namespace: aws.String(string(subject.Namespace)),
		ServiceAccount: aws.String(string(subject.ServiceAccount)), RoleArn: &role,
	})
	return err
}
