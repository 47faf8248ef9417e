package infra

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/policy"
)

// NewTargetRole defines the policy and the target role of a pool, in a stack of the target role's
// account, and puts out the role's ARN.
func NewTargetRole(scope constructs.Construct, pool fleet.Pool) constructs.Construct {
	construct, target := constructs.NewConstruct(scope, jsii.String("TargetRole-"+string(pool.Name))), pool.PushingRole()
	document := newPolicy(construct, pool.TargetRole.Policy, "What the runners of pool "+string(pool.Name)+" may do here", pool.PermissionsPolicy())
	waive(document, waiversOfPolicy(pool))
	answerNag(document, pool)
	awsiam.NewCfnRole(construct, jsii.String("Role"), &awsiam.CfnRoleProps{
		RoleName:                 jsii.String(string(target.Name)),
		Path:                     jsii.String(string(target.Path)),
		Description:              jsii.String("Taken by the role of pool " + string(pool.Name) + ", " + pool.RoleARN().String()),
		AssumeRolePolicyDocument: policy.TrustRole(pool.RoleARN()).Tree(),
		ManagedPolicyArns:        &[]any{document},
	})
	newOutput(construct, "RoleArn", "Target role of pool "+string(pool.Name), target.String())
	return construct
}
