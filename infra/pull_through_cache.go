package infra

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
)

// newPullThroughCache defines the rule by which Amazon ECR gets images of another registry, and
// the template of the image repositories that it creates for them. Their tags can be moved,
// because Amazon ECR moves them with those of the other registry. The template has neither tags
// nor a KMS key: each would need a role by which Amazon ECR creates image repositories, and tags
// would need ecr:TagResource of all who pull.
func newPullThroughCache(scope constructs.Construct, id *string, cache fleet.PullThroughCache) {
	construct := constructs.NewConstruct(scope, id)
	var secret *string
	if cache.Secret != "" {
		secret = jsii.String(cache.SecretARN().String())
	}
	awsecr.NewCfnPullThroughCacheRule(construct, jsii.String("Rule"), &awsecr.CfnPullThroughCacheRuleProps{
		EcrRepositoryPrefix: jsii.String(string(cache.Prefix)),
		UpstreamRegistryUrl: jsii.String(cache.Upstream),
		CredentialArn:       secret,
	})
	awsecr.NewCfnRepositoryCreationTemplate(construct, jsii.String("Template"), &awsecr.CfnRepositoryCreationTemplateProps{
		Prefix:             jsii.String(string(cache.Prefix)),
		AppliedFor:         jsii.Strings("PULL_THROUGH_CACHE"),
		Description:        jsii.String("Images of " + cache.Upstream),
		ImageTagMutability: jsii.String("MUTABLE"),
		EncryptionConfiguration: &awsecr.CfnRepositoryCreationTemplate_EncryptionConfigurationProperty{
			EncryptionType: jsii.String("AES256"),
		},
		LifecyclePolicy: pulledLifecycle(cache),
	})
}
