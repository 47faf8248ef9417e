package account_test

import (
	"strings"
	"testing"

	"keyless-runners/preflight/account"
)

func TestRecognize(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{`{"UserDetailList": [{"Arn": "a"}]}`, true},
		{`{"GroupDetailList": []}`, true},
		{`{"RoleDetailList": [], "IsTruncated": false}`, true},
		{`{"Policies": [{"Arn": "a"}]}`, true},
		{`{"Policies": [{"name": "a"}]}`, false},
		{`{"Policies": {"Arn": "a"}}`, false},
		{`{"RoleDetailList": null}`, false},
		{`{"Role": {"Arn": "a", "AssumeRolePolicyDocument": {}}}`, true},
		{`{"Role": {"Arn": "a"}}`, false},
		{`{"Role": "arn:aws:iam::111122223333:role/r"}`, false},
		{`{"OpenIDConnectProviderList": []}`, true},
		{`{"Url": "oidc.eks.us-east-1.amazonaws.com/id/A", "ClientIDList": []}`, true},
		{`{"Url": "https://example.com"}`, false},
		{`{"repositories": [{"repositoryArn": "a"}]}`, true},
		{`{"repositories": [{"name": "stable", "url": "https://charts.example.com"}]}`, false},
		{`{"repositories": [null]}`, false},
		{`{"repositoryName": "a", "policyText": "{}"}`, true},
		{`{"repositoryName": "a", "policyText": {}}`, false},
		{`{"policyText": "{}"}`, false},
		{`{"registryId": "111122223333", "policyText": "{}"}`, true},
		{`{"cluster": {"arn": "arn:aws:eks:us-east-1:111122223333:cluster/c"}}`, true},
		{`{"cluster": {"arn": "arn:aws:kafka:us-east-1:111122223333:cluster/c"}}`, false},
		{`{"cluster": {"arn": "cluster/c", "name": "c"}}`, false},
		{`{"cluster": "c"}`, false},
		{`{"Policy": {"PolicySummary": {"Type": "SERVICE_CONTROL_POLICY"}, "Content": "{}"}}`, true},
		{`{"Policy": {"PolicySummary": {"Name": "a"}, "Content": "{}"}}`, false},
		{`{"Policy": {"Arn": "arn:aws:iam::111122223333:policy/a"}}`, false},
		{`{"association": {"associationArn": "a"}}`, true},
		{`{"association": {"name": "a"}}`, false},
		{`{"associations": [{"associationArn": "a"}]}`, true},
		{`{"associations": []}`, true},
		{`{"associations": [{"name": "a"}]}`, false},
		{`{"addon": {"addonName": "a", "clusterName": "c"}}`, true},
		{`{"addon": {"addonName": "a"}}`, false},
		{`{"fargateProfile": {"clusterName": "c"}}`, true},
		{`{"fargateProfile": "c"}`, false},
		{`{"Resources": {"Role": {"Type": "AWS::IAM::Role"}}}`, false},
		{`{"Version": "2012-10-17", "Statement": []}`, false},
		{`{"apiVersion": "v1", "kind": "List", "items": []}`, false},
		{"on: push\njobs: {}", false},
		{"[]", false},
		{"RoleDetailList", false},
	} {
		if got := account.Recognize(parse(t, c.text)); got != c.want {
			t.Errorf("%s: got %t", c.text, got)
		}
	}
}

