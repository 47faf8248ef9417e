package infra

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
)

// PoolProps name the pool of a fleet that NewPool defines.
type PoolProps struct {
	Fleet fleet.Checked
	Pool  identity.PoolName
}

// Pool holds a pool's resources in AWS.
type Pool struct {
	construct constructs.Construct
	role      awsiam.CfnRole
	policy    awsiam.CfnManagedPolicy
}

// NewPool defines the policy and the role of a pool, unless they exist, and its association
// if it uses EKS Pod Identity, with the tags of the fleet and the pool. It panics, as constructs
// of the CDK do, if the fleet has no such pool.
func NewPool(scope constructs.Construct, id *string, props *PoolProps) Pool {
	declared, ok := props.Fleet.Pool(props.Pool)
	mustCreate(scope, "NewPool", fmt.Sprintf("pool %q", props.Pool), ok, true, declared.Cluster.Account, declared.Cluster.Region)
	tags := props.Fleet.Fleet().AllTags()
	pool := newPool(scope, id, declared, tags)
	addTags(pool.construct, tags)
	return pool
}

// Construct returns the construct that the pool's resources are below.
func (p Pool) Construct() constructs.Construct { return p.construct }

// Role is the pool's role, nil for one that exists.
func (p Pool) Role() awsiam.CfnRole { return p.role }

// Policy is the role's policy, nil for a role that exists.
func (p Pool) Policy() awsiam.CfnManagedPolicy { return p.policy }

// newPool defines a pool in a stack with these tags.
func newPool(scope constructs.Construct, id *string, pool fleet.Pool, tags map[string]string) Pool {
	made := Pool{construct: constructs.NewConstruct(scope, id)}
	roleARN := jsii.String(pool.RoleARN().String())
	if !pool.ExistingRole {
		made.newRole(pool)
		roleARN = made.role.AttrArn()
	}
	if pool.CreatesAssociation() {
		for in := range pool.InEachCluster() {
			newAssociation(made.construct, in, roleARN, tags)
		}
	}
	return made
}

// newRole defines the policy and the role of a pool, and puts out the role's ARN.
//
// The role's name and path are fixed, so that its ARN is known to the
// ServiceAccount before anything is deployed.
func (p *Pool) newRole(pool fleet.Pool) {
	p.policy = newPolicy(p.construct, pool.Policy, "What the runners of pool "+string(pool.Name)+" may do", pool.RolePolicy())
	if pool.TargetRole == nil {
		waive(p.policy, waiversOfPolicy(pool), pool.Waivers.Policy)
		answerNag(p.policy, pool)
	} else {
		waive(p.policy, pool.Waivers.Policy)
	}
	p.role = awsiam.NewCfnRole(p.construct, jsii.String("Role"), &awsiam.CfnRoleProps{
		RoleName:                 jsii.String(string(pool.Role)),
		Path:                     jsii.String(string(pool.RoleARN().Path)),
		Description:              jsii.String("Taken by the runners of pool " + string(pool.Name) + ", as " + pool.Subject().String()),
		AssumeRolePolicyDocument: pool.TrustPolicy().Tree(),
		ManagedPolicyArns:        managedPolicies(p.policy, pool),
		PermissionsBoundary:      boundary(pool),
		MaxSessionDuration:       session(pool),
	})
	waive(p.role, waiversOfRole(pool), pool.Waivers.Role)
	answerNagManaged(p.role, pool)
	addTags(p.role, pool.Tags)
	newOutput(p.construct, "RoleArn", "Role of pool "+string(pool.Name), pool.RoleARN().String())
}

func managedPolicies(own awsiam.CfnManagedPolicy, pool fleet.Pool) *[]any {
	all := []any{own}
	for _, arn := range pool.ManagedPolicies {
		all = append(all, arn.String())
	}
	return &all
}

func newPolicy(construct constructs.Construct, name identity.PolicyName, description string, document policy.Document) awsiam.CfnManagedPolicy {
	return awsiam.NewCfnManagedPolicy(construct, jsii.String("Policy"), &awsiam.CfnManagedPolicyProps{
		ManagedPolicyName: jsii.String(string(name)),
		Description:       jsii.String(description),
		PolicyDocument:    document.Tree(),
	})
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
