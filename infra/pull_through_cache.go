package infra

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// PullThroughCacheProps name the pull through cache of a fleet that NewPullThroughCache defines.
type PullThroughCacheProps struct {
	Fleet fleet.Checked
	// PullThroughCache is the ID of one of the fleet's pull through caches.
	PullThroughCache identity.ImageRepository
}

// PullThroughCache is a pull through cache.
type PullThroughCache struct {
	construct constructs.Construct
	rule      awsecr.CfnPullThroughCacheRule
	template  awsecr.CfnRepositoryCreationTemplate
}

// NewPullThroughCache defines the rule by which Amazon ECR gets images of another registry, and
// the template of the image repositories that it creates for them. It panics, as constructs of the
// CDK do, if the fleet has no such cache, or declares that it exists.
func NewPullThroughCache(scope constructs.Construct, id *string, props *PullThroughCacheProps) PullThroughCache {
	declared, ok := props.Fleet.PullThroughCache(props.PullThroughCache)
	mustCreate(scope, "NewPullThroughCache", fmt.Sprintf("pull through cache %q", props.PullThroughCache), ok, !declared.Existing, declared.Account, declared.Region)
	return newPullThroughCache(scope, id, declared)
}

// Construct returns the construct of the pull through cache.
func (c PullThroughCache) Construct() constructs.Construct { return c.construct }

// Rule and Template are the resources.
func (c PullThroughCache) Rule() awsecr.CfnPullThroughCacheRule           { return c.rule }
func (c PullThroughCache) Template() awsecr.CfnRepositoryCreationTemplate { return c.template }

// newPullThroughCache lets the tags be moved, because Amazon ECR moves them with those of the other
// registry. The template has neither tags nor a KMS key: each would need a role by which Amazon ECR
// creates image repositories, and tags would need ecr:TagResource of all who pull.
func newPullThroughCache(scope constructs.Construct, id *string, cache fleet.PullThroughCache) PullThroughCache {
	made := PullThroughCache{construct: constructs.NewConstruct(scope, id)}
	var secret *string
	if cache.Secret != "" {
		secret = jsii.String(cache.SecretARN().String())
	}
	made.rule = awsecr.NewCfnPullThroughCacheRule(made.construct, jsii.String("Rule"), &awsecr.CfnPullThroughCacheRuleProps{
		EcrRepositoryPrefix: jsii.String(string(cache.Prefix)),
		UpstreamRegistryUrl: jsii.String(cache.Upstream),
		CredentialArn:       secret,
	})
	made.template = awsecr.NewCfnRepositoryCreationTemplate(made.construct, jsii.String("Template"), &awsecr.CfnRepositoryCreationTemplateProps{
		Prefix:             jsii.String(string(cache.Prefix)),
		AppliedFor:         jsii.Strings("PULL_THROUGH_CACHE"),
		Description:        jsii.String("Images of " + cache.Upstream),
		ImageTagMutability: jsii.String("MUTABLE"),
		EncryptionConfiguration: &awsecr.CfnRepositoryCreationTemplate_EncryptionConfigurationProperty{
			EncryptionType: jsii.String("AES256"),
		},
		LifecyclePolicy: pulledLifecycle(cache),
	})
	return made
}
