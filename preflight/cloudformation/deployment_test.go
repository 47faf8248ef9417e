package cloudformation_test

import (
	"testing"

	"keyless-runners/preflight/cloudformation"
)

// trusting is a role that names its account by a provider.
const trusting = `
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: pusher, AssumeRolePolicyDocument: {Statement: [{Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}}]}}}`

func TestTheTemplateTellsWhereItIsDeployed(t *testing.T) {
	const (
		conflict       = "unknown: ARNs in the template are of different accounts; give the right one with --account"
		regionConflict = "unknown: the outputs name resources of different regions; give the right one with --region"
	)
	for _, c := range []struct {
		name, template                        string
		settings                              cloudformation.Settings
		account, region, partition, conflicts string
		line                                  int
	}{
		{name: "nothing told", template: `
Resources:
  Role: {Type: AWS::IAM::Role}`,
			account: giveAccount, region: giveRegion, partition: givePartition},
		{name: "told", template: `
Resources:
  Role: {Type: AWS::IAM::Role}`,
			settings: cloudformation.Settings{Account: "444455556666", Region: "cn-north-1"},
			account:  "444455556666", region: "cn-north-1", partition: "aws-cn"},
		{name: "a region that identity does not know", template: `
Resources:
  Role: {Type: AWS::IAM::Role}
  Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: app}}
  Other: {Type: AWS::IAM::Role, Properties: {RoleName: !GetAtt Images.Arn}}`,
			settings: cloudformation.Settings{Account: "444455556666", Region: "xx-north-1"},
			account:  "444455556666", region: "xx-north-1", partition: givePartition},

		{name: "a provider in a trust policy", template: `
Resources:` + trusting,
			account: "111122223333", region: giveRegion, partition: "aws"},
		{name: "a provider in a trust policy that is text", template: `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: '{"Statement": {"Principal": {"Federated": ["cognito-identity.amazonaws.com", "arn:aws-cn:iam::111122223333:oidc-provider/x"]}}}'`,
			account: "111122223333", region: giveRegion, partition: "aws-cn"},
		{name: "a provider in a trust policy that is text of YAML", template: `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: 'Statement: {Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/x"}}'`,
			account: giveAccount, region: giveRegion, partition: givePartition},
		{name: "a provider from a parameter's default", template: `
Parameters:
  Provider: {Type: String, Default: "arn:aws:iam::111122223333:oidc-provider/x"}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: {Principal: {Federated: !Ref Provider}}}}}`,
			account: "111122223333", region: giveRegion, partition: "aws"},
		{name: "another account as a principal", template: `
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: {Principal: {AWS: "arn:aws:iam::111122223333:root"}}}}}`,
			account: giveAccount, region: giveRegion, partition: givePartition},
		{name: "a provider's ARN that is none", template: `
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: {Principal: {Federated: "arn:aws:iam::YOUR_ACCOUNT:oidc-provider/x"}}}}}`,
			account: giveAccount, region: giveRegion, partition: givePartition},
		{name: "a provider in a role that is not made", template: `
Conditions: {No: !Equals [a, b]}
Resources:
  Role: {Type: AWS::IAM::Role, Condition: No, Properties: {AssumeRolePolicyDocument: {Statement: {Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/x"}}}}}`,
			account: giveAccount, region: giveRegion, partition: givePartition},

		{name: "an output with the cluster of an association", template: `
Resources:
  Role: {Type: AWS::IAM::Role}
  Association: {Type: AWS::EKS::PodIdentityAssociation, Properties: {ClusterName: ci, Namespace: runners, ServiceAccount: build, RoleArn: "arn:aws:iam::444455556666:role/build"}}
Outputs:
  Other: {Value: "arn:aws:eks:eu-west-1:444455556666:cluster/other"}
  Cluster: {Value: "arn:aws:eks:eu-central-1:111122223333:cluster/ci"}`,
			account: "111122223333", region: "eu-central-1", partition: "aws"},
		{name: "outputs with clusters of two regions", template: `
Resources:
  Role: {Type: AWS::IAM::Role}
  Association: {Type: AWS::EKS::PodIdentityAssociation, Properties: {ClusterName: ci, Namespace: runners, ServiceAccount: build, RoleArn: "arn:aws:iam::111122223333:role/build"}}
Outputs:
  One: {Value: "arn:aws:eks:eu-central-1:111122223333:cluster/ci"}
  Two: {Value: "arn:aws:eks:us-east-1:111122223333:cluster/ci"}`,
			account: "111122223333", region: regionConflict, partition: "aws",
			conflicts: "arn:aws:eks:eu-central-1:111122223333:cluster/ci | arn:aws:eks:us-east-1:111122223333:cluster/ci"},

		{name: "a managed policy", template: `
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::111122223333:policy/ci/push"]}}`,
			account: "111122223333", region: giveRegion, partition: "aws"},
		{name: "AWS's own managed policies", template: `
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}}`,
			account: giveAccount, region: giveRegion, partition: givePartition},
		{name: "a boundary", template: `
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: "arn:aws-us-gov:iam::111122223333:policy/limit"}}`,
			account: "111122223333", region: giveRegion, partition: "aws-us-gov"},

		{name: "outputs of what is defined", template: `
Outputs:
  Arn: {Value: "arn:aws:ecr:us-west-2:111122223333:repository/app"}
Resources:
  Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: app}}`,
			account: "111122223333", region: "us-west-2", partition: "aws"},
		{name: "an output with the URI", template: `
Outputs:
  Uri: {Value: 111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app}
Resources:
  Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: app}}`,
			account: "111122223333", region: "cn-north-1", partition: "aws-cn"},
		{name: "an output with a role", template: `
Outputs:
  Arn: {Value: "arn:aws:iam::111122223333:role/ci/pusher"}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: pusher}}`,
			account: "111122223333", region: giveRegion, partition: "aws"},
		{name: "an output with a managed policy", template: `
Outputs:
  Arn: {Value: "arn:aws:iam::111122223333:policy/push"}
Resources:
  Policy: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: push}}`,
			account: "111122223333", region: giveRegion, partition: "aws"},
		{name: "an output with a provider", template: `
Outputs:
  Arn: {Value: "arn:aws:iam::111122223333:oidc-provider/x.example"}
Resources:
  Provider: {Type: Custom::AWSCDKOpenIdConnectProvider, Properties: {Url: "https://x.example"}}`,
			account: "111122223333", region: giveRegion, partition: "aws"},
		{name: "outputs of what is defined elsewhere", template: `
Outputs:
  A: {Value: "arn:aws:iam::111122223333:role/other"}
  B: {Value: "arn:aws:iam::111122223333:policy/app"}
  C: {Value: "arn:aws:iam::111122223333:oidc-provider/app"}
  D: {Value: "arn:aws:ecr:us-west-2:111122223333:repository/app"}
  E: {Value: 111122223333.dkr.ecr.us-west-2.amazonaws.com/app}
  F: {Value: "arn:aws:sns:us-west-2:111122223333:app"}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: app}}`,
			account: giveAccount, region: giveRegion, partition: givePartition},
		{name: "an output that is not made", template: `
Conditions: {No: !Equals [a, b]}
Outputs:
  Arn: {Value: "arn:aws:iam::111122223333:role/pusher", Condition: No}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: pusher}}`,
			account: giveAccount, region: giveRegion, partition: givePartition},

		{name: "an account twice", template: `
Outputs:
  Arn: {Value: "arn:aws:iam::111122223333:role/pusher"}
Resources:` + trusting,
			account: "111122223333", region: giveRegion, partition: "aws", line: 3},
		{name: "two accounts", template: `
Resources:` + trusting + `
  Other: {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: "arn:aws:iam::444455556666:policy/limit"}}
  Third: {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: "arn:aws:iam::444455556666:policy/other"}}`,
			account: conflict, region: giveRegion, partition: "aws",
			conflicts: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com | arn:aws:iam::444455556666:policy/limit"},
		{name: "two accounts, in the order of the file", template: `
Outputs:
  Arn: {Value: "arn:aws:iam::444455556666:role/pusher"}
Resources:` + trusting,
			account: conflict, region: giveRegion, partition: "aws",
			conflicts: "arn:aws:iam::444455556666:role/pusher | arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
		{name: "two accounts, one of them told", template: `
Resources:` + trusting + `
  Other: {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: "arn:aws:iam::444455556666:policy/limit"}}`,
			settings: cloudformation.Settings{Account: "111122223333"},
			account:  "111122223333", region: giveRegion, partition: "aws",
			conflicts: "arn:aws:iam::444455556666:policy/limit"},
		{name: "two regions", template: `
Outputs:
  A: {Value: 111122223333.dkr.ecr.us-west-2.amazonaws.com/app}
  B: {Value: 111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app}
Resources:
  Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: app}}`,
			account: "111122223333", region: regionConflict, partition: givePartition,
			conflicts: "111122223333.dkr.ecr.us-west-2.amazonaws.com/app | 111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app"},
		{name: "two accounts and regions in one output", template: `
Outputs:
  B: {Value: 444455556666.dkr.ecr.us-east-1.amazonaws.com/app}
  A: {Value: 111122223333.dkr.ecr.us-west-2.amazonaws.com/app}
Resources:
  Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: app}}`,
			account: conflict, region: regionConflict, partition: "aws",
			conflicts: "444455556666.dkr.ecr.us-east-1.amazonaws.com/app | 111122223333.dkr.ecr.us-west-2.amazonaws.com/app"},
	} {
		t.Run(c.name, func(t *testing.T) {
			// Every template ends in Resources.
			found := read(t, "f", c.template+"\n  Last: {Type: AWS::IAM::Role}\n", c.settings)
			wantText(t, "partition", found.Roles[len(found.Roles)-1].Partition, c.partition)
			template := found.Templates[0]
			if c.line != 0 && template.Account.Place.Line != c.line {
				t.Errorf("got the account from line %d, want %d", template.Account.Place.Line, c.line)
			}
			wantText(t, "account", template.Account, c.account)
			wantText(t, "region", template.Region, c.region)
			wantTexts(t, "conflicts", template.Conflicts, c.conflicts)
		})
	}
}
