package infra

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
)

// answerNag writes into a policy's metadata, where cdk-nag looks, why some of its
// statements have wildcards
// (https://github.com/cdklabs/cdk-nag#suppressing-a-rule). Any other wildcard in the
// policy is still reported.
func answerNag(resource awscdk.CfnResource, pool fleet.Pool) {
	answers := []map[string]any{nagAnswer("ecr:GetAuthorizationToken accepts no other resource", "Resource::*")}
	for _, statement := range pool.FurtherStatements() {
		if wild := wildcards(statement); statement.Effect == policy.EffectAllow && wild != nil {
			answers = append(answers, nagAnswer("the fleet declares it in statement "+statement.Sid, wild...))
		}
	}
	resource.AddMetadata(jsii.String("cdk_nag"), map[string]any{"rules_to_suppress": answers})
}

// answerNagManaged answers that a role has managed policies of AWS's own.
func answerNagManaged(role awscdk.CfnResource, pool fleet.Pool) {
	var of []string
	for _, arn := range pool.ManagedPolicies {
		if arn.Account == identity.AccountAWS {
			of = append(of, "Policy::"+arn.String())
		}
	}
	if of != nil {
		role.AddMetadata(jsii.String("cdk_nag"), map[string]any{"rules_to_suppress": []map[string]any{{
			"id": "AwsSolutions-IAM4", "reason": "the fleet declares it", "applies_to": of,
		}}})
	}
}

// answerNagStacks answers that CloudFormation's ARN of a stack ends in a generated id.
func answerNagStacks(resource awscdk.CfnResource, permissions policy.Document) {
	var answers []map[string]any
	for _, statement := range permissions.Statement {
		answers = append(answers, nagAnswer("behind the name, the ARN of a stack has an id that CloudFormation makes", wildcards(statement)...))
	}
	resource.AddMetadata(jsii.String("cdk_nag"), map[string]any{"rules_to_suppress": answers})
}

// answerNagOpen answers that an image repository is not open to everyone: cdk-nag does not
// look at conditions.
func answerNagOpen(resource awscdk.CfnResource, repository fleet.ImageRepository) {
	if repository.PulledByOrganization != "" {
		resource.AddMetadata(jsii.String("cdk_nag"), map[string]any{"rules_to_suppress": []map[string]any{{
			"id":     "AwsSolutions-ECR1",
			"reason": "only accounts of organization " + string(repository.PulledByOrganization) + " may pull, by a condition on aws:PrincipalOrgID",
		}}})
	}
}

func nagAnswer(reason string, to ...string) map[string]any {
	return map[string]any{"id": "AwsSolutions-IAM5", "reason": reason, "applies_to": to}
}

// wildcards returns a statement's wildcards, as cdk-nag names them.
func wildcards(statement policy.Statement) []string {
	var wild []string
	for _, action := range statement.Action {
		if strings.Contains(action, "*") {
			wild = append(wild, "Action::"+action)
		}
	}
	for _, resource := range statement.Resource {
		if strings.Contains(resource, "*") {
			wild = append(wild, "Resource::"+resource)
		}
	}
	return wild
}

// answerCheckov writes into an image repository's metadata, where checkov looks, why
// it has no KMS key, or tags that are not immutable
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
	if repository.CacheDays > 0 {
		skip = append(skip, map[string]string{
			"id":      "CKV_AWS_51",
			"comment": "a cache of builds moves its tags; no image is in it",
		})
	}
	if skip != nil {
		resource.AddMetadata(jsii.String("checkov"), map[string]any{"skip": skip})
	}
}