func TestProviders(t *testing.T) {
	testRead(t, []readCase{
		{"list-open-id-connect-providers with the client ids of one", `
{"OpenIDConnectProviderList": [
  {"Arn": "arn:aws:iam::111122223333:oidc-provider/example.com/a", "Url": "example.com/a", "ClientIDList": ["sts.amazonaws.com"]},
  {"Arn": "arn:aws:iam::111122223333:oidc-provider/example.com/b"}
]}`, `
provider@2:3 https://example.com/a@2:11 in 111122223333@2:11 known true sts.amazonaws.com@2:109
provider@3:3 https://example.com/b@3:11 in 111122223333@3:11 known false
providers listed@1:1
`},
		{"no provider", `{"OpenIDConnectProviderList": []}`, `
providers listed@1:1
`},
		{"list-open-id-connect-providers", `
{"OpenIDConnectProviderList": [
  {"Arn": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},
  {"Arn": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
  {"Arn": "arn:aws:iam::111122223333:saml-provider/x"},
  {"Arn": "arn:aws:iam::111122223333:oidc-provider/"},
  {"Arn": "x"},
  {"Arn": null},
  null
]}`, `
provider@2:3 https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF@2:11 in 111122223333@2:11 known false
provider@3:3 https://token.actions.githubusercontent.com@3:11 in 111122223333@3:11 known false
provider@4:3 ?"arn:aws:iam::111122223333:saml-provider/x" is not the ARN of an OIDC provider?@4:11 in 111122223333@4:11 known false
provider@5:3 ?"arn:aws:iam::111122223333:oidc-provider/" is not the ARN of an OIDC provider?@5:11 in 111122223333@5:11 known false
provider@6:3 ?"x" is not a complete ARN?@6:11 in ?"x" is not a complete ARN?@6:11 known false
provider@7:3 ?the output does not have "Arn"?@7:3 in ?the output does not have "Arn"?@7:3 known false
providers listed@1:1
`},
		{"get-open-id-connect-provider", `
{
    "Url": "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
    "ClientIDList": ["sts.amazonaws.com", "other"],
    "ThumbprintList": ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
    "CreateDate": "2026-01-01T00:00:00+00:00"
}`, `
provider@1:1 https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF@2:12 in ?"aws iam get-open-id-connect-provider" does not print the account?@1:1 known true sts.amazonaws.com@3:22 other@3:43
`},
		{"with a scheme and without client ids", `{"Url": "https://example.com", "ThumbprintList": []}`, `
provider@1:1 https://example.com@1:9 in ?"aws iam get-open-id-connect-provider" does not print the account?@1:1 known false
`},
	})
}

