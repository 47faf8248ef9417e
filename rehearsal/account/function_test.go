package account_test

import (
	"strings"
	"testing"
)

// Each function comes to the ARN of the policy; a role that has another, or none, would
// not be deployed or would not have it.
func TestFunctionsThatNameAPolicy(t *testing.T) {
	for _, function := range []string{
		`{"Ref": "Policy"}`,
		`{"Fn::GetAtt": ["Policy", "PolicyArn"]}`,
		`{"Fn::GetAtt": "Policy.PolicyArn"}`,
		`!GetAtt Policy.PolicyArn`,
		`!GetAtt [Policy, PolicyArn]`,
		`{"Fn::Sub": "${Policy}"}`,
		`{"Fn::Sub": "${Policy.PolicyArn}"}`,
		`{"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/push"}`,
	} {
		t.Run(function, func(t *testing.T) {
			a := start(t, "us-east-1")
			template := strings.ReplaceAll(replaced(t, `{"Ref": "Policy"}`, function), "\t", " ") // YAML knows no tabs
			deploy(t, a, "us-east-1", template)
			policies := read(t, a).Roles[0].Policies
			if len(policies) != 1 || policies[0].ARN != "arn:aws:iam::111122223333:policy/push" {
				t.Errorf("got %+v, want the policy alone", policies)
			}
		})
	}
}
