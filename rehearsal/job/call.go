package job

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/google/go-containerregistry/pkg/name"

	"keyless-runners/identity"
)

// target is an image as ECR's API names it.
type target struct {
	registry            identity.Registry
	account, repository *string
	image               []types.ImageIdentifier
}

func parseTarget(image string) (target, error) {
	ref, err := name.ParseReference(image)
	if err != nil {
		return target{}, err
	}
	registry, err := identity.ParseRegistry(ref.Context().RegistryStr())
	id := types.ImageIdentifier{ImageTag: aws.String(ref.Identifier())}
	if strings.HasPrefix(ref.Identifier(), "sha256:") {
		id = types.ImageIdentifier{ImageDigest: aws.String(ref.Identifier())}
	}
	return target{registry, aws.String(string(registry.Account)), aws.String(ref.Context().RepositoryStr()), []types.ImageIdentifier{id}}, err
}

// call asks ECR's API for an action on the image or its repository.
func (j *job) call(ctx context.Context, action, image string) error {
	on, err := parseTarget(image)
	if err != nil {
		return err
	}
	c := ecr.NewFromConfig(j.aws, func(o *ecr.Options) { o.Region = string(on.registry.Region) })
	switch action {
	case "BatchCheckLayerAvailability":
		_, err = c.BatchCheckLayerAvailability(ctx, &ecr.BatchCheckLayerAvailabilityInput{RegistryId: on.account, RepositoryName: on.repository, LayerDigests: []string{emptyDigest}})
	case "BatchGetImage":
		_, err = c.BatchGetImage(ctx, &ecr.BatchGetImageInput{RegistryId: on.account, RepositoryName: on.repository, ImageIds: on.image})
	case "BatchDeleteImage":
		_, err = c.BatchDeleteImage(ctx, &ecr.BatchDeleteImageInput{RegistryId: on.account, RepositoryName: on.repository, ImageIds: on.image})
	case "CreateRepository":
		_, err = c.CreateRepository(ctx, &ecr.CreateRepositoryInput{RegistryId: on.account, RepositoryName: on.repository})
	case "DeleteRepository":
		_, err = c.DeleteRepository(ctx, &ecr.DeleteRepositoryInput{RegistryId: on.account, RepositoryName: on.repository, Force: true})
	case "DescribeRepositories":
		_, err = c.DescribeRepositories(ctx, &ecr.DescribeRepositoriesInput{RegistryId: on.account, RepositoryNames: []string{*on.repository}})
	case "GetRepositoryPolicy":
		_, err = c.GetRepositoryPolicy(ctx, &ecr.GetRepositoryPolicyInput{RegistryId: on.account, RepositoryName: on.repository})
	case "SetRepositoryPolicy":
		_, err = c.SetRepositoryPolicy(ctx, &ecr.SetRepositoryPolicyInput{RegistryId: on.account, RepositoryName: on.repository, PolicyText: aws.String(openPolicy)})
	case "DeleteRepositoryPolicy":
		_, err = c.DeleteRepositoryPolicy(ctx, &ecr.DeleteRepositoryPolicyInput{RegistryId: on.account, RepositoryName: on.repository})
	case "PutLifecyclePolicy":
		_, err = c.PutLifecyclePolicy(ctx, &ecr.PutLifecyclePolicyInput{RegistryId: on.account, RepositoryName: on.repository, LifecyclePolicyText: aws.String("{}")})
	case "PutImageTagMutability":
		_, err = c.PutImageTagMutability(ctx, &ecr.PutImageTagMutabilityInput{RegistryId: on.account, RepositoryName: on.repository, ImageTagMutability: types.ImageTagMutabilityMutable})
	default:
		err = fmt.Errorf("no step for ecr:%s", action)
	}
	return err
}

const (
	// emptyDigest is the digest of no bytes.
	emptyDigest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	// openPolicy lets everyone do everything, as an attacker would like to have it who
	// may set it.
	openPolicy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:*"}]}`
)
