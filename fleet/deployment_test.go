package fleet_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
	"keyless-runners/policy"
)

// deployed is the article's fleet, with a deployment of it.
func deployed(change func(*fleet.Deployment)) fleet.Fleet {
	f := fleettest.Article()
	d := fleet.Deployment{
		Stack: "github-actions", Account: "111122223333", Region: "us-east-1", Stacks: []identity.StackName{"keyless-runners"},
		SourceRepository: "octo-org/fleet", Environment: "production", DeployRole: "github-deploy", DiffRole: "github-diff",
	}
	change(&d)
	f.Deployments = []fleet.Deployment{d}
	return f
}

func TestDeploymentsThatAreWrong(t *testing.T) {
	for want, change := range map[string]func(*fleet.Deployment){
		`<nil>`: func(*fleet.Deployment) {},
		`deployments["github-actions"].sourceRepository: source repository "https://github.com/octo-org/fleet": want "owner/name"; did you mean "octo-org/fleet"?`: func(d *fleet.Deployment) {
			d.SourceRepository = "https://github.com/octo-org/fleet"
		},
		`deployments["github-actions"].environment: environment is missing; want one of the source repository, whose rules say who deploys`:  func(d *fleet.Deployment) { d.Environment = "" },
		`deployments["github-actions"].repositoryID: owner 1 and source repository 0: want both numbers, or neither`:                         func(d *fleet.Deployment) { d.OwnerID = 1 },
		`deployments["github-actions"].branch: branch pattern "refs/heads/main": want the name alone, without "refs/heads/" or "refs/tags/"`: func(d *fleet.Deployment) { d.Branch = "refs/heads/main" },
		`deployments["github-actions"].qualifier: qualifier "my fleet": want that of "cdk bootstrap", up to 10 letters, digits and _-`:       func(d *fleet.Deployment) { d.Qualifier = "my fleet" },
		`deployments["github-actions"].diffRole: role "github-deploy" in account "111122223333" is already used by deployments["github-actions"].deployRole`: func(d *fleet.Deployment) {
			d.DiffRole = d.DeployRole
		},
		`deployments["github-actions"].deployRole: role "self_hosted_runner_role" in account "111122223333" is already used by pools["build"].role`: func(d *fleet.Deployment) {
			d.DeployRole = "self_hosted_runner_role"
		},
		`deployments["github-actions"].stacks: stack "keyless-runners" is in account "111122223333", region "us-east-1" too and would not be deployed; add it`: func(d *fleet.Deployment) {
			d.Stacks = nil
		},
		`deployments["github-actions"].stacks[1]: stack "keyles-runners" is not one of the fleet's in account "111122223333", region "us-east-1"; those are "keyless-runners"`: func(d *fleet.Deployment) {
			d.Stacks = append(d.Stacks, "keyles-runners")
		},
		`deployments["github-actions"].stacks[1]: stack "keyless-runners" is listed twice`: func(d *fleet.Deployment) { d.Stacks = append(d.Stacks, d.Stacks[0]) },
		`deployments["keyless-runners"].stacks[0]: stack "keyless-runners" is not one of the fleet's in account "111122223333", region "us-east-1"; those are none
stacks["keyless-runners"]: it has the roles of a deployment, which people deploy, and something else; give the deployment its own stack`: func(d *fleet.Deployment) {
			d.Stack = "keyless-runners"
		},
	} {
		if diff := cmp.Diff(want, fmt.Sprint(deployed(change).Check())); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

// An account holds one provider for an issuer, and one role of a name.
func TestDeploymentsOfTwoRegionsShareAnAccount(t *testing.T) {
	f := deployed(func(*fleet.Deployment) {})
	west := f.Deployments[0]
	west.Stack, west.Region, west.Stacks = "github-actions-west", "us-west-2", nil
	f.Deployments = append(f.Deployments, west)
	const want = `deployments["github-actions-west"].deployRole: role "github-deploy" in account "111122223333" is already used by deployments["github-actions"].deployRole
deployments["github-actions-west"].diffRole: role "github-diff" in account "111122223333" is already used by deployments["github-actions"].diffRole
deployments["github-actions-west"].existingProvider: the provider of "https://token.actions.githubusercontent.com" in account "111122223333" is already used by deployments["github-actions"].existingProvider`
	if diff := cmp.Diff(want, fmt.Sprint(f.Check())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// The stack of a deployment is deployed by people, and so would be a role that pushes.
func TestDeploymentSharesItsStackWithNoTargetRole(t *testing.T) {
	f := deployed(func(d *fleet.Deployment) { d.Account, d.Stacks = "444455556666", nil })
	f.Pools[0].Way = fleet.WayPodIdentity
	f.Pools[0].TargetRole = &fleet.TargetRole{Account: "444455556666", Role: "push", Policy: "push", Stack: "github-actions"}
	f.ImageRepositories[0].Account, f.ImageRepositories[0].Stack = "444455556666", "images"
	f.Pools[0].PushesTo = f.ImageRepositories
	f.Deployments[0].Stacks = []identity.StackName{"images"}
	const want = `stacks["github-actions"]: it has the roles of a deployment, which people deploy, and something else; give the deployment its own stack`
	if diff := cmp.Diff(want, fmt.Sprint(f.Check())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestDeploymentTrustsOneSubjectAndAllowsTheBootstrapRoles(t *testing.T) {
	d := deployed(func(d *fleet.Deployment) {
		d.Region, d.Qualifier, d.Stacks = "cn-north-1", "platform", []identity.StackName{"b", "a"}
	}).Deployments[0]
	for want, got := range map[string]policy.Document{
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws-cn:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com","token.actions.githubusercontent.com:sub":"repo:octo-org/fleet:environment:production"}}}]}`: policy.TrustActions(d.ProviderARN(), d.DeploySubject()),
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws-cn:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com","token.actions.githubusercontent.com:sub":"repo:octo-org/fleet:pull_request"}}}]}`:           policy.TrustActions(d.ProviderARN(), d.DiffSubject()),
		`{"Version":"2012-10-17","Statement":[{"Sid":"TakeBootstrapRoles","Effect":"Allow","Action":"sts:AssumeRole","Resource":["arn:aws-cn:iam::111122223333:role/cdk-platform-deploy-role-111122223333-cn-north-1","arn:aws-cn:iam::111122223333:role/cdk-platform-file-publishing-role-111122223333-cn-north-1"]}]}`:                                                                                    d.DeployPolicy(),
		`{"Version":"2012-10-17","Statement":[{"Sid":"ReadTemplates","Effect":"Allow","Action":"cloudformation:GetTemplate","Resource":["arn:aws-cn:cloudformation:cn-north-1:111122223333:stack/a/*","arn:aws-cn:cloudformation:cn-north-1:111122223333:stack/b/*"]}]}`:                                                                                                                                    d.DiffPolicy(),
	} {
		if diff := cmp.Diff(want, string(got.JSON())); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

func TestDeploymentIsInItsOwnStackAlone(t *testing.T) {
	f := fleettest.Checked(t, deployed(func(*fleet.Deployment) {}))
	for _, name := range []string{"github-actions", "keyless-runners"} {
		stacks := f.InStacks([]string{name}).Fleet().Stacks()
		if len(stacks) != 1 || string(stacks[0].Name) != name {
			t.Errorf("stack %q alone: got %d stacks", name, len(stacks))
		}
	}
}
