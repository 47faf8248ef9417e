package infra

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// ImageRepositoryProps name the image repository of a fleet that NewImageRepository defines.
type ImageRepositoryProps struct {
	Fleet fleet.Checked
	// ImageRepository is the ID of one of the fleet's image repositories.
	ImageRepository identity.ImageRepository
}

// ImageRepository is an image repository.
type ImageRepository struct {
	construct  constructs.Construct
	repository awsecr.CfnRepository
}

// NewImageRepository defines an image repository whose tags, once pushed, stay
// what they are unless it declares otherwise, and puts out where to push, with the fleet's
// tags. It is kept, with its images, when the stack is deleted. It panics, as constructs of the
// CDK do, if the fleet has no such image repository, or declares that it exists.
func NewImageRepository(scope constructs.Construct, id *string, props *ImageRepositoryProps) ImageRepository {
	declared, ok := props.Fleet.ImageRepository(props.ImageRepository)
	mustCreate(scope, "NewImageRepository", fmt.Sprintf("image repository %q", props.ImageRepository), ok, !declared.Existing, declared.Account, declared.Region)
	repository := newImageRepository(scope, id, declared)
	addTags(repository.construct, props.Fleet.Fleet().AllTags())
	return repository
}

// Construct returns the construct of the image repository.
func (r ImageRepository) Construct() constructs.Construct { return r.construct }

// Repository is the resource.
func (r ImageRepository) Repository() awsecr.CfnRepository { return r.repository }

func newImageRepository(scope constructs.Construct, id *string, repository fleet.ImageRepository) ImageRepository {
	construct := constructs.NewConstruct(scope, id)
	resource := awsecr.NewCfnRepository(construct, jsii.String("Repository"), &awsecr.CfnRepositoryProps{
		RepositoryName:     jsii.String(string(repository.Name)),
		ImageTagMutability: jsii.String(mutability(repository)),
		ImageScanningConfiguration: &awsecr.CfnRepository_ImageScanningConfigurationProperty{
			ScanOnPush: jsii.Bool(true),
		},
		EncryptionConfiguration: encryption(repository),
		LifecyclePolicy: &awsecr.CfnRepository_LifecyclePolicyProperty{
			LifecyclePolicyText: jsii.String(lifecyclePolicy(repository)),
		},
		ImageTagMutabilityExclusionFilters: mutableTags(repository),
		RepositoryPolicyText:               repositoryPolicy(repository),
	})
	resource.ApplyRemovalPolicy(awscdk.RemovalPolicy_RETAIN, nil)
	answerCheckov(resource, repository)
	answerNagOpen(resource, repository)
	newOutput(construct, "Uri", "Where docker push sends images of "+string(repository.Name), repository.ID().String())
	return ImageRepository{construct, resource}
}

func mutability(repository fleet.ImageRepository) string {
	if repository.CacheDays > 0 {
		return "MUTABLE"
	}
	if len(repository.MutableTags) > 0 {
		return "IMMUTABLE_WITH_EXCLUSION"
	}
	return "IMMUTABLE"
}

// mutableTags is nil where every tag is immutable.
func mutableTags(repository fleet.ImageRepository) any {
	if len(repository.MutableTags) == 0 {
		return nil
	}
	var filters []any
	for _, pattern := range repository.MutableTags {
		filters = append(filters, &awsecr.CfnRepository_ImageTagMutabilityExclusionFilterProperty{
			ImageTagMutabilityExclusionFilterType:  jsii.String("WILDCARD"),
			ImageTagMutabilityExclusionFilterValue: jsii.String(pattern),
		})
	}
	return &filters
}

func encryption(repository fleet.ImageRepository) *awsecr.CfnRepository_EncryptionConfigurationProperty {
	if repository.KMSKey == (identity.KMSKeyARN{}) {
		return &awsecr.CfnRepository_EncryptionConfigurationProperty{EncryptionType: jsii.String("AES256")}
	}
	return &awsecr.CfnRepository_EncryptionConfigurationProperty{EncryptionType: jsii.String("KMS"), KmsKey: jsii.String(repository.KMSKey.String())}
}

// repositoryPolicy returns the image repository's policy, nil if its account alone uses it.
func repositoryPolicy(repository fleet.ImageRepository) any {
	if !repository.HasPolicy() {
		return nil
	}
	return repository.Policy().Tree()
}
