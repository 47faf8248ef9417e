package infra

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
)

// newDeployment defines the roles that jobs of GitHub Actions take to deploy and to compare, and
// GitHub's provider unless it exists. The provider is kept when the stack is deleted: other
// roles of the account may trust it.
func newDeployment(scope constructs.Construct, deployment fleet.Deployment) {
	construct := constructs.NewConstruct(scope, jsii.String("Deployment"))
	if !deployment.ExistingProvider {
		provider := awsiam.NewCfnOIDCProvider(construct, jsii.String("Provider"), &awsiam.CfnOIDCProviderProps{
			Url:          jsii.String(string(identity.IssuerActions)),
			ClientIdList: jsii.Strings(string(identity.AudienceSTS)),
		})
		provider.ApplyRemovalPolicy(awscdk.RemovalPolicy_RETAIN, nil)
	}
	newActionsRole(construct, "DeployRole", "Deploys", deployment, deployment.DeployRole, deployment.DeploySubject(), deployment.DeployPolicy())
	diff := newActionsRole(construct, "DiffRole", "Reads the deployed templates", deployment, deployment.DiffRole, deployment.DiffSubject(), deployment.DiffPolicy())
	answerNagStacks(diff, deployment.DiffPolicy())
}

// newActionsRole defines a role for the jobs whose tokens have one subject, and puts out its ARN.
func newActionsRole(scope constructs.Construct, id, does string, deployment fleet.Deployment, name identity.RoleName, subject identity.ActionsSubject, permissions policy.Document) awsiam.CfnRole {
	role := awsiam.NewCfnRole(scope, jsii.String(id), &awsiam.CfnRoleProps{
		RoleName:                 jsii.String(string(name)),
		Path:                     jsii.String("/"),
		Description:              jsii.String(does + ", as " + subject.String()),
		AssumeRolePolicyDocument: policy.TrustActions(deployment.ProviderARN(), subject).Tree(),
		Policies:                 []any{map[string]any{"policyName": permissions.Statement[0].Sid, "policyDocument": permissions.Tree()}},
	})
	newOutput(scope, id+"Arn", "Role of "+subject.String(), deployment.RoleARN(name).String())
	if deployment.ExistingProvider {
		waive(role, map[string]string{noProvider: "the fleet declares that the provider of GitHub Actions exists"})
	}
	return role
}
