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
		{"a Ref", at("[!Ref Push]", "[!Ref Psh]"), `Ref "Psh": the template has no such parameter or resource; did you mean "Push"?`},
		{"a variable of a text", at("https://${IssuerHost}", "https://${Issuer}"), `Fn::Sub "Issuer": the template has no such parameter or resource`},
		{"a variable of IAM's in a text", at("Value: 111122223333", "Value: !Sub ${aws:username}"), `Fn::Sub "aws:username": the template has no such parameter or resource`},
		{"a variable that the text has itself", at("!Sub https://${IssuerHost}", "!Sub ['https://${Host}', {Host: !Ref IssuerHost}]"), ""},
		{"what is no variable", at("Value: 111122223333", "Value: !Sub ${!aws:username}"), ""},
		{"a pseudo parameter", at("Value: 111122223333", "Value: !Sub '${AWS::AccountId}' #"), ""},
		{"an attribute of a resource", at("Value: 111122223333", "Value: !GetAtt App.RepositoryUri # "), ""},
		{"an attribute of a resource, as a list", at("Value: 111122223333", "Value: {Fn::GetAtt: [App, RepositoryUri]} # "), ""},
		{"DependsOn", at("    Type: AWS::ECR::Repository\n", "    Type: AWS::ECR::Repository\n    DependsOn: Keys\n"), `DependsOn "Keys": the template has no such resource`},
		{"DependsOn of what there is", at("    Type: AWS::ECR::Repository\n", "    Type: AWS::ECR::Repository\n    DependsOn: [Role]\n"), ""},
		{"a section", at("Outputs:", "Output:"), `"Output" is no section of a template; did you mean "Outputs"?`},
		{"an attribute", at("    Type: AWS::ECR::Repository\n", "    Type: AWS::ECR::Repository\n    DeletePolicy: Retain\n"), `"DeletePolicy" is no attribute of a resource`},
		{"what CDK writes of a resource besides", at("    Type: AWS::ECR::Repository\n", "    Type: AWS::ECR::Repository\n    Version: '1.0'\n    Description: Images\n"), ""},
		{"a resource of a module", at("  App:\n", "  Keys:\n    Type: Octo::Keys::KMS::MODULE\n  App:\n    DependsOn: KeysKey\n"), ""},
		{"a property that is misspelt", at("ImageTagMutability:", "ImageTagMutabilty:"), `"ImageTagMutabilty" is no property of AWS::ECR::Repository; did you mean "ImageTagMutability"?`},
		{"a property that is new", at("ImageTagMutability:", "Replication:"), ""},
		{"a word of a property", at("IMMUTABLE", "IMMUTABEL"), `"ImageTagMutability" is "IMMUTABEL"; CloudFormation accepts "MUTABLE", "IMMUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"`},
		{"a word of a property within", at("ImageTagMutability: IMMUTABLE", "EncryptionConfiguration: {EncryptionType: AES-256}"), `"EncryptionType" is "AES-256"; CloudFormation accepts "AES256", "KMS", "KMS_DSSE"`},
		{"a word that is a parameter's", at("ImageTagMutability: IMMUTABLE", "ImageTagMutability: !Ref IssuerHost"), `"ImageTagMutability" is "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"; CloudFormation accepts "MUTABLE", "IMMUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"`},
		{"a word that is not known", at("ImageTagMutability: IMMUTABLE", "ImageTagMutability: !ImportValue Mutability"), ""},
		{"a number", at("      Path: /runners/\n", "      Path: /runners/\n      MaxSessionDuration: 900\n"), `"MaxSessionDuration" is "900"; CloudFormation accepts 3600 to 43200`},
		{"a number as a text", at("      Path: /runners/\n", "      Path: /runners/\n      MaxSessionDuration: '7200'\n"), ""},
		{"a text as an object", at("ImageTagMutability: IMMUTABLE", "LifecyclePolicy: {LifecyclePolicyText: {rules: []}}"), `"LifecyclePolicyText" is an object; CloudFormation accepts a string`},
		{"a text where a list is", at("[!Ref Push]", "!Ref Push"), `"ManagedPolicyArns" is a string; CloudFormation accepts a list`},
		{"a property that has to be there", at("Outputs:", "  Association: {Type: AWS::EKS::PodIdentityAssociation, Properties: {ClusterName: ci, Namespace: x, ServiceAccount: y}}\nOutputs:"), `AWS::EKS::PodIdentityAssociation has no RoleArn`},
		{"properties of a function", at("Outputs:", "  Association: {Type: AWS::EKS::PodIdentityAssociation, Properties: {Fn::Transform: {Name: Include}}}\nOutputs:"), ""},
		{"properties that a macro completes", at("Outputs:", "  Association: {Type: AWS::EKS::PodIdentityAssociation, Properties: {ClusterName: ci, Fn::Transform: {Name: Include}}}\nOutputs:"), ""},
		{"outputs that a macro completes", at("Outputs:\n", "Outputs:\n  Fn::Transform: {Name: Include}\n"), ""},
		{"conditions that a macro completes", at("Resources:\n", "Conditions:\n  Fn::Transform: {Name: Include}\nResources:\n  Log: {Type: AWS::SNS::Topic, Condition: IsProd}\n"), ""},
		{"a section that a macro makes", at("Outputs:\n", "Conditions: !Transform {Name: Include}\nOutputs:\n  Log: {Value: !If [IsProd, a, b]}\n"), ""},
		{"an attribute that a resource does not have", at("Value: 111122223333", "Value: !GetAtt App.RepositoryUrl # "), `Fn::GetAtt "App.RepositoryUrl": AWS::ECR::Repository has no such attribute; did you mean "RepositoryUri"?`},
		{"resources that need each other", at("Resource: arn:aws:ecr:us-east-1:111122223333:repository/my-app", "Resource: !Sub '${App.Arn}'\n  Log:\n    Type: AWS::Logs::LogGroup\n    DependsOn: Log"), `resources need each other: Log > Log`},
		{"resources that need each other if a condition holds", at("Resources:\n", "Conditions: {Never: !Equals [a, b]}\nResources:\n  Log: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [Never, !Ref Log, a]}}\n"), ""},
		{"a condition of a value", at("RepositoryName: my-app", "RepositoryName: !If [Never, my-app, my-app]"), `Fn::If "Never": the template has no such condition`},
		{"a condition", at("    Type: AWS::ECR::Repository\n", "    Type: AWS::ECR::Repository\n    Condition: IsProd\n"), `Condition "IsProd": the template has no such condition`},
		{"a name", at("  App:\n", "  my-app:\n    Type: AWS::SNS::Topic\n  App:\n"), `"my-app" is not a logical id: CloudFormation accepts letters and digits`},
		{"no type", at("    Type: AWS::ECR::Repository\n", ""), `resource "App" has no Type`},
		{"a policy in lower case", at("    Type: AWS::ECR::Repository\n", "    Type: AWS::ECR::Repository\n    DeletionPolicy: retain\n"), `DeletionPolicy is "retain"; CloudFormation accepts "Delete", "Retain", "RetainExceptOnCreate", "Snapshot"`},
		{"a parameter without a type", at("    Type: String\n", ""), `parameter "IssuerHost" has no Type`},
		{"a default that is not allowed", at("    Type: String\n", "    Type: String\n    AllowedValues: [dev]\n"), `parameter "IssuerHost" has the default "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF", which its AllowedValues do not have`},
		{"an output without a value", at("    Value: 111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app", "    Description: Images"), `output "ImageRepository" has no Value`},
		{"a version", at("Parameters:", "AWSTemplateFormatVersion: 2025-09-09\nParameters:"), `AWSTemplateFormatVersion is "2025-09-09"; CloudFormation accepts "2010-09-09"`},
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