func TestImageRepositories(t *testing.T) {
	const policyElsewhere = `?"aws ecr describe-repositories" does not print the image repository's policy; "aws ecr get-repository-policy" does?`
	testRead(t, []readCase{
		{"describe-repositories", `
{"repositories": [
  {"repositoryArn": "arn:aws:ecr:us-east-1:111122223333:repository/team/app", "registryId": "111122223333", "repositoryName": "team/app",
   "repositoryUri": "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app", "imageTagMutability": "IMMUTABLE"},
  {"repositoryArn": 7},
  {}
]}`, `
repository@2:3 team/app@2:127 in 111122223333@2:21 us-east-1@2:21 tags IMMUTABLE@3:100
policy ` + policyElsewhere + `@2:3
repository@4:3 ?the output does not have "repositoryName"?@4:3 in ?"7" is not a complete ARN?@4:21 ?"7" is not a complete ARN?@4:21 tags ?the output does not have "imageTagMutability"?@4:3
policy ` + policyElsewhere + `@4:3
repository@5:3 ?the output does not have "repositoryName"?@5:3 in ?the output does not have "repositoryArn"?@5:3 ?the output does not have "repositoryArn"?@5:3 tags ?the output does not have "imageTagMutability"?@5:3
policy ` + policyElsewhere + `@5:3
`},
		{"get-resources, of image repositories alone", `
{"ResourceTagMappingList": [
  {"ResourceARN": "arn:aws:ecr:us-east-1:111122223333:repository/team/app", "Tags": [{"Key": "team", "Value": "web"}, {"Key": "env"}]},
  {"ResourceARN": "arn:aws:s3:::repository/app", "Tags": [{"Key": "team", "Value": "web"}]},
  {"ResourceARN": "arn:aws:ecr:us-east-1:111122223333:repository/other", "Tags": [{"Value": "web"}]}
]}`, `
repository@2:3 team/app@2:3 in 111122223333@2:19 us-east-1@2:19 tags ?"aws resourcegroupstaggingapi get-resources" prints the tags alone?@2:3
policy ?"aws resourcegroupstaggingapi get-resources" prints the tags alone?@2:3
tag team=web@2:111, all true
tag env=-@2:119, all true
repository@4:3 other@4:3 in 111122223333@4:19 us-east-1@4:19 tags ?"aws resourcegroupstaggingapi get-resources" prints the tags alone?@4:3
policy ?"aws resourcegroupstaggingapi get-resources" prints the tags alone?@4:3
`},
		{"get-repository-policy", `
{
    "registryId": "111122223333",
    "repositoryName": "team/app",
    "policyText": "{\n  \"Version\" : \"2008-10-17\",\n  \"Statement\" : [ {\n    \"Effect\" : \"Allow\",\n    \"Principal\" : \"*\",\n    \"Action\" : \"ecr:PutImage\"\n  } ]\n}"
}`, `
repository@1:1 team/app@3:23 in 111122223333@2:19 ?"aws ecr get-repository-policy" does not print the region?@1:1 tags ?"aws ecr get-repository-policy" does not print the tag mutability?@1:1
policy ecr:PutImage@4:19
`},
		{"describe-repositories with the policy of each", `
{"repositories": [
  {"repositoryArn": "arn:aws:ecr:us-east-1:111122223333:repository/a", "repositoryName": "a", "imageTagMutability": "MUTABLE", "policyText": null},
  {"repositoryArn": "arn:aws:ecr:us-east-1:111122223333:repository/b", "repositoryName": "b", "imageTagMutability": "MUTABLE",
   "policyText": "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:PutImage\"}}"}
]}`, `
repository@2:3 a@2:90 in 111122223333@2:21 us-east-1@2:21 tags MUTABLE@2:117
policy -@2:3
repository@3:3 b@3:90 in 111122223333@3:21 us-east-1@3:21 tags MUTABLE@3:117
policy ecr:PutImage@4:18
`},
		{"get-registry-policy", `{"registryId": "111122223333", "policyText": "{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"ecr:PutImage\",\"Resource\":\"*\"}}"}`, `
registry policy in 111122223333@1:16 ?"aws ecr get-registry-policy" does not print the region?@1:1: ecr:PutImage@1:46
`},
		{"a policy that is none", `{"repositoryName": "team/app", "policyText": "no"}`, `
repository@1:1 team/app@1:20 in ?the output does not have "registryId"?@1:1 ?"aws ecr get-repository-policy" does not print the region?@1:1 tags ?"aws ecr get-repository-policy" does not print the tag mutability?@1:1
policy !the text is no policy document: not JSON: invalid character 'o' in literal null (expecting 'u')!@1:46
`},
	})
}

func TestClusters(t *testing.T) {
	testRead(t, []readCase{
		{"describe-cluster", `
{"cluster": {
  "name": "build",
  "arn": "arn:aws:eks:us-east-1:111122223333:cluster/build",
  "identity": {"oidc": {"issuer": "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"}}
}}`, `
cluster@1:13 build@2:11 https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF@4:35
`},
		{"describe-policy", `
{"Policy": {"PolicySummary": {"Name": "no-push", "Type": "SERVICE_CONTROL_POLICY"},
 "Content": "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"ecr:PutImage\",\"Resource\":\"*\"}}"}}`, `
organization@1:12 SERVICE_CONTROL_POLICY@1:58 no-push@1:39 targets known false
document ecr:PutImage@2:13
`},
		{"describe-policy with its targets", `
{"Policy": {"PolicySummary": {"Name": "no-push", "Type": "SERVICE_CONTROL_POLICY"}, "Content": "{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"ecr:PutImage\",\"Resource\":\"*\"}}"},
 "Targets": [{"TargetId": "111122223333"}]}`, `
organization@1:12 SERVICE_CONTROL_POLICY@1:58 no-push@1:39 targets known true 111122223333@2:27
document ecr:PutImage@1:96
`},
		{"a cluster without an issuer", `{"cluster": {"arn": "arn:aws:eks:us-east-1:111122223333:cluster/build", "identity": []}}`, `
cluster@1:13 ?the output does not have "name"?@1:13 ?the output does not have "identity.oidc.issuer"?@1:13
`},
	})
}

