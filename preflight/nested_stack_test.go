package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A nested stack is judged by its own template, if that is among the files as it is deployed: with parameters that
// the files determine, or those that the CDK hands on, which have no default.
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
	given := strings.Replace(strings.Replace(harmless, `"arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"`, `{"Fn::Sub": "arn:aws:iam::aws:policy/${Policy}"}`, 1),
		`"Parameters": {`, `"Parameters": {"Policy": {"Type": "String", "Default": "AmazonS3ReadOnlyAccess"}, `, 1)
	between := "Parameters:\n  Which: {Type: String}\nResources:\n  Nested:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: Nested.template.json, Parameters: {Policy: !Ref Which}}\n"
	for _, test := range []struct {
		name  string
		edits []edit
		file  string
		want  []string
		says  string
	}{
		{"as the CDK names it", nested(remote, asset), harmless, []string{}, none},
		{"with what the CDK hands on", nested(remote+", Parameters: {referencetoRole: !GetAtt Role.Arn}", asset), harmless, []string{}, none},
		{"with parameters", nested(remote+", Parameters: {Policy: AmazonS3ReadOnlyAccess}", asset), given, []string{}, none},
		{"with parameters by which it can push", nested(remote+", Parameters: {Policy: AmazonEC2ContainerRegistryPowerUser}", asset), given, []string{}, other},
		{"with parameters that are not known", nested(remote+", Parameters: {Policy: !ImportValue Policy}", asset), given, []string{"KR059"}, other},
		{"with parameters, in a nested stack", nested("TemplateURL: Between.yaml, Parameters: {Which: AmazonEC2ContainerRegistryPowerUser}", ""), given, []string{}, other},
		{"twice", append(nested(remote+", Parameters: {Policy: AmazonS3ReadOnlyAccess}", asset), edit{"template.yaml", "  Provider:\n", "  Again:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: Nested.template.json, Parameters: {Policy: AdministratorAccess}}\n  Provider:\n"}), given, []string{"KR059"}, "2 others can push too"},
		{"by its path", nested("TemplateURL: ./Nested.template.json", ""), harmless, []string{}, none},
		{"by its address", nested(remote, ""), harmless, []string{"KR059"}, other},
		{"that is not among the files", nested(remote, strings.Replace(asset, "Nested", "Other", 1)), harmless, []string{"KR059"}, other},
		{"that can push", nested(remote, asset), pushing, []string{}, "1 other can push too"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{"Nested.template.json": test.file}
			if strings.Contains(test.name, "in a nested stack") {
				files["Between.yaml"] = between
			}
			if got, text := ids(t, test.edits, files); !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}
