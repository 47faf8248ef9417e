package infra

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/policy"
)

// TargetRole holds the resources of a pool's target role.
type TargetRole struct {
	construct constructs.Construct
	role      awsiam.CfnRole
}

// NewTargetRole defines the policy and the target role of a pool, in a stack of the target role's
// account, and puts out the role's ARN. It panics, as constructs of the CDK do, if the fleet has no
// such pool, or the pool no target role that is created.
func NewTargetRole(scope constructs.Construct, id *string, props *PoolProps) TargetRole {
	pool, ok := props.Fleet.Pool(props.Pool)
	if !ok || !pool.CreatesTarget() {
		panic(fmt.Sprintf("infra.NewTargetRole: the checked fleet has no pool %q with a target role to create", props.Pool))
	}
	mustBeIn(scope, pool.TargetRole.Account, "", fmt.Sprintf("infra.NewTargetRole: the target role of pool %q", props.Pool))
	target := newTargetRole(scope, id, pool)
	addTags(target.construct, props.Fleet.Fleet().AllTags())
	return target
}

// Construct returns the construct that the target role's resources are below.
func (t TargetRole) Construct() constructs.Construct { return t.construct }

// Role is the resource.
func (t TargetRole) Role() awsiam.CfnRole { return t.role }

func newTargetRole(scope constructs.Construct, id *string, pool fleet.Pool) TargetRole {
	construct, target := constructs.NewConstruct(scope, id), pool.PushingRole()
	document := newPolicy(construct, pool.TargetRole.Policy, "What the runners of pool "+string(pool.Name)+" may do here", pool.PermissionsPolicy())
	waive(document, waiversOfPolicy(pool))
	answerNag(document, pool)
	role := awsiam.NewCfnRole(construct, jsii.String("Role"), &awsiam.CfnRoleProps{
		RoleName:                 jsii.String(string(target.Name)),
		Path:                     jsii.String(string(target.Path)),
		Description:              jsii.String("Taken by the role of pool " + string(pool.Name) + ", " + pool.RoleARN().String()),
		AssumeRolePolicyDocument: policy.TrustRole(pool.RoleARN()).Tree(),
		ManagedPolicyArns:        &[]any{document},
	})
	newOutput(construct, "RoleArn", "Target role of pool "+string(pool.Name), target.String())
	return TargetRole{construct, role}
}
