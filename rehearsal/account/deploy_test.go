package account_test

import (
	"strings"
	"testing"

	"keyless-runners/rehearsal/moto/mototest"
)

// resources is a template of the given resources, in JSON.
func resources(text string) string { return `{"Resources": {` + text + `}}` }

const (
	provider = `"Provider": {"Type": "AWS::IAM::OIDCProvider", "Properties": {"Url": "https://example.com/id/A", "ClientIdList": ["a"]}}`
	policyOf = `"Policy": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"ManagedPolicyName": "push", "PolicyDocument":
		{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:PutImage", "Resource": "*"}]}}}`
	roleOf = `"Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "pusher", "ManagedPolicyArns": [{"Ref": "Policy"}], "AssumeRolePolicyDocument":
		{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}]}}}`
	repository = `"Repository": {"Type": "AWS::ECR::Repository", "Properties": {"RepositoryName": "app", "ImageTagMutability": "IMMUTABLE"}}`
)

var all = resources(provider + "," + policyOf + "," + roleOf + "," + repository)

// replaced is all with one text in place of another.
func replaced(t *testing.T, old, new string) string {
	t.Helper()
	if strings.Count(all, old) != 1 {
		t.Fatalf("%q is there %d times, want once", old, strings.Count(all, old))
	}
	return strings.Replace(all, old, new, 1)
}

func TestDeployNamesTheResourceThatFails(t *testing.T) {
	a := start(t, "us-east-1")
	for _, c := range []struct{ promise, template, want string }{
		{"a policy that is not there", replaced(t, `{"Ref": "Policy"}`, `"arn:aws:iam::111122223333:policy/none"`),
			`Role (AWS::IAM::Role): Policy arn:aws:iam::111122223333:policy/none does not exist or is not attachable.`},
		{"a boundary that is not there", replaced(t, `"RoleName"`, `"PermissionsBoundary": "arn:aws:iam::111122223333:policy/none", "RoleName"`),
			`Role (AWS::IAM::Role): Policy arn:aws:iam::111122223333:policy/none not found`},
		{"a type that CloudFormation does not have", replaced(t, "AWS::ECR::Repository", "AWS::ECR::Repositry"),
			`Repository (AWS::ECR::Repositry): this type is not emulated`},
		{"an issuer without TLS", replaced(t, "https://example", "http://example"),
			`Provider (AWS::IAM::OIDCProvider): Url "http://example.com/id/A" must begin with https://`},
		{"two providers of one issuer", resources(provider + "," + strings.Replace(provider, "Provider", "Other", 1)),
			`Other (AWS::IAM::OIDCProvider): Provider with url https://example.com/id/A already exists.`},
		{"a reference to nothing", replaced(t, `"Ref": "Policy"`, `"Ref": "Polic"`),
			`Role (AWS::IAM::Role): 'Polic' is missing`},
		{"a role without trust", resources(`"Role": {"Type": "AWS::IAM::Role"}`),
			`Role (AWS::IAM::Role): 'AssumeRolePolicyDocument' is missing`},
		{"a misspelt property", replaced(t, `"ManagedPolicyArns"`, `"ManagedPolicyArn"`),
			`Role (AWS::IAM::Role): there is no property ManagedPolicyArn`},
		{"a name that IAM refuses", replaced(t, `"pusher"`, `"pusher!"`),
			`Role (AWS::IAM::Role): RoleName "pusher!" must be of the form [A-Za-z0-9_+=,.@-]{1,64}`},
		{"a path that IAM refuses", replaced(t, `"RoleName"`, `"Path": "runners", "RoleName"`),
			`Role (AWS::IAM::Role): Path "runners" must be of the form /|/[!-~]{1,510}/`},
		{"a policy's name that IAM refuses", replaced(t, `"push"`, `"push images"`),
			`Policy (AWS::IAM::ManagedPolicy): ManagedPolicyName "push images" must be of the form [A-Za-z0-9_+=,.@-]{1,128}`},
		{"a statement's name that IAM refuses", replaced(t, `"Action": "ecr:PutImage"`, `"Sid": "Allow push", "Action": "ecr:PutImage"`),
			`Policy (AWS::IAM::ManagedPolicy): Statement IDs (SID) must be alpha-numeric.`},
		{"a principal in a policy", replaced(t, `"Action": "ecr:PutImage"`, `"Principal": "*", "Action": "ecr:PutImage"`),
			`Policy (AWS::IAM::ManagedPolicy): Policy document should not specify a principal.`},
		{"trust in nobody", replaced(t, `, "Principal": {"Service": "ec2.amazonaws.com"}`, ``),
			`Role (AWS::IAM::Role): Missing required field Principal`},
		{"a policy that is too long", replaced(t, "ecr:PutImage", "ecr:"+strings.Repeat("x", 6144)),
			`Policy (AWS::IAM::ManagedPolicy): a document of more than 6144 characters`},
		{"trust that is too long", replaced(t, "ec2.amazonaws.com", strings.Repeat("x", 2048)),
			`Role (AWS::IAM::Role): a document of more than 2048 characters`},
		{"more policies than a role may have", replaced(t, `[{"Ref": "Policy"}]`, `[`+strings.Repeat(`{"Ref": "Policy"}, `, 10)+`{"Ref": "Policy"}]`),
			`Role (AWS::IAM::Role): more than 10 managed policies`},
		{"a repository policy with a resource", replaced(t, `"IMMUTABLE"`, `"IMMUTABLE", "RepositoryPolicyText":
			{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "ecr:*", "Resource": "*"}]}`),
			`Repository (AWS::ECR::Repository): Invalid repository policy provided`},
		{"trust in no action", replaced(t, `"sts:AssumeRole"`, `"sts AssumeRole"`),
			`Role (AWS::IAM::Role): Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.`},
		{"a policy of no action", replaced(t, `"ecr:PutImage"`, `"ecr PutImage"`),
			`Policy (AWS::IAM::ManagedPolicy): Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.`},
		{"a setting that ECR does not have", replaced(t, `"IMMUTABLE"`, `"FIXED"`),
			`Repository (AWS::ECR::Repository): Invalid parameter at 'imageTagMutability' failed to satisfy constraint: must be one of 'MUTABLE', 'IMMUTABLE', 'MUTABLE_WITH_EXCLUSION', 'IMMUTABLE_WITH_EXCLUSION'`},
		{"null", replaced(t, `"IMMUTABLE"`, `null`),
			`Repository (AWS::ECR::Repository): null values are not allowed in templates`},
		{"one audience in place of a list", replaced(t, `["a"]`, `"a"`),
			`Provider (AWS::IAM::OIDCProvider): Value of property ClientIdList must be a list`},
		{"one policy in place of a list", replaced(t, `[{"Ref": "Policy"}]`, `{"Ref": "Policy"}`),
			`Role (AWS::IAM::Role): Value of property ManagedPolicyArns must be a list`},
		{"half a template", `{"Resources": {}`,
			`Template error: JSONDecodeError: Expecting ',' delimiter: line 1 column 17 (char 16)`},
		{"no resources", `{"Outputs": {}}`,
			`Template format error: At least one Resources member must be defined.`},
		{"a resource without a type", resources(`"A": {}`),
			`Template error: 'A' is missing`},
	} {
		t.Run(c.promise, func(t *testing.T) {
			mototest.Reset(t, server)
			err := a.Deploy(t.Context(), "us-east-1", "test", []byte(c.template))
			if err == nil || err.Error() != "stack test in us-east-1: ValidationError: "+c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}
