package preflight_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestResourceControlPolicies judges the good chain within a policy of the organization that denies
// something of STS.
func TestResourceControlPolicies(t *testing.T) {
	const (
		account  = "TargetIds: ['111122223333']"
		denying  = "{Effect: Deny, Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity', Resource: '*'}"
		issuer   = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
		proved   = "proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can"
		sub      = "              " + issuer + ":sub: system:serviceaccount:runners:build\n"
		wildcard = "            StringLike:\n              " + issuer + ":sub: system:serviceaccount:runners:*\n"
	)
	if1 := func(condition string) string {
		return strings.TrimSuffix(denying, "}") + ", Condition: " + condition + "}"
	}
	for _, test := range []struct{ name, kind, targets, statement, want, says string }{
		{"that denies tokens", "RESOURCE_CONTROL_POLICY", account, denying, "KR040", `a resource control policy of the organization denies it to "system:serviceaccount:runners:build"`},
		{"of the organization's root", "RESOURCE_CONTROL_POLICY", "TargetIds: [r-1234]", denying, "KR130", `policy "limit" of the organization denies it, and whether it is attached to the account is not among the files`},
		{"of another account", "RESOURCE_CONTROL_POLICY", "TargetIds: ['444455556666']", denying, "", proved},
		{"of services, which does not limit whom a role trusts", "SERVICE_CONTROL_POLICY", account, strings.Replace(denying, "Principal: '*', ", "", 1), "", proved},
		{"that denies a role", "RESOURCE_CONTROL_POLICY", account, strings.Replace(denying, "Resource: '*'", "Resource: 'arn:aws:iam::111122223333:role/runners/*'", 1), "KR040", "a resource control policy of the organization denies it"},
		{"that denies another role", "RESOURCE_CONTROL_POLICY", account, strings.Replace(denying, "Resource: '*'", "Resource: 'arn:aws:iam::111122223333:role/deploy'", 1), "", proved},
		{"that spares the role", "RESOURCE_CONTROL_POLICY", account, strings.Replace(denying, "Resource: '*'", "NotResource: 'arn:aws:iam::111122223333:role/runners/build'", 1), "", proved},
		{"that spares another role", "RESOURCE_CONTROL_POLICY", account, strings.Replace(denying, "Resource: '*'", "NotResource: 'arn:aws:iam::111122223333:role/deploy'", 1), "KR040", "a resource control policy of the organization denies it"},
		{"that denies other actions", "RESOURCE_CONTROL_POLICY", account, strings.Replace(denying, "sts:AssumeRoleWithWebIdentity", "s3:*", 1), "", proved},
		{"that allows", "RESOURCE_CONTROL_POLICY", account, "{Effect: Allow, Principal: '*', Action: '*', Resource: '*'}", "", proved},
		{"that denies tokens of GitHub", "RESOURCE_CONTROL_POLICY", account, if1("{'Null': {'token.actions.githubusercontent.com:aud': 'false'}}"), "", proved},
		{"that denies another subject", "RESOURCE_CONTROL_POLICY", account, if1("{StringEquals: {'" + issuer + ":sub': 'system:serviceaccount:runners:web'}}"), "", proved},
		{"that depends on the request", "RESOURCE_CONTROL_POLICY", account, if1("{NotIpAddress: {'aws:SourceIp': 10.0.0.0/8}}"), "KR130", "it depends on aws:SourceIp"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := readGood(t)
			replace(t, files, "template.yaml", "Outputs:", "  Limit:\n    Type: AWS::Organizations::Policy\n    Properties:\n      Name: limit\n      Type: "+test.kind+"\n      "+test.targets+"\n      Content: {Version: 2012-10-17, Statement: "+test.statement+"}\nOutputs:")
			if got, output := found(t, files); got != test.want || !strings.Contains(output, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, output)
			}
		})
	}
	t.Run("that is of another grammar", func(t *testing.T) {
		files := readGood(t)
		replace(t, files, "template.yaml", "Outputs:", "  Tags:\n    Type: AWS::Organizations::Policy\n    Properties: {Name: tags, Type: TAG_POLICY, Content: {tags: {team: {tag_key: {'@@assign': team}}}}}\nOutputs:")
		if got, output := found(t, files); got != "" || !strings.Contains(output, proved) {
			t.Errorf("got %q\n%s", got, output)
		}
	})
	t.Run("that narrows a trust policy to one subject", func(t *testing.T) {
		files := readGood(t)
		replace(t, files, "template.yaml", sub, wildcard)
		limit := "  Limit:\n    Type: AWS::Organizations::Policy\n    Properties:\n      Name: limit\n      Type: RESOURCE_CONTROL_POLICY\n      " + account + "\n      Content: {Version: 2012-10-17, Statement: "
		replace(t, files, "template.yaml", "Outputs:", limit+if1("{StringNotEquals: {'"+issuer+":sub': 'system:serviceaccount:runners:build'}}")+"}\nOutputs:")
		if got, output := found(t, files); got != "" || !strings.Contains(output, proved) {
			t.Errorf("got %q\n%s", got, output)
		}
	})
}

