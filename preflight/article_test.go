package preflight_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"keyless-runners/preflight/cloudformation"
)

// article are the files as the article that this project automates prints them.
func article(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("../render/testdata/original/*")
	if err != nil || len(names) != 5 {
		t.Fatalf("%q: %v", names, err)
	}
	files := map[string]string{}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = string(content)
	}
	return files
}

// completed are the article's files with one value for each of its placeholders, a
// namespace for its objects and a runner for its job.
func completed(t *testing.T) map[string]string {
	t.Helper()
	values := strings.NewReplacer(
		"YOUR_ACCOUNT_ID", "111122223333",
		"YOUR_REGION", "us-east-1",
		"YOUR_OIDC_PROVIDER_ID", "0123456789ABCDEF0123456789ABCDEF",
		"YOUR_OIDC_ID", "0123456789ABCDEF0123456789ABCDEF",
		"YOUR_NAMESPACE", "runners",
		"YOUR_SERVICE_ACCOUNT", "self-hosted-runner-service-account",
		"YOUR_ECR_REPOSITORY", "my-app",
		"YOUR_REPOSITORY", "octo-org/my-app",
		"metadata:\n", "metadata:\n  namespace: runners\n",
		"  build:\n", "  build:\n    runs-on: self-hosted\n",
	)
	files := article(t)
	for name, content := range files {
		files[name] = values.Replace(content)
	}
	return files
}

func TestTheArticleCompletedIsProved(t *testing.T) {
	write(t, completed(t))
	found, text := check(t, cloudformation.Settings{})
	if !found.Proved() || !strings.HasSuffix(text, "proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on label self-hosted, and no one else can (5 files, 7 notes)\n") {
		t.Error(text)
	}
}

// As printed, the article spells the issuer's id in two ways and names no namespace,
// and nobody could know its account.
func TestTheArticleAsPrintedIsNot(t *testing.T) {
	write(t, article(t))
	_, text := check(t, cloudformation.Settings{})
	for _, want := range []string{
		`trust.json:12:17: error KR041: condition key "oidc.eks.YOUR_REGION.amazonaws.com/id/YOUR_OIDC_ID:sub" is of issuer "oidc.eks.YOUR_REGION.amazonaws.com/id/YOUR_OIDC_ID", the principal of "oidc.eks.YOUR_REGION.amazonaws.com/id/YOUR_OIDC_PROVIDER_ID"`,
		`self-hosted-runner-service-account.yaml:6:33: error KR021: role ARN "arn:aws:iam::YOUR_ACCOUNT_ID:role/self_hosted_runner_role": account "YOUR_ACCOUNT_ID": 'Y' at position 1 is not allowed; want 12 digits`,
		`self-hosted-runner-service-account.yaml:1:1: error KR011: ServiceAccount "self-hosted-runner-service-account" has no namespace`,
		`runner-deployment.yaml:1:1: error KR011: RunnerDeployment "runner-deployment" has no namespace`,
		`permissions.json:24:11: error KR095: image repository ARN "arn:aws:ecr:YOUR_REGION:YOUR_ACCOUNT_ID:repository/YOUR_ECR_REPOSITORY": account "YOUR_ACCOUNT_ID": 'Y' at position 1 is not allowed; want 12 digits`,
		`after.yaml:4:3: error KR060: job "build" has no runs-on`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("want %s\n got:\n%s", want, text)
		}
	}
}

// With everything else in order, each of the article's two mistakes breaks the chain
// by itself.
func TestEachMistakeOfTheArticleBreaksTheChain(t *testing.T) {
	for _, test := range []struct{ file, old, new, want string }{
		{"trust.json", `0123456789ABCDEF0123456789ABCDEF:sub`, `FEDCBA9876543210FEDCBA9876543210:sub`, "KR040"},
		{"self-hosted-runner-service-account.yaml", "  namespace: runners\n", "", "KR011"},
	} {
		t.Run(test.want, func(t *testing.T) {
			files := completed(t)
			if strings.Count(files[test.file], test.old) != 1 {
				t.Fatalf("%s: %q is there more or less than once", test.file, test.old)
			}
			files[test.file] = strings.Replace(files[test.file], test.old, test.new, 1)
			write(t, files)
			found, text := check(t, cloudformation.Settings{})
			var ids []string
			for _, finding := range found.Findings {
				ids = append(ids, finding.Kind.ID)
			}
			if found.Proved() || !slices.Contains(ids, test.want) {
				t.Errorf("want %s, got\n%s", test.want, text)
			}
		})
	}
}
