package adopt_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/adopt"
)

const details = `{
 "RoleDetailList": [{
  "RoleName": "self_hosted_runner_role", "Arn": "arn:aws:iam::111122223333:role/self_hosted_runner_role", "Path": "/",
  "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole"}]},
  "RolePolicyList": [{"PolicyName": "old", "PolicyDocument": {"Version": "2012-10-17", "Statement": []}}],
  "AttachedManagedPolicies": [{"PolicyName": "AdministratorAccess", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}],
  "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/boundary"}
 }],
 "Policies": [{
  "PolicyName": "self_hosted_runner_policy", "Arn": "arn:aws:iam::111122223333:policy/self_hosted_runner_policy",
  "PolicyVersionList": [
   {"VersionId": "v1", "IsDefaultVersion": false, "Document": {"Version": "2012-10-17", "Statement": ["old"]}},
   {"VersionId": "v2", "IsDefaultVersion": true, "Document": {"Version": "2012-10-17", "Statement": ["now"]}}
  ]
 }]
}`

// stack is that of the fleet that this repository comes with, in an account with the details.
func stack(t *testing.T) adopt.Stack {
	t.Helper()
	template, err := os.ReadFile("../dist/infra/keyless-runners.template.json")
	if err != nil {
		t.Fatal(err)
	}
	return adopt.Stack{Account: "111122223333", Partition: "aws", Template: template, Details: []byte(details)}
}

