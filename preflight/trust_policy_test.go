package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// subject is the last line of the good chain's trust policy.
const subject = "              oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub: system:serviceaccount:runners:build\n"

// Of what other policies may have, IAM refuses some in a trust policy.
func TestTrustPoliciesThatIAMRefuses(t *testing.T) {
	action := func(action string) []edit {
		return []edit{{"template.yaml", "Action: sts:AssumeRoleWithWebIdentity", "Action: " + action}}
	}
	beside := func(statement string) []edit {
		return []edit{{"template.yaml", subject, subject + "        - " + statement + "\n"}}
	}
	const spared = "Condition: {Bool: {'aws:SecureTransport': 'false'}}}"
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
		says  string
	}{
		{"every action", action("'*'"), []string{"KR005"}, `action "*": IAM accepts actions of STS alone in a trust policy`},
		{"an action of another service too", action("[sts:AssumeRoleWithWebIdentity, 'ecr:*']"), []string{"KR005"}, `action "ecr:*": IAM accepts actions of STS alone`},
		{"every action of STS", action("'sts:*'"), []string{}, "no one else can"},
		{"in capitals", action("STS:AssumeRoleWithWebIdentity"), []string{}, "no one else can"},
		{"all but actions of another service", beside("{Effect: Deny, Principal: {AWS: '*'}, NotAction: ['iam:*', 'sts:*']}"), []string{"KR005"}, `action "iam:*": IAM accepts actions of STS alone`},
		{"everybody denied", beside("{Effect: Deny, Principal: '*', Action: 'sts:AssumeRole', " + spared), []string{"KR005"}, `Principal "*": IAM refuses it in a trust policy; want {"AWS": "*"}`},
		{"every principal of AWS denied", beside("{Effect: Deny, Principal: {AWS: '*'}, Action: 'sts:AssumeRole', " + spared), []string{}, "no one else can"},
		{"a group denied", beside("{Effect: Deny, Principal: {AWS: 'arn:aws:iam::111122223333:group/dev'}, Action: 'sts:AssumeRole'}"), []string{"KR005"}, `"arn:aws:iam::111122223333:group/dev": a group is no principal`},
		{"roles denied by a pattern", beside("{Effect: Deny, Principal: {AWS: 'arn:aws:iam::111122223333:role/dev-*'}, Action: 'sts:AssumeRole'}"), []string{"KR005"}, `AWS accepts no wildcard in part of a principal`},
		{"all but one denied", beside("{Effect: Deny, NotPrincipal: {AWS: 'arn:aws:iam::111122223333:root'}, Action: 'sts:AssumeRole', " + spared), []string{"KR005"}, "NotPrincipal: a trust policy has none; want Principal"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, test.edits, nil)
			if !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}
