package infra

import (
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// NewPool defines the policy and the role of a pool, unless they exist, and its association
// if it uses EKS Pod Identity. The tags are the stack's.
func NewPool(scope constructs.Construct, pool fleet.Pool, tags map[string]string) constructs.Construct {
	construct := constructs.NewConstruct(scope, jsii.String("Pool-"+string(pool.Name)))
	roleARN := jsii.String(pool.RoleARN().String())
	if !pool.ExistingRole {
		roleARN = newRole(construct, pool).AttrArn()
	}
	if pool.CreatesAssociation() {
		for _, in := range pool.InEachCluster() {
			newAssociation(construct, in, roleARN, tags)
		}
	}
	return construct
}

// newRole defines the policy and the role of a pool, and puts out the role's ARN.
//
// The role's name and path are fixed, so that its ARN is known to the
// ServiceAccount before anything is deployed.
func newRole(construct constructs.Construct, pool fleet.Pool) awsiam.CfnRole {
	policy := awsiam.NewCfnManagedPolicy(construct, jsii.String("Policy"), &awsiam.CfnManagedPolicyProps{
		ManagedPolicyName: jsii.String(string(pool.Policy)),
		Description:       jsii.String("What the runners of pool " + string(pool.Name) + " may do"),
		PolicyDocument:    pool.PermissionsPolicy().Tree(),
	})
	waive(policy, waiversOfPolicy(pool), pool.Waivers.Policy)
	answerNag(policy, pool)
	role := awsiam.NewCfnRole(construct, jsii.String("Role"), &awsiam.CfnRoleProps{
		RoleName:                 jsii.String(string(pool.Role)),
		Path:                     jsii.String(string(pool.RoleARN().Path)),
		Description:              jsii.String("Taken by the runners of pool " + string(pool.Name) + ", as " + pool.Subject().String()),
		AssumeRolePolicyDocument: pool.TrustPolicy().Tree(),
		ManagedPolicyArns:        &[]any{policy},
		PermissionsBoundary:      boundary(pool),
		MaxSessionDuration:       session(pool),
	})
	waive(role, waiversOfRole(pool), pool.Waivers.Role)
	for _, key := range slices.Sorted(maps.Keys(pool.Tags)) {
		awscdk.Tags_Of(role).Add(jsii.String(key), jsii.String(pool.Tags[key]), nil)
	}
	newOutput(construct, "RoleArn", "Role of pool "+string(pool.Name), pool.RoleARN().String())
	return role
}

func boundary(pool fleet.Pool) *string {
	if pool.PermissionsBoundary == (identity.ManagedPolicyARN{}) {
		return nil
	}
	return jsii.String(pool.PermissionsBoundary.String())
}

func session(pool fleet.Pool) *float64 {
	if pool.MaxSessionDuration == 0 {
		return nil
	}
	return jsii.Number(pool.MaxSessionDuration.Seconds())
}
