package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A nested stack is judged by its own template, if that is among the files as it is deployed: with no other parameters
// than those that the CDK hands on, which have no default.
func TestNestedStacks(t *testing.T) {
	const (
		harmless = `{"Parameters": {"referencetoRole": {"Type": "String"}}, "Resources": {"Handler": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "handler", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}}, "ManagedPolicyArns": ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}}}`
		asset    = "    Metadata: {'aws:asset:path': Nested.template.json, 'aws:asset:property': TemplateURL}\n"
		remote   = "TemplateURL: 'https://s3.us-east-1.amazonaws.com/assets/a.json'"
		none     = "and no one else can"
		other    = "1 other can push too"
	)
	nested := func(properties, metadata string) []edit {
		return []edit{{"template.yaml", "Resources:\n", "Resources:\n  Nested:\n    Type: AWS::CloudFormation::Stack\n    Properties: {" + properties + "}\n" + metadata}}
	}
	pushing := strings.Replace(harmless, "service-role/AWSLambdaBasicExecutionRole", "AmazonEC2ContainerRegistryPowerUser", 1)
	for _, test := range []struct {
		name  string
		edits []edit
		file  string
		want  []string
		says  string
	}{
		{"as the CDK names it", nested(remote, asset), harmless, []string{}, none},
		{"with what the CDK hands on", nested(remote+", Parameters: {referencetoRole: !GetAtt Role.Arn}", asset), harmless, []string{}, none},
		{"with other parameters", nested(remote+", Parameters: {Role: !GetAtt Role.Arn}", asset), harmless, []string{"KR059"}, other},
		{"by its path", nested("TemplateURL: ./Nested.template.json", ""), harmless, []string{}, none},
		{"by its address", nested(remote, ""), harmless, []string{"KR059"}, other},
		{"that is not among the files", nested(remote, strings.Replace(asset, "Nested", "Other", 1)), harmless, []string{"KR059"}, other},
		{"that can push", nested(remote, asset), pushing, []string{}, "1 other can push too"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, map[string]string{"Nested.template.json": test.file}); !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}
