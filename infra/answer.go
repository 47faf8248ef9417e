package infra

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// answerNag writes into a policy's metadata, where cdk-nag looks, why one of its
// statements is on every resource
// (https://github.com/cdklabs/cdk-nag#suppressing-a-rule). Any other wildcard in the
// policy is still reported.
func answerNag(policy awscdk.CfnResource) {
	policy.AddMetadata(jsii.String("cdk_nag"), map[string]any{"rules_to_suppress": []map[string]any{{
		"id":         "AwsSolutions-IAM5",
		"reason":     "ecr:GetAuthorizationToken accepts no other resource",
		"applies_to": []string{"Resource::*"},
	}}})
}

// answerCheckov writes into an image repository's metadata, where checkov looks, why
// it has no KMS key, or has tags that are not immutable
// (https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html).
func answerCheckov(resource awscdk.CfnResource, repository fleet.ImageRepository) {
	var skip []map[string]string
	if repository.KMSKey == (identity.KMSKeyARN{}) {
		skip = append(skip, map[string]string{
			"id":      "CKV_AWS_136",
			"comment": "AES256 encrypts images at rest and costs nothing; deleting a KMS key makes them unreadable",
		})
	}
	if len(repository.MutableTags) > 0 {
		skip = append(skip, map[string]string{
			"id":      "CKV_AWS_51",
			"comment": "all tags are immutable but those that the fleet excludes: " + strings.Join(repository.MutableTags, ", "),
		})
	}
	if skip != nil {
		resource.AddMetadata(jsii.String("checkov"), map[string]any{"skip": skip})
	}
}
