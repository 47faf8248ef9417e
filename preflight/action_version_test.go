package preflight_test

import (
	"strings"
	"testing"
)

// TestActionsWithPodIdentity judges the chain of TestAssociationIsProved with another login.
func TestActionsWithPodIdentity(t *testing.T) {
	const (
		login      = "    - id: login\n      uses: aws-actions/amazon-ecr-login@v2\n"
		commit     = "0123456789abcdef0123456789abcdef01234567"
		configured = "    - uses: aws-actions/configure-aws-credentials@v5\n      with: {aws-region: us-east-1, role-to-assume: 'arn:aws:iam::111122223333:role/runners/other'}\n"
		cli        = "    - id: login\n      run: |\n        aws ecr get-login-password | docker login --username AWS --password-stdin 111122223333.dkr.ecr.us-east-1.amazonaws.com\n        echo registry=111122223333.dkr.ecr.us-east-1.amazonaws.com >> \"$GITHUB_OUTPUT\"\n"
	)
	at := func(reference string) string { return strings.Replace(login, "@v2", reference, 1) }
	own := func(reference string) string {
		return "    - uses: aws-actions/configure-aws-credentials" + reference + "\n      with: {aws-region: us-east-1}\n" + login
	}
	for _, test := range []struct{ name, login, want, says string }{
		{"the newest of a major version", login, "", ""},
		{"the newest of another", at("@v1"), "KR124", `uses "aws-actions/amazon-ecr-login@v1", which cannot use EKS Pod Identity`},
		{"the last that cannot", at("@v2.0.1"), "KR124", "use v2.1.0 or newer"},
		{"the newest of a minor version", at("@v2.0"), "KR124", ""},
		{"without a v", at("@2.0.1"), "KR124", ""},
		{"the first that can", at("@v2.1.0"), "", ""},
		{"one that can", at("@v2.1.3"), "", ""},
		{"the newest of a later one", at("@v3"), "", ""},
		{"the branch", at("@main"), "", ""},
		{"another branch", at("@next"), "KR127", "v2.1.0 and newer can"},
		{"a commit", at("@" + commit), "KR127", "the reference is no version"},
		{"the AWS CLI", cli, "", ""},
		{"configured before", configured + at("@v2.0.1"), "KR134", "goes on to take role"},
		{"configured before, and not looked at", configured + at("@v2.1.0"), "KR134 KR125", "takes the role of the runner's Pod even where other credentials are configured"},
		{"configured before, and looked at", configured + at("@v2.1.1"), "KR134", "goes on to take role"},
		{"configured with the Pod's role", own("@v5"), "", ""},
		{"configured with the Pod's role by what cannot", own("@v3.0.2"), "KR124", `uses "aws-actions/configure-aws-credentials@v3.0.2"`},
		{"another action that cannot", strings.Replace(login, "      uses: aws-actions/amazon-ecr-login@v2\n", "      uses: aws-actions/amazon-ecr-login@v2\n    - uses: docker/login-action@v2\n      with: {registry: 111122223333.dkr.ecr.us-east-1.amazonaws.com}\n", 1), "KR124", `uses "docker/login-action@v2"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := associated(t)
			replace(t, files, "workflow.yaml", login, test.login)
			if got, output := found(t, files); got != test.want || !strings.Contains(output, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, output)
			}
		})
	}
	t.Run("with IRSA", func(t *testing.T) {
		files := readGood(t)
		replace(t, files, "workflow.yaml", login, at("@v1"))
		if got, output := found(t, files); got != "" {
			t.Errorf("got %q\n%s", got, output)
		}
	})
}
