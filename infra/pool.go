package infra

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
)

// NewPool defines the policy and the role of a pool, and its association if it uses EKS
// Pod Identity, and puts out the role's ARN. The tags are the stack's.
//
// The role's name and path are fixed, so that its ARN is known to the
// ServiceAccount before anything is deployed.
func NewPool(scope constructs.Construct, pool fleet.Pool, tags map[string]string) constructs.Construct {
	construct := constructs.NewConstruct(scope, jsii.String("Pool-"+string(pool.Name)))
	policy := awsiam.NewCfnManagedPolicy(construct, jsii.String("Policy"), &awsiam.CfnManagedPolicyProps{
		ManagedPolicyName: jsii.String(string(pool.Policy)),
		Description:       jsii.String("What the runners of pool " + string(pool.Name) + " may do"),
		PolicyDocument:    pool.PushPolicy().Tree(),
	})
	waiveExistingRepositories(policy, pool.PushesTo)
	answerNag(policy)
	role := awsiam.NewCfnRole(construct, jsii.String("Role"), &awsiam.CfnRoleProps{
		RoleName:                 jsii.String(string(pool.Role)),
		Path:                     jsii.String(string(pool.RoleARN().Path)),
		Description:              jsii.String("Taken by the runners of pool " + string(pool.Name) + ", as " + pool.Subject().String()),
		AssumeRolePolicyDocument: pool.TrustPolicy().Tree(),
		ManagedPolicyArns:        &[]any{policy},
	})
	waiveExistingProvider(role, pool)
	if pool.UsesPodIdentity() {
		newAssociation(construct, pool, role, tags)
	}
	newOutput(construct, "RoleArn", "Role of pool "+string(pool.Name), pool.RoleARN().String())
	return construct
}
