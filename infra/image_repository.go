package infra

import (
	"encoding/json"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
)

// NewImageRepository defines an image repository whose tags, once pushed, stay
// what they are, and puts out where to push. It is kept, with its images, when
// the stack is deleted.
func NewImageRepository(scope constructs.Construct, repository fleet.ImageRepository) constructs.Construct {
	construct := constructs.NewConstruct(scope, jsii.String("ImageRepository-"+string(repository.Name)))
	resource := awsecr.NewCfnRepository(construct, jsii.String("Repository"), &awsecr.CfnRepositoryProps{
		RepositoryName:     jsii.String(string(repository.Name)),
		ImageTagMutability: jsii.String("IMMUTABLE"),
		ImageScanningConfiguration: &awsecr.CfnRepository_ImageScanningConfigurationProperty{
			ScanOnPush: jsii.Bool(true),
		},
		EncryptionConfiguration: &awsecr.CfnRepository_EncryptionConfigurationProperty{
			EncryptionType: jsii.String("AES256"),
		},
		LifecyclePolicy: &awsecr.CfnRepository_LifecyclePolicyProperty{
			LifecyclePolicyText: jsii.String(lifecyclePolicy(repository.KeepUntagged)),
		},
	})
	resource.ApplyRemovalPolicy(awscdk.RemovalPolicy_RETAIN, nil)
	answerCheckov(resource)
	newOutput(construct, "Uri", "Where docker push sends images of "+string(repository.Name), repository.ID().String())
	return construct
}

// lifecyclePolicy lets untagged images expire, oldest first, beyond those kept
// (https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html).
func lifecyclePolicy(keepUntagged int) string {
	type selection struct {
		TagStatus   string `json:"tagStatus"`
		CountType   string `json:"countType"`
		CountNumber int    `json:"countNumber"`
	}
	type rule struct {
		RulePriority int               `json:"rulePriority"`
		Description  string            `json:"description"`
		Selection    selection         `json:"selection"`
		Action       map[string]string `json:"action"`
	}
	text, err := json.Marshal(map[string][]rule{"rules": {{
		RulePriority: 1,
		Description:  "expire untagged images",
		Selection:    selection{TagStatus: "untagged", CountType: "imageCountMoreThan", CountNumber: keepUntagged},
		Action:       map[string]string{"type": "expire"},
	}}})
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return string(text)
}
