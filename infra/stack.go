package infra

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// newStack defines one stack of the fleet.
//
// Its template asks for no bootstrap version: there are no assets, so
// "aws cloudformation deploy" takes it in an account that the CDK never saw.
func newStack(scope constructs.Construct, props fleet.Stack, tags map[string]string) {
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
	addTags(stack, tags)
	for _, cluster := range props.Clusters {
		newProvider(stack, jsii.String("Cluster-"+string(cluster.Name)), cluster)
	}
	for _, repository := range props.ImageRepositories {
		newImageRepository(stack, jsii.String("ImageRepository-"+string(repository.Name)), repository)
	}
	for _, cache := range props.PullThroughCaches {
		newPullThroughCache(stack, jsii.String("PullThroughCache-"+string(cache.Prefix)), cache)
	}
	newPools(stack, props.Pools, tags)
	for _, pool := range props.TargetRoles {
		newTargetRole(stack, jsii.String("TargetRole-"+string(pool.Name)), pool)
	}
	for _, deployment := range props.Deployments {
		newDeployment(stack, deployment)
	}
}

// newPools defines pools. An association with a role of the stack is made after it.
func newPools(stack awscdk.Stack, pools []fleet.Pool, tags map[string]string) {
	constructed := make([]constructs.Construct, len(pools))
	created := map[identity.RoleARN]constructs.Construct{}
	for i, pool := range pools {
		constructed[i] = newPool(stack, jsii.String("Pool-"+string(pool.Name)), pool, tags).construct
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
