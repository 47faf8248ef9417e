package infra

import (
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// NewStack defines one stack of the fleet.
//
// Its template asks for no bootstrap version: there are no assets, so
// "aws cloudformation deploy" takes it in an account that the CDK never saw.
func NewStack(scope constructs.Construct, props fleet.Stack, tags map[string]string) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(string(props.Name)), &awscdk.StackProps{
		Description: jsii.String("GitHub Actions runners on EKS that push to ECR without a stored key"),
		Env: &awscdk.Environment{
			Account: jsii.String(string(props.Account)),
			Region:  jsii.String(string(props.Region)),
		},
		Synthesizer: awscdk.NewDefaultStackSynthesizer(&awscdk.DefaultStackSynthesizerProps{
			GenerateBootstrapVersionRule: jsii.Bool(false),
		}),
	})
	stack.AddMetadata(jsii.String(fleet.ManagedBy), fleet.Mark(props.TemplatePath()))
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		awscdk.Tags_Of(stack).Add(jsii.String(key), jsii.String(tags[key]), nil)
	}
	for _, cluster := range props.Clusters {
		NewProvider(stack, cluster)
	}
	for _, repository := range props.ImageRepositories {
		NewImageRepository(stack, repository)
	}
	newPools(stack, props.Pools, tags)
	for _, pool := range props.TargetRoles {
		NewTargetRole(stack, pool)
	}
	for _, deployment := range props.Deployments {
		NewDeployment(stack, deployment)
	}
	return stack
}

// newPools defines pools. An association with a role of the stack is made after it.
func newPools(stack awscdk.Stack, pools []fleet.Pool, tags map[string]string) {
	constructed := make([]constructs.Construct, len(pools))
	created := map[identity.RoleARN]constructs.Construct{}
	for i, pool := range pools {
		constructed[i] = NewPool(stack, pool, tags)
		if !pool.ExistingRole {
			created[pool.RoleARN()] = constructed[i]
		}
	}
	for i, pool := range pools {
		if owner := created[pool.RoleARN()]; owner != nil && pool.ExistingRole {
			constructed[i].Node().AddDependency(owner)
		}
	}
}

// newOutput puts out a value under a name that describes it.
func newOutput(scope constructs.Construct, id, description, value string) {
	awscdk.NewCfnOutput(scope, jsii.String(id), &awscdk.CfnOutputProps{
		Description: jsii.String(description),
		Value:       jsii.String(value),
	})
}
