package cloudformation_test

import (
	"os"
	"testing"

	"keyless-runners/preflight/cloudformation"
)

const (
	issuer        = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	unknownName   = `unknown: CloudFormation makes the name of role "Role1" at deployment; state RoleName`
	giveAccount   = "unknown: AWS::AccountId is not known from the files; give it with --account"
	giveRegion    = "unknown: AWS::Region is not known from the files; give it with --region"
	givePartition = "unknown: AWS::Partition is not known from the files; give --region"
)

func TestRoleThatEksctlMakes(t *testing.T) {
	found := readFile(t, "testdata/eksctl.yaml", cloudformation.Settings{})
	role, template := found.Roles[0], found.Templates[0]
	wantText(t, "account", template.Account, "111122223333")
	wantLine(t, "account", template.Account.Place, "testdata/eksctl.yaml", "Federated:")
	wantText(t, "region", template.Region, giveRegion)
	if info, err := os.Stat("testdata/eksctl.yaml"); err != nil || template.Size != int(info.Size()) {
		t.Errorf("got %d bytes, want the file's, %v", template.Size, err)
	}
	if template.Resources != 2 || template.Outputs != 1 || template.Parameters != 0 || template.Conflicts != nil {
		t.Errorf("got %+v, want 2 resources, 1 output, no parameter and no conflict", template)
	}
	if role.LogicalID != "Role1" {
		t.Errorf("got the logical id %q, want Role1", role.LogicalID)
	}
	wantLine(t, "role", role.Place, "testdata/eksctl.yaml", "  Role1:\n    Type")
	wantText(t, "name", role.Name, unknownName)
	wantText(t, "path", role.Path, "/")
	wantText(t, "account", role.Account, "111122223333")
	wantText(t, "partition", role.Partition, "aws")
	wantText(t, "boundary", role.Boundary, "not there")
	wantTexts(t, "attached", role.Attached, "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser")
	wantLine(t, "attached", role.Attached[0].Place, "testdata/eksctl.yaml", "- Fn::Sub")
	wantDocument(t, "trust", role.Trust, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud":"sts.amazonaws.com","oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub":"system:serviceaccount:runners:pusher"}}}]}`)
	wantLine(t, "subject", role.Trust.InStatement(0, "Condition", "StringEquals", "oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub"), "testdata/eksctl.yaml", ":sub:")
	if len(role.Inline) != 1 || len(found.ManagedPolicies) != 0 {
		t.Fatalf("got %d inline and %d managed policies, want 1 and 0", len(role.Inline), len(found.ManagedPolicies))
	}
	wantText(t, "policy", role.Inline[0].Name, "unknown: AWS::StackName is known only at deployment")
	wantDocument(t, "policy", role.Inline[0].Document, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"}]}`)
}

func TestTemplateWrittenByHand(t *testing.T) {
	const file = "testdata/handwritten.yaml"
	found := readFile(t, file, cloudformation.Settings{
		Account: "111122223333", Region: "eu-west-1", Parameters: map[string]string{"ServiceAccount": "pusher"},
	})
	role := found.Roles[0]
	wantText(t, "name", role.Name, "pusher")
	wantLine(t, "name", role.Name.Place, file, "RoleName:")
	wantText(t, "path", role.Path, "/ci/")
	wantText(t, "boundary", role.Boundary, "not there")
	wantTexts(t, "attached", role.Attached, "arn:aws:iam::111122223333:policy/ci/push")
	wantLine(t, "attached", role.Attached[0].Place, file, "- !Ref PushPolicy")
	wantDocument(t, "trust", role.Trust, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud":"sts.amazonaws.com","oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub":"system:serviceaccount:runners:pusher"}}}]}`)
	wantLine(t, "trust", role.Trust.Place, file, "AssumeRolePolicyDocument:")

	policy := found.ManagedPolicies[0]
	wantText(t, "policy's name", policy.Name, "push")
	wantText(t, "policy's path", policy.Path, "/ci/")
	wantText(t, "policy's ARN", policy.ARN, "arn:aws:iam::111122223333:policy/ci/push")
	wantTexts(t, "policy's roles", policy.Roles, "")
	wantDocument(t, "policy", policy.Document, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:PutImage","Resource":"arn:aws:ecr:eu-west-1:111122223333:repository/team/app"}]}`)
	wantLine(t, "policy", policy.Place, file, "  PushPolicy:")

	provider := found.Providers[0]
	wantText(t, "provider", provider.URL, "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF")
	wantText(t, "provider's account", provider.Account, "111122223333")
	wantTexts(t, "client ids", provider.ClientIDs, "sts.amazonaws.com")
	if !provider.ClientIDsKnown {
		t.Error("got client ids that are not known, want them known")
	}
	wantLine(t, "provider", provider.Place, file, "  Provider:")

	images := found.ImageRepositories[0]
	wantText(t, "image repository", images.Name, "team/app")
	wantText(t, "its account", images.Account, "111122223333")
	wantText(t, "its region", images.Region, "eu-west-1")
	wantText(t, "its tags", images.TagMutability, "IMMUTABLE")
	wantDocument(t, "its policy", images.Policy, `{"Version":"2012-10-17","Statement":[{"Sid":"Push","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/ci/pusher"},"Action":"ecr:PutImage"}]}`)

	if len(found.Waivers) != 2 {
		t.Fatalf("got waivers %+v, want two", found.Waivers)
	}
	waiver := found.Waivers[1]
	wantLine(t, "waiver", waiver.Place, file, "KR013")
	if waiver.ID != "KR013" || waiver.Reason != "this too" || waiver.First != role.Place.Line || waiver.Last != policy.Place.Line-2 {
		t.Errorf("got waiver %+v, want KR013 for the lines of the role", waiver)
	}
}

func TestWhatNobodyToldIsUnknown(t *testing.T) {
	found := readFile(t, "testdata/handwritten.yaml", cloudformation.Settings{})
	role := found.Roles[0]
	wantText(t, "name", role.Name, "pusher")
	wantText(t, "account", role.Account, giveAccount)
	wantText(t, "partition", role.Partition, givePartition)
	if got, want := role.Trust.Unknown, "AWS::Partition is not known from the files; give --region"; got != want {
		t.Errorf("trust: got unknown %q, want %q", got, want)
	}
	wantTexts(t, "attached", role.Attached, "")
	wantText(t, "part of the role", role.Inline[0].Name, giveAccount)
	if got, want := role.Inline[0].Document.Maybe[0].Why, "AWS::Partition is not known from the files; give --region"; got != want {
		t.Errorf("policy: got unknown %q, want %q", got, want)
	}
	wantText(t, "policy's ARN", found.ManagedPolicies[0].ARN, giveAccount)
	wantText(t, "region", found.ImageRepositories[0].Region, giveRegion)
	wantText(t, "URL", found.Providers[0].URL, "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF")

	found = readFile(t, "testdata/handwritten.yaml", at)
	if got, want := found.Roles[0].Trust.Unknown, `parameter "ServiceAccount" has no default; give it with --parameter ServiceAccount=VALUE`; got != want {
		t.Errorf("trust: got unknown %q, want %q", got, want)
	}
}

func TestGivenParametersWinOverDefaults(t *testing.T) {
	found := readFile(t, "testdata/handwritten.yaml", cloudformation.Settings{
		Account: "111122223333", Region: "eu-west-1",
		Parameters: map[string]string{"ServiceAccount": "other", "BoundaryArn": "arn:aws:iam::111122223333:policy/limit", "Absent": "x"},
	})
	role := found.Roles[0]
	wantText(t, "boundary", role.Boundary, "arn:aws:iam::111122223333:policy/limit")
	wantTexts(t, "attached", role.Attached, "arn:aws:iam::111122223333:policy/ci/push | arn:aws:iam::111122223333:policy/limit")
	if got, want := role.Trust.Policy.Statement[0].Condition["StringEquals"]["oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub"][0], "system:serviceaccount:runners:other"; got != want {
		t.Errorf("subject: got %q, want %q", got, want)
	}
}

func TestTemplateOfTheCDKsConstructs(t *testing.T) {
	found := readFile(t, "testdata/constructs.json", at)
	role := found.Roles[0]
	wantText(t, "name", role.Name, `unknown: CloudFormation makes the name of role "RunnerRole68AD4D19" at deployment; state RoleName`)
	wantDocument(t, "trust", role.Trust, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/`+issuer+`"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"`+issuer+`:aud":"sts.amazonaws.com","`+issuer+`:sub":"system:serviceaccount:runners:pusher"}}}]}`)
	wantTexts(t, "attached", role.Attached, "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly")
	if len(role.Inline) != 2 || len(found.ManagedPolicies) != 1 {
		t.Fatalf("got %d inline and %d managed policies, want 2 and 1", len(role.Inline), len(found.ManagedPolicies))
	}
	wantText(t, "managed policy without name", role.Inline[0].Name, `unknown: CloudFormation makes the name of managed policy "ExtraPolicy0C3D2F9B" at deployment; state ManagedPolicyName`)
	wantDocument(t, "managed policy without name", role.Inline[0].Document, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:DescribeImages","Resource":"arn:aws:ecr:us-east-1:111122223333:repository/app"}]}`)
	wantText(t, "default policy", role.Inline[1].Name, "RunnerRoleDefaultPolicy7B1E3C55")
	wantDocument(t, "default policy", role.Inline[1].Document, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"},{"Effect":"Allow","Action":["ecr:PutImage","ecr:BatchGetImage"],"Resource":"arn:aws:ecr:us-east-1:111122223333:repository/app"}]}`)
	wantText(t, "provider", found.Providers[0].URL, "https://"+issuer)
	wantTexts(t, "client ids", found.Providers[0].ClientIDs, "sts.amazonaws.com")
	if found.Templates[0].Resources != 6 || found.Templates[0].Parameters != 1 {
		t.Errorf("got %+v, want 6 resources and 1 parameter", found.Templates[0])
	}
}

// Our own templates tell account and partition, and the region if they define an
// image repository; nothing in them is unknown.
func TestOurTemplatesAreKnownWithoutHelp(t *testing.T) {
	for _, c := range []struct {
		file, account, region, partition         string
		roles, policies, providers, repositories int
	}{
		{"../../render/testdata/article/infra/keyless-runners.template.json", "111122223333", "us-east-1", "aws", 1, 1, 1, 1},
		{"../../render/testdata/large/infra/runners-us.template.json", "111122223333", "us-east-1", "aws", 13, 13, 1, 2},
		{"../../render/testdata/large/infra/runners-us-base.template.json", "111122223333", giveRegion, "aws", 1, 1, 0, 0},
		{"../../render/testdata/large/infra/runners-china.template.json", "444455556666", "cn-north-1", "aws-cn", 1, 1, 1, 1},
		{"../../render/testdata/large/infra/runners-gov.template.json", "777788889999", "us-gov-west-1", "aws-us-gov", 1, 1, 0, 1},
	} {
		t.Run(c.file, func(t *testing.T) {
			found := readFile(t, c.file, cloudformation.Settings{})
			template := found.Templates[0]
			wantText(t, "account", template.Account, c.account)
			wantText(t, "region", template.Region, c.region)
			if template.Conflicts != nil {
				t.Errorf("got conflicts %v, want none", template.Conflicts)
			}
			got := []int{len(found.Roles), len(found.ManagedPolicies), len(found.Providers), len(found.ImageRepositories)}
			for i, want := range []int{c.roles, c.policies, c.providers, c.repositories} {
				if got[i] != want {
					t.Fatalf("got %v roles, policies, providers and image repositories, want %d, %d, %d and %d", got, c.roles, c.policies, c.providers, c.repositories)
				}
			}
			for i, role := range found.Roles {
				wantText(t, "partition", role.Partition, c.partition)
				wantTexts(t, "attached", role.Attached, spell(found.ManagedPolicies[i].ARN))
				if !role.Name.Known() || !found.ManagedPolicies[i].ARN.Known() || role.Trust.Maybe != nil || found.ManagedPolicies[i].Document.Maybe != nil {
					t.Errorf("got role %s with %+v, want everything known", spell(role.Name), role.Trust)
				}
			}
		})
	}
}

func TestAnOrganizationsPolicy(t *testing.T) {
	found := read(t, "template.yaml", `
Resources:
  Limit:
    Type: AWS::Organizations::Policy
    Properties:
      Name: no-push
      Type: SERVICE_CONTROL_POLICY
      TargetIds: ['111122223333', ou-ab12-12345678]
      Content: {Version: 2012-10-17, Statement: {Effect: Deny, Action: 'ecr:PutImage', Resource: '*'}}
`, cloudformation.Settings{})
	limit := found.Organization[0]
	wantText(t, "name", limit.Name, "no-push")
	wantText(t, "type", limit.Type, "SERVICE_CONTROL_POLICY")
	wantTexts(t, "targets", limit.Targets, "111122223333 | ou-ab12-12345678")
	wantDocument(t, "policy", limit.Document, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"ecr:PutImage","Resource":"*"}]}`)
	if !limit.TargetsKnown {
		t.Error("got targets that are not known, want them known")
	}
}
