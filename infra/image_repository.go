package infra

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// NewImageRepository defines an image repository whose tags, once pushed, stay
// what they are unless it declares otherwise, and puts out where to push. It is kept, with its images, when
// the stack is deleted.
func NewImageRepository(scope constructs.Construct, repository fleet.ImageRepository) constructs.Construct {
	construct := constructs.NewConstruct(scope, jsii.String("ImageRepository-"+string(repository.Name)))
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
	return construct
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

// repositoryPolicy is nil for an image repository of its own account alone.
func repositoryPolicy(repository fleet.ImageRepository) any {
	if !repository.HasPolicy() {
		return nil
	}
	return repository.Policy().Tree()
}
