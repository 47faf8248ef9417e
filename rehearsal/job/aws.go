package job

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"

	"keyless-runners/identity"
)

func (j *job) whoAmI(ctx context.Context, outcome *Outcome) error {
	got, err := sts.NewFromConfig(j.aws).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err == nil {
		outcome.Identity = aws.ToString(got.Arn)
	}
	return err
}

func (j *job) assume(ctx context.Context, step Step) error {
	_, err := sts.NewFromConfig(j.aws).AssumeRole(ctx, &sts.AssumeRoleInput{RoleArn: &step.Role, RoleSessionName: aws.String("second-role")})
	return err
}

func (j *job) login(ctx context.Context, step Step) error {
	got, err := ecr.NewFromConfig(j.aws).GetAuthorizationToken(ctx, &ecr.GetAuthorizationTokenInput{})
	if err != nil {
		return err
	}
	if len(got.AuthorizationData) == 0 {
		return errors.New("ECR gave no password")
	}
	text, err := base64.StdEncoding.DecodeString(aws.ToString(got.AuthorizationData[0].AuthorizationToken))
	if err != nil {
		return err
	}
	user, password, _ := strings.Cut(string(text), ":")
	j.logins[step.Image] = authn.FromConfig(authn.AuthConfig{Username: user, Password: password})
	return nil
}

// call asks ECR's API for an action on the image's repository.
func (j *job) call(ctx context.Context, action, image string) error {
	ref, err := name.ParseReference(image)
	if err != nil {
		return err
	}
	registry, err := identity.ParseRegistry(ref.Context().RegistryStr())
	if err != nil {
		return err
	}
	client := ecr.NewFromConfig(j.aws, func(o *ecr.Options) { o.Region = string(registry.Region) })
	account, repository := aws.String(string(registry.Account)), aws.String(ref.Context().RepositoryStr())
	id := types.ImageIdentifier{ImageTag: aws.String(ref.Identifier())}
	if strings.HasPrefix(ref.Identifier(), "sha256:") {
		id = types.ImageIdentifier{ImageDigest: aws.String(ref.Identifier())}
	}
	switch action {
	case "BatchCheckLayerAvailability":
		_, err = client.BatchCheckLayerAvailability(ctx, &ecr.BatchCheckLayerAvailabilityInput{RegistryId: account, RepositoryName: repository, LayerDigests: []string{emptyDigest}})
	case "BatchGetImage":
		_, err = client.BatchGetImage(ctx, &ecr.BatchGetImageInput{RegistryId: account, RepositoryName: repository, ImageIds: []types.ImageIdentifier{id}})
	case "BatchDeleteImage":
		_, err = client.BatchDeleteImage(ctx, &ecr.BatchDeleteImageInput{RegistryId: account, RepositoryName: repository, ImageIds: []types.ImageIdentifier{id}})
	case "CreateRepository":
		_, err = client.CreateRepository(ctx, &ecr.CreateRepositoryInput{RegistryId: account, RepositoryName: repository})
	case "DeleteRepository":
		_, err = client.DeleteRepository(ctx, &ecr.DeleteRepositoryInput{RegistryId: account, RepositoryName: repository, Force: true})
	case "DescribeRepositories":
		_, err = client.DescribeRepositories(ctx, &ecr.DescribeRepositoriesInput{RegistryId: account, RepositoryNames: []string{*repository}})
	case "GetRepositoryPolicy":
		_, err = client.GetRepositoryPolicy(ctx, &ecr.GetRepositoryPolicyInput{RegistryId: account, RepositoryName: repository})
	case "SetRepositoryPolicy":
		_, err = client.SetRepositoryPolicy(ctx, &ecr.SetRepositoryPolicyInput{RegistryId: account, RepositoryName: repository, PolicyText: aws.String(openPolicy)})
	case "DeleteRepositoryPolicy":
		_, err = client.DeleteRepositoryPolicy(ctx, &ecr.DeleteRepositoryPolicyInput{RegistryId: account, RepositoryName: repository})
	case "PutLifecyclePolicy":
		_, err = client.PutLifecyclePolicy(ctx, &ecr.PutLifecyclePolicyInput{RegistryId: account, RepositoryName: repository, LifecyclePolicyText: aws.String("{}")})
	case "PutImageTagMutability":
		_, err = client.PutImageTagMutability(ctx, &ecr.PutImageTagMutabilityInput{RegistryId: account, RepositoryName: repository, ImageTagMutability: types.ImageTagMutabilityMutable})
	default:
		return fmt.Errorf("no step for ecr:%s", action)
	}
	return err
}

const (
	// emptyDigest is that of nothing.
	emptyDigest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	// openPolicy lets everybody do everything, as somebody would like to have it who
	// may set it.
	openPolicy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:*"}]}`
)
