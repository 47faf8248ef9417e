package account_test

import "testing"

const policiesElsewhere = `?the output does not have the role's policies; "aws iam get-account-authorization-details" prints them?`

func TestRoles(t *testing.T) {
	testRead(t, []readCase{
		{"get-account-authorization-details", `
{
    "UserDetailList": [{"Arn": "arn:aws:iam::111122223333:user/u", "UserName": "u"}],
    "GroupDetailList": [],
    "RoleDetailList": [
        {
            "Path": "/ci/",
            "RoleName": "pusher",
            "RoleId": "AROAEXAMPLE",
            "Arn": "arn:aws:iam::111122223333:role/ci/pusher",
            "CreateDate": "2026-01-01T00:00:00+00:00",
            "AssumeRolePolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Principal": {"Federated": "f"}, "Action": "sts:AssumeRoleWithWebIdentity"}]
            },
            "InstanceProfileList": [],
            "RolePolicyList": [
                {"PolicyName": "inline", "PolicyDocument": {"Statement": {"Effect": "Allow", "Action": ["ecr:PutImage"], "Resource": "*"}}}
            ],
            "AttachedManagedPolicies": [
                {"PolicyName": "push", "PolicyArn": "arn:aws:iam::111122223333:policy/push"}
            ],
            "PermissionsBoundary": {
                "PermissionsBoundaryType": "Policy",
                "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/edge"
            },
            "Tags": []
        }
    ],
    "Policies": []
}`, `
role@5:9 /ci/@6:21 pusher@7:25 in 111122223333@9:20 of aws@9:20
trust sts:AssumeRoleWithWebIdentity@11:41
inline inline@17:32 ecr:PutImage@17:60
attached arn:aws:iam::111122223333:policy/push@20:53 boundary arn:aws:iam::111122223333:policy/edge@24:43
`},
		{"as the API encodes documents, in YAML and in China", `
RoleDetailList:
- Arn: arn:aws-cn:iam::111122223333:role/r
  RoleName: r
  Path: /
  AssumeRolePolicyDocument: '%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%22%2A%22%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%7D'
  RolePolicyList: []
  AttachedManagedPolicies: []
`, `
role@2:3 /@4:9 r@3:13 in 111122223333@2:8 of aws-cn@2:8
trust sts:AssumeRole@5:29
attached boundary -@2:3
`},
		{"get-role, which has no policies", `
{"Role": {"RoleName": "r", "Arn": "arn:aws:iam::111122223333:role/r",
  "AssumeRolePolicyDocument": {"Statement": []}}}`, `
role@1:10 /@1:10 r@1:23 in 111122223333@1:35 of aws@1:35
trust !Statement: the list is empty; want at least one item!@2:32
inline ` + policiesElsewhere + `@1:10 ` + policiesElsewhere + `@1:10
attached boundary -@1:10
`},
		{"a role of which members are missing", `
{"RoleDetailList": [{"Arn": ["arn"]}, {"Arn": "role/r"}, {"Arn": "arn:aws:iam:::role/r"}]}`, `
role@1:21 /@1:21 ?the output does not have "RoleName"?@1:21 in ?the output does not have "Arn"?@1:21 of ?the output does not have "Arn"?@1:21
trust ?the output does not have "AssumeRolePolicyDocument"?@1:21
inline ` + policiesElsewhere + `@1:21 ` + policiesElsewhere + `@1:21
attached boundary -@1:21
role@1:39 /@1:39 ?the output does not have "RoleName"?@1:39 in ?"role/r" is not a complete ARN?@1:47 of ?"role/r" is not a complete ARN?@1:47
trust ?the output does not have "AssumeRolePolicyDocument"?@1:39
inline ` + policiesElsewhere + `@1:39 ` + policiesElsewhere + `@1:39
attached boundary -@1:39
role@1:58 /@1:58 ?the output does not have "RoleName"?@1:58 in ?"arn:aws:iam:::role/r" is not a complete ARN?@1:66 of aws@1:66
trust ?the output does not have "AssumeRolePolicyDocument"?@1:58
inline ` + policiesElsewhere + `@1:58 ` + policiesElsewhere + `@1:58
attached boundary -@1:58
`},
		{"a role whose lists are none", `
{"RoleDetailList": [{"Arn": "arn:aws:iam::1:role/r", "RoleName": 7, "AssumeRolePolicyDocument": null,
  "RolePolicyList": {}, "AttachedManagedPolicies": [null, {}],
  "PermissionsBoundary": {}}]}`, `
role@1:21 /@1:21 7@1:66 in 1@1:29 of aws@1:29
trust ?the output does not have "AssumeRolePolicyDocument"?@1:21
inline ` + policiesElsewhere + `@1:21 ` + policiesElsewhere + `@1:21
attached ?the output does not have "PolicyArn"?@2:59 boundary ?the output does not have "PermissionsBoundary.PermissionsBoundaryArn"?@1:21
`},
		{"roles that list one sort of policies and not the other", `
{"RoleDetailList": [
  {"Arn": "arn:aws:iam::1:role/r", "RoleName": "r", "AssumeRolePolicyDocument": "{", "RolePolicyList": []},
  {"Arn": "arn:aws:iam::1:role/s", "RoleName": "s", "AssumeRolePolicyDocument": "{", "AttachedManagedPolicies": []}]}`, `
role@2:3 /@2:3 r@2:48 in 1@2:11 of aws@2:11
trust !the text is no policy document: not JSON: unexpected end of JSON input!@2:81
inline ` + policiesElsewhere + `@2:3 ` + policiesElsewhere + `@2:3
attached boundary -@2:3
role@3:3 /@3:3 s@3:48 in 1@3:11 of aws@3:11
trust !the text is no policy document: not JSON: unexpected end of JSON input!@3:81
inline ` + policiesElsewhere + `@3:3 ` + policiesElsewhere + `@3:3
attached boundary -@3:3
`},
		{"inline policies of which members are missing", `
{"RoleDetailList": [{"Arn": "arn:aws:iam::1:role/r", "RoleName": "r", "AssumeRolePolicyDocument": "{",
  "RolePolicyList": [{}, null, {"PolicyName": "p", "PolicyDocument": []}], "AttachedManagedPolicies": []}]}`, `
role@1:21 /@1:21 r@1:66 in 1@1:29 of aws@1:29
trust !the text is no policy document: not JSON: unexpected end of JSON input!@1:99
inline ?the output does not have "PolicyName"?@2:22 ?the output does not have "PolicyDocument"?@2:22
inline p@2:47 !want an object, got a list!@2:70
attached boundary -@1:21
`},
	})
}