func TestPodIdentity(t *testing.T) {
	const unlisted = `?"aws eks list-pod-identity-associations" does not print %s; "aws eks describe-pod-identity-association" does?`
	of := func(what string) string { return strings.Replace(unlisted, "%s", what, 1) }
	testRead(t, []readCase{
		{"describe-pod-identity-association", `
{"association": {
  "clusterName": "ci",
  "namespace": "runners",
  "serviceAccount": "build",
  "roleArn": "arn:aws:iam::111122223333:role/build",
  "associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/ci/a-0123456789abcdefg",
  "associationId": "a-0123456789abcdefg",
  "tags": {},
  "disableSessionTags": false
}}`, `
association@1:17 ci@2:18 of 111122223333@6:21 in us-east-1@6:21 runners@3:16/build@4:21
role arn:aws:iam::111122223333:role/build@5:14 target -@1:17 tags disabled false@9:25
session policy -@1:17
`},
		{"with a target role and a session policy", `
{"association": {"clusterName": "ci", "namespace": "runners", "serviceAccount": "build", "roleArn": "a", "associationArn": "b",
  "targetRoleArn": "c", "disableSessionTags": true,
  "policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ecr:PutImage\", \"Resource\": \"*\"}}"}}`, `
association@1:17 ci@1:33 of ?"b" is not a complete ARN?@1:124 in ?"b" is not a complete ARN?@1:124 runners@1:52/build@1:81
role a@1:101 target c@2:20 tags disabled true@2:47
session policy ecr:PutImage@3:13
`},
		{"list-pod-identity-associations", `
{"associations": [
  {"clusterName": "ci", "namespace": "runners", "serviceAccount": "build", "associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/ci/a-0123456789abcdefg", "associationId": "a-0123456789abcdefg"}
]}`, `
association@2:3 ci@2:19 of 111122223333@2:94 in us-east-1@2:94 runners@2:38/build@2:67
role ` + of("the role") + `@2:3 target ` + of("the target role") + `@2:3 tags disabled ` + of("whether session tags are disabled") + `@2:3
session policy ` + of("the session policy") + `@2:3
`},
		{"describe-addon", `{"addon": {"addonName": "eks-pod-identity-agent", "clusterName": "ci", "status": "ACTIVE"}}`, `
addon@1:11 eks-pod-identity-agent@1:25 of ci@1:66
`},
		{"describe-fargate-profile", `{"fargateProfile": {"clusterName": "ci", "selectors": [{"namespace": "a*"}, {"namespace": "b", "labels": {"c": "d"}}, {"namespace": "e", "labels": {}}]}}`, `
profile@1:20 of ci@1:36
selector@1:56 a*@1:70 labels false
selector@1:77 b@1:91 labels true
selector@1:119 e@1:133 labels false
`},
	})
}

func TestMergedOutputs(t *testing.T) {
	testRead(t, []readCase{{"providers and a cluster", `
{"OpenIDConnectProviderList": [{"Arn": "arn:aws:iam::111122223333:oidc-provider/a"}],
 "cluster": {"name": "c", "arn": "arn:aws:eks:r:a:cluster/c", "identity": {"oidc": {"issuer": "https://a"}}}}`, `
provider@1:32 https://a@1:40 in 111122223333@1:40 known false
providers listed@1:1
cluster@2:13 c@2:22 https://a@2:95
`}})
}