// A resource control policy counts in the account of the image repository, a service control policy in
// that of the role.
func TestPoliciesOfTheOrganizationBetweenAccounts(t *testing.T) {
	const (
		own, theirs = "111122223333", "444455556666"
		repository  = `{"repositories": [{"repositoryArn": "arn:aws:ecr:us-east-1:444455556666:repository/my-app", "repositoryName": "my-app", "imageTagMutability": "IMMUTABLE",
			"policyText": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:role/runners/build\"},\"Action\":\"ecr:*\"}]}"}]}`
	)
	for _, test := range []struct{ name, kind, account, want string }{
		{"a resource control policy of the image repository's", "RESOURCE_CONTROL_POLICY", theirs, "KR050"},
		{"a resource control policy of the role's", "RESOURCE_CONTROL_POLICY", own, ""},
		{"a service control policy of the image repository's", "SERVICE_CONTROL_POLICY", theirs, ""},
		{"a service control policy of the role's", "SERVICE_CONTROL_POLICY", own, "KR050"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := readGood(t)
			replace(t, files, "template.yaml", "          Resource: arn:aws:ecr:us-east-1:111122223333:repository/my-app", "          Resource: arn:aws:ecr:us-east-1:444455556666:repository/my-app")
			replace(t, files, "workflow.yaml", "amazon-ecr-login@v2\n", "amazon-ecr-login@v2\n      with: {registries: '444455556666'}\n")
			replace(t, files, "workflow.yaml", "${{ steps.login.outputs.registry }}", theirs+".dkr.ecr.us-east-1.amazonaws.com")
			files["repositories.json"] = repository
			files["limit.json"] = fmt.Sprintf(`{"Policy": {"PolicySummary": {"Name": "limit", "Type": %q}, "Content": "{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"ecr:PutImage\",\"Resource\":\"*\"}}"}, "Targets": [{"TargetId": %q}]}`, test.kind, test.account)
			if test.kind == "SERVICE_CONTROL_POLICY" {
				replace(t, files, "limit.json", `\"Principal\":\"*\",`, "")
			}
			if got, output := found(t, files); got != test.want {
				t.Errorf("got %q, want %q\n%s", got, test.want, output)
			}
		})
	}
}

// TestResourceControlPoliciesOfAssociations judges a chain by EKS Pod Identity within a policy that
// denies to assume roles.
func TestResourceControlPoliciesOfAssociations(t *testing.T) {
	const limit = "  Limit:\n    Type: AWS::Organizations::Policy\n    Properties:\n      Name: limit\n      Type: RESOURCE_CONTROL_POLICY\n      TargetIds: ['111122223333']\n      Content: {Version: 2012-10-17, Statement: "
	for _, test := range []struct{ name, statement, want, says string }{
		{"for everyone", "{Effect: Deny, Principal: '*', Action: 'sts:AssumeRole', Resource: '*'}", "KR040", `a resource control policy of the organization denies sts:AssumeRole to EKS Pod Identity for ServiceAccount "runners/build" in cluster "ci"`},
		{"by tokens alone", "{Effect: Deny, Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity', Resource: '*'}", "", "and no one else can"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := associated(t)
			replace(t, files, "template.yaml", "Outputs:", limit+test.statement+"}\nOutputs:")
			if got, output := found(t, files); got != test.want || !strings.Contains(output, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, output)
			}
		})
	}
}
