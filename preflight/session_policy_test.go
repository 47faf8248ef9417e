package preflight_test

import (
	"strings"
	"testing"
)

// TestSessionPoliciesOfJobs judges a job that assumes the role of its runner again, with session
// policies. The role trusts itself, and may push to my-app.
func TestSessionPoliciesOfJobs(t *testing.T) {
	const (
		trusting  = "Action: [sts:AssumeRole, sts:TagSession]"
		login     = `{"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}`
		push      = `{"Effect": "Allow", "Action": "ecr:*", "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/my-app"}`
		pushOther = `{"Effect": "Allow", "Action": "ecr:*", "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/other"}`
		deny      = `{"Effect": "Deny", "Action": "ecr:PutImage", "Resource": "*"}`
		fromHere  = `{"Effect": "Deny", "Action": "ecr:PutImage", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}`
		managed   = "        managed-session-policies: arn:aws:iam::111122223333:policy/"
		afterward = "    - uses: aws-actions/configure-aws-credentials@v6\n"
	)
	inline := func(statements ...string) string {
		return `        inline-session-policy: '{"Version": "2012-10-17", "Statement": [` + strings.Join(statements, ", ") + `]}'` + "\n"
	}
	proved := "proved: 1 runner can push to 1 image repository"
	for _, test := range []struct{ name, trusting, with, want, says string }{
		{"none", trusting, "", "", proved},
		{"that allows all", trusting, inline(login, push), "", proved},
		{"that allows no login", trusting, inline(push), "KR050", `the session policy of job "push" does not allow ecr:GetAuthorizationToken on "*"`},
		{"that allows another image repository", trusting, inline(login, pushOther), "KR050", `the session policy of job "push" does not allow ecr:BatchCheckLayerAvailability on "arn:aws:ecr:us-east-1:111122223333:repository/my-app"`},
		{"that denies", trusting, inline(login, push, deny), "KR050", `does not allow ecr:PutImage on`},
		{"that may deny", trusting, inline(login, push, fromHere), "KR132", `whether the session policy of job "push" allows ecr:PutImage on "arn:aws:ecr:us-east-1:111122223333:repository/my-app" is not known: it depends on aws:SourceIp`},
		{"that IAM refuses", trusting, "        inline-session-policy: '{'\n", "KR005", "not JSON"},
		{"that is empty", trusting, "        inline-session-policy: ''\n", "", proved},
		{"of a variable", trusting, "        inline-session-policy: ${{ vars.POLICY }}\n", "KR134", "is not known: vars.POLICY is not in the files"},
		{"managed, among the files", trusting, managed + "build-push\n", "", proved},
		{"managed, of AWS", trusting, "        managed-session-policies: arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly\n", "KR050", "does not allow ecr:BatchCheckLayerAvailability on"},
		{"managed, not among the files", trusting, managed + "other\n", "KR134", "managed policy arn:aws:iam::111122223333:policy/other is not among the files"},
		{"of two, that allow all together", trusting, inline(push) + "        managed-session-policies: arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly\n", "", proved},
		{"of two roles", trusting, inline(login, push) + afterward + "      with: {aws-region: us-east-1, role-to-assume: 'arn:aws:iam::111122223333:role/runners/build'}\n", "KR134", "the role that it has before is not known"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := readGood(t)
			replace(t, files, "template.yaml", "Outputs:", "        - Effect: Allow\n          Principal: {AWS: 'arn:aws:iam::111122223333:role/runners/build'}\n          "+test.trusting+"\nOutputs:")
			replace(t, files, "workflow.yaml", "    - id: login\n", "    - uses: aws-actions/configure-aws-credentials@v6\n      with:\n        aws-region: us-east-1\n        role-to-assume: arn:aws:iam::111122223333:role/runners/build\n"+test.with+"    - id: login\n")
			if got, output := found(t, files); got != test.want || !strings.Contains(output, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, output)
			}
		})
	}
}

// TestSessionsBeginWithALogin judges a session policy that allows nothing of Amazon ECR, by where
// the step that begins the session is among the logins.
func TestSessionsBeginWithALogin(t *testing.T) {
	const (
		configure = "    - uses: aws-actions/configure-aws-credentials@v6\n      with:\n        aws-region: us-east-1\n        role-to-assume: arn:aws:iam::111122223333:role/runners/build\n        inline-session-policy: '{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}]}'\n"
		login     = "    - id: login\n      uses: aws-actions/amazon-ecr-login@v2\n"
		again     = "    - uses: aws-actions/amazon-ecr-login@v2\n"
	)
	for _, test := range []struct{ name, steps, want string }{
		{"before it", configure + login, "KR050"},
		{"behind it", login + configure, ""},
		{"between two", login + configure + again, "KR050"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := readGood(t)
			replace(t, files, "template.yaml", "Outputs:", "        - Effect: Allow\n          Principal: {AWS: 'arn:aws:iam::111122223333:role/runners/build'}\n          Action: [sts:AssumeRole, sts:TagSession]\nOutputs:")
			replace(t, files, "workflow.yaml", login, test.steps)
			if got, output := found(t, files); got != test.want {
				t.Errorf("got %q, want %q\n%s", got, test.want, output)
			}
		})
	}
}
