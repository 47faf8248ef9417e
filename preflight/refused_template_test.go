package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// CloudFormation makes nothing of a template in which anything refers to nothing.
func TestTemplatesThatCloudFormationRefuses(t *testing.T) {
	at := func(old, new string) edit { return edit{"template.yaml", old, new} }
	for _, test := range []struct {
		name string
		edit edit
		want string
	}{
		{"a Ref", at("[!Ref Push]", "[!Ref Psh]"), `Ref "Psh": the template has no such parameter or resource (did you mean "Push"?)`},
		{"a variable of a text", at("https://${IssuerHost}", "https://${Issuer}"), `Fn::Sub "Issuer": the template has no such parameter or resource`},
		{"a variable of IAM's in a text", at("Value: 111122223333", "Value: !Sub ${aws:username}"), `Fn::Sub "aws:username": the template has no such parameter or resource`},
		{"a variable that the text has itself", at("!Sub https://${IssuerHost}", "!Sub ['https://${Host}', {Host: !Ref IssuerHost}]"), ""},
		{"what is no variable", at("Value: 111122223333", "Value: !Sub ${!aws:username}"), ""},
		{"a pseudo parameter", at("Value: 111122223333", "Value: !Sub '${AWS::AccountId}' #"), ""},
		{"an attribute of a resource", at("Value: 111122223333", "Value: !GetAtt App.RepositoryUri # "), ""},
		{"an attribute of a resource, as a list", at("Value: 111122223333", "Value: {Fn::GetAtt: [App, RepositoryUri]} # "), ""},
		{"DependsOn", at("    Type: AWS::ECR::Repository\n", "    Type: AWS::ECR::Repository\n    DependsOn: Keys\n"), `DependsOn "Keys": the template has no such resource`},
		{"DependsOn of what there is", at("    Type: AWS::ECR::Repository\n", "    Type: AWS::ECR::Repository\n    DependsOn: [Role]\n"), ""},
		{"a section", at("Outputs:", "Output:"), `"Output" is no section of a template (did you mean "Outputs"?)`},
		{"an attribute", at("    Type: AWS::ECR::Repository\n", "    Type: AWS::ECR::Repository\n    DeletePolicy: Retain\n"), `"DeletePolicy" is no attribute of a resource`},
		{"what CDK writes of a resource besides", at("    Type: AWS::ECR::Repository\n", "    Type: AWS::ECR::Repository\n    Version: '1.0'\n    Description: Images\n"), ""},
		{"a resource of a module", at("  App:\n", "  Keys:\n    Type: Octo::Keys::KMS::MODULE\n  App:\n    DependsOn: KeysKey\n"), ""},
		{"a property that is misspelt", at("ImageTagMutability:", "ImageTagMutabilty:"), `"ImageTagMutabilty" is no property of AWS::ECR::Repository; did you mean "ImageTagMutability"?`},
		{"a property that is new", at("ImageTagMutability:", "Replication:"), ""},
		{"with a macro", at("Outputs:\n", "Transform: AWS::Serverless-2016-10-31\nOutputs:\n  Function: {Value: !Ref FunctionRole}\n"), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, text := ids(t, []edit{test.edit}, nil)
			_, got, _ := strings.Cut(text, "error KR215: CloudFormation makes nothing of the template: ")
			got, _, _ = strings.Cut(got, "\n")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got\n%s\n%s", diff, text)
			}
		})
	}
}