func written(t *testing.T, s adopt.Stack, format string, names ...string) string {
	t.Helper()
	found, err := adopt.New(s, names)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := found.Write(&out, format); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// all are one of each type, by their names in AWS and one by its logical id.
var all = []string{"PoolbuildRoleF781E195", "self_hosted_runner_policy", "my-app", issuer}

const issuer = "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"

func TestImportIsWrittenAsTheCommandLinesTakeIt(t *testing.T) {
	for format, want := range map[string]string{
		"resources-to-import": `[
 {
  "ResourceType": "AWS::IAM::OIDCProvider",
  "LogicalResourceId": "ClusterexampleProviderF05CEB42",
  "ResourceIdentifier": {
   "Arn": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
  }
 },
 {
  "ResourceType": "AWS::ECR::Repository",
  "LogicalResourceId": "ImageRepositorymyappRepositoryD4C30988",
  "ResourceIdentifier": {
   "RepositoryName": "my-app"
  }
 },
 {
  "ResourceType": "AWS::IAM::ManagedPolicy",
  "LogicalResourceId": "PoolbuildPolicy00B513EB",
  "ResourceIdentifier": {
   "PolicyArn": "arn:aws:iam::111122223333:policy/self_hosted_runner_policy"
  }
 },
 {
  "ResourceType": "AWS::IAM::Role",
  "LogicalResourceId": "PoolbuildRoleF781E195",
  "ResourceIdentifier": {
   "RoleName": "self_hosted_runner_role"
  }
 }
]
`,
		"resource-mapping": `{
 "ClusterexampleProviderF05CEB42": {
  "Arn": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
 },
 "ImageRepositorymyappRepositoryD4C30988": {
  "RepositoryName": "my-app"
 },
 "PoolbuildPolicy00B513EB": {
  "PolicyArn": "arn:aws:iam::111122223333:policy/self_hosted_runner_policy"
 },
 "PoolbuildRoleF781E195": {
  "RoleName": "self_hosted_runner_role"
 }
}
`,
		// Of a role and a policy all that AWS shows is stated, so that the next deployment
		// changes it. What replaces a resource is as it is to be.
		"template-body": `{
 "Description": "GitHub Actions runners on EKS that push to ECR without a stored key",
 "Resources": {
  "ClusterexampleProviderF05CEB42": {
   "DeletionPolicy": "Retain",
   "Properties": {
    "Url": "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
   },
   "Type": "AWS::IAM::OIDCProvider",
   "UpdateReplacePolicy": "Retain"
  },
  "ImageRepositorymyappRepositoryD4C30988": {
   "DeletionPolicy": "Retain",
   "Properties": {
    "EncryptionConfiguration": {
     "EncryptionType": "AES256"
    },
    "RepositoryName": "my-app"
   },
   "Type": "AWS::ECR::Repository",
   "UpdateReplacePolicy": "Retain"
  },
  "PoolbuildPolicy00B513EB": {
   "DeletionPolicy": "Retain",
   "Properties": {
    "Description": "What the runners of pool build may do",
    "ManagedPolicyName": "self_hosted_runner_policy",
    "PolicyDocument": {
     "Statement": [
      "now"
     ],
     "Version": "2012-10-17"
    }
   },
   "Type": "AWS::IAM::ManagedPolicy",
   "UpdateReplacePolicy": "Retain"
  },
  "PoolbuildRoleF781E195": {
   "DeletionPolicy": "Retain",
   "Properties": {
    "AssumeRolePolicyDocument": {
     "Statement": [
      {
       "Action": "sts:AssumeRole",
       "Effect": "Allow",
       "Principal": {
        "AWS": "arn:aws:iam::111122223333:root"
       }
      }
     ],
     "Version": "2012-10-17"
    },
    "ManagedPolicyArns": [
     "arn:aws:iam::aws:policy/AdministratorAccess"
    ],
    "Path": "/",
    "PermissionsBoundary": "arn:aws:iam::111122223333:policy/boundary",
    "Policies": [
     {
      "PolicyDocument": {
       "Statement": [],
       "Version": "2012-10-17"
      },
      "PolicyName": "old"
     }
    ],
    "RoleName": "self_hosted_runner_role"
   },
   "Type": "AWS::IAM::Role",
   "UpdateReplacePolicy": "Retain"
  }
 }
}
`,
	} {
		if diff := cmp.Diff(want, written(t, stack(t), format, all...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format, diff)
		}
	}
}

// A stack that exists keeps what it has, as it is.
func TestImportIntoAStackThatExists(t *testing.T) {
	const template = `{"Outputs": {"A": {"Value": "b"}}, "Resources": {"Other": {"Type": "AWS::ECR::Repository", "Properties": {"Size": 1.50}}}}`
	for _, printed := range []string{template, `{"TemplateBody": ` + template + `, "StagesAvailable": ["Original"]}`} {
		s := stack(t)
		s.Deployed, s.Details = []byte(printed), nil
		const want = `{
 "Outputs": {
  "A": {
   "Value": "b"
  }
 },
 "Resources": {
  "ImageRepositorymyappRepositoryD4C30988": {
   "DeletionPolicy": "Retain",
   "Properties": {
    "EncryptionConfiguration": {
     "EncryptionType": "AES256"
    },
    "RepositoryName": "my-app"
   },
   "Type": "AWS::ECR::Repository",
   "UpdateReplacePolicy": "Retain"
  },
  "Other": {
   "Properties": {
    "Size": 1.50
   },
   "Type": "AWS::ECR::Repository"
  }
 }
}
`
		if diff := cmp.Diff(want, written(t, s, "template-body", "my-app")); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// An association keeps the role that it has until the next deployment, and a pull through cache is
// two resources of one prefix.
func TestImportOfAnAssociationAndAPullThroughCache(t *testing.T) {
	s := adopt.Stack{
		Account: "111122223333", Partition: "aws",
		Template: []byte(`{"Description": "d", "Resources": {
 "A": {"Type": "AWS::EKS::PodIdentityAssociation", "Properties": {"ClusterName": "ci", "Namespace": "runners", "ServiceAccount": "build", "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}}},
 "R": {"Type": "AWS::ECR::PullThroughCacheRule", "Properties": {"EcrRepositoryPrefix": "quay", "UpstreamRegistryUrl": "quay.io"}},
 "T": {"Type": "AWS::ECR::RepositoryCreationTemplate", "Properties": {"Prefix": "quay", "AppliedFor": ["PULL_THROUGH_CACHE"], "ImageTagMutability": "MUTABLE"}}
}}`),
		Associations: [][]byte{[]byte(`{"association": {"clusterName": "ci", "namespace": "runners", "serviceAccount": "build", "roleArn": "arn:aws:iam::111122223333:role/old", "targetRoleArn": "arn:aws:iam::444455556666:role/old",
 "disableSessionTags": true, "policy": "{}", "associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/ci/a-1"}}`)},
	}
	const template = `{
 "Description": "d",
 "Resources": {
  "A": {
   "DeletionPolicy": "Retain",
   "Properties": {
    "ClusterName": "ci",
    "DisableSessionTags": true,
    "Namespace": "runners",
    "Policy": "{}",
    "RoleArn": "arn:aws:iam::111122223333:role/old",
    "ServiceAccount": "build",
    "TargetRoleArn": "arn:aws:iam::444455556666:role/old"
   },
   "Type": "AWS::EKS::PodIdentityAssociation",
   "UpdateReplacePolicy": "Retain"
  },
  "R": {
   "DeletionPolicy": "Retain",
   "Properties": {
    "EcrRepositoryPrefix": "quay",
    "UpstreamRegistryUrl": "quay.io"
   },
   "Type": "AWS::ECR::PullThroughCacheRule",
   "UpdateReplacePolicy": "Retain"
  },
  "T": {
   "DeletionPolicy": "Retain",
   "Properties": {
    "AppliedFor": [
     "PULL_THROUGH_CACHE"
    ],
    "Prefix": "quay"
   },
   "Type": "AWS::ECR::RepositoryCreationTemplate",
   "UpdateReplacePolicy": "Retain"
  }
 }
}
`
	if diff := cmp.Diff(template, written(t, s, "template-body", "ci/runners/build", "quay")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	const mapping = `{
 "A": {
  "AssociationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/ci/a-1"
 },
 "R": {
  "EcrRepositoryPrefix": "quay"
 },
 "T": {
  "Prefix": "quay"
 }
}
`
	if diff := cmp.Diff(mapping, written(t, s, "resource-mapping", "A", "quay")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatCannotBeImported(t *testing.T) {
	change := func(change func(*adopt.Stack)) adopt.Stack {
		s := stack(t)
		change(&s)
		return s
	}
	association := `{"Resources": {"A": {"Type": "AWS::EKS::PodIdentityAssociation", "Properties": {"ClusterName": "ci", "Namespace": "runners", "ServiceAccount": "build"}}}}`
	for _, test := range []struct {
		stack adopt.Stack
		name  string
		want  string
	}{
		{stack(t), "my-ap", fmt.Sprintf(`"my-ap" is no resource of the template that can be imported: want one of %q, "my-app", "self_hosted_runner_policy", "self_hosted_runner_role"`, issuer)},
		{change(func(s *adopt.Stack) { s.Details = nil }), "self_hosted_runner_role",
			`"self_hosted_runner_role" is a role or policy: give what aws iam get-account-authorization-details prints of it, with --iam`},
		{change(func(s *adopt.Stack) { s.Details = []byte(`{"RoleDetailList": []}`) }), "self_hosted_runner_role",
			`role "self_hosted_runner_role" is not in what AWS shows of the account: there is nothing to import; leave it out, and the next deployment creates it`},
		{change(func(s *adopt.Stack) { s.Details = []byte(`{"Roles": []}`) }), "self_hosted_runner_role",
			"not what aws iam get-account-authorization-details prints: it has neither RoleDetailList nor Policies"},
		{change(func(s *adopt.Stack) {
			s.Details = []byte(strings.ReplaceAll(details, ":role/self", ":role/ci/self"))
		}), "self_hosted_runner_role",
			`role "self_hosted_runner_role" is "arn:aws:iam::111122223333:role/ci/self_hosted_runner_role", and the template has "arn:aws:iam::111122223333:role/self_hosted_runner_role": an import moves nothing; declare the path and the account that it has`},
		{change(func(s *adopt.Stack) { s.Account = "444455556666" }), "self_hosted_runner_policy",
			`policy "self_hosted_runner_policy" is "arn:aws:iam::111122223333:policy/self_hosted_runner_policy", and the template has "arn:aws:iam::444455556666:policy/self_hosted_runner_policy": an import moves nothing; declare the path and the account that it has`},
		{change(func(s *adopt.Stack) { s.Deployed = s.Template }), "my-app", `"my-app" is in the stack already, or named twice`},
		{change(func(s *adopt.Stack) { s.Deployed = []byte(`{"TemplateBody": "Resources: {}"}`) }), "my-app",
			"the deployed template: TemplateBody is a text: want a template in JSON, as it is rendered"},
		{change(func(s *adopt.Stack) { s.Deployed = []byte(`{}`) }), "my-app", "the deployed template: it has no Resources"},
		{change(func(s *adopt.Stack) { s.Template = []byte(association) }), "A",
			`AWS identifies EKS Pod Identity association "ci/runners/build" by an ARN: give what aws eks describe-pod-identity-association prints of it, with --association`},
		{change(func(s *adopt.Stack) {
			s.Template, s.Associations = []byte(association), [][]byte{[]byte(`{"association": {"clusterName": "ci", "namespace": "runners", "serviceAccount": "web", "associationArn": "a"}}`)}
		}), "ci/runners/build",
			`AWS identifies EKS Pod Identity association "ci/runners/build" by an ARN: give what aws eks describe-pod-identity-association prints of it, with --association`},
	} {
		_, err := adopt.New(test.stack, []string{test.name})
		if got := fmt.Sprint(err); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
	if err := adopt.CheckFormat("json"); err == nil || err.Error() != `unknown format "json": want resources-to-import, template-body or resource-mapping` {
		t.Errorf("got %v", err)
	}
}