func TestManagedPolicies(t *testing.T) {
	testRead(t, []readCase{
		{"the default version counts", `
{"Policies": [
  {"PolicyName": "push", "Arn": "arn:aws:iam::111122223333:policy/ci/push", "Path": "/ci/", "DefaultVersionId": "v2",
   "PolicyVersionList": [
     {"VersionId": "v1", "IsDefaultVersion": false, "Document": {"Statement": {"Effect": "Allow", "Action": "a:Old", "Resource": "*"}}},
     {"VersionId": "v2", "IsDefaultVersion": true, "Document": {"Statement": {"Effect": "Allow", "Action": "a:New", "Resource": "*"}}}]},
  {"PolicyName": "AdministratorAccess", "Arn": "arn:aws:iam::aws:policy/AdministratorAccess", "Path": "/", "DefaultVersionId": "v1",
   "PolicyVersionList": [{"VersionId": "v1", "Document": "%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D"}]}
]}`, `
policy@2:3 /ci/@2:85 push@2:18 arn:aws:iam::111122223333:policy/ci/push@2:33
document a:New@5:64
policy@6:3 /@6:103 AdministratorAccess@6:18 arn:aws:iam::aws:policy/AdministratorAccess@6:48
document *@7:58
`},
		{"list-policies has no documents, and other things may be missing", `
{"Policies": [
  {"PolicyName": "push", "Arn": "a", "DefaultVersionId": "v2"},
  {"PolicyVersionList": [{"IsDefaultVersion": true}]},
  {"Arn": "b", "PolicyVersionList": [null, {"IsDefaultVersion": false, "Document": {}}, {}]}
]}`, `
policy@2:3 /@2:3 push@2:18 a@2:33
document ?the output does not have the default version; "aws iam get-account-authorization-details" prints it?@2:3
policy@3:3 /@3:3 ?the output does not have "PolicyName"?@3:3 ?the output does not have "Arn"?@3:3
document ?the output does not have "Document"?@3:26
policy@4:3 /@4:3 ?the output does not have "PolicyName"?@4:3 b@4:11
document ?the output does not have the default version; "aws iam get-account-authorization-details" prints it?@4:3
`},
	})
}
