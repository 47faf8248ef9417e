package preflight_test

import (
	"strings"
	"testing"
)

// A script may read the region that EKS gives the Pod, where the workflow names none.
func TestScriptsReadTheRegionOfThePod(t *testing.T) {
	const host = "111122223333.dkr.ecr.$AWS_REGION.amazonaws.com"
	script := func(ask, at string) []edit {
		return []edit{
			{"workflow.yaml", "env:\n  AWS_REGION: us-east-1\n", ""},
			{"workflow.yaml", "    - id: login\n      uses: aws-actions/amazon-ecr-login@v2\n", ""},
			{"workflow.yaml", "${{ steps.login.outputs.registry }}", "-"},
			{"workflow.yaml", `docker build --tag "$IMAGE" .`, ask + " | docker login --username AWS --password-stdin " + at},
			{"workflow.yaml", `docker push "$IMAGE"`, "docker push " + at + "/my-app:$GITHUB_SHA"},
		}
	}
	const ask, account = "aws ecr get-login-password", "$(aws sts get-caller-identity --query Account --output text)"
	for _, test := range []struct {
		name  string
		edits []edit
		want  string
	}{
		{"by the option", script(ask+" --region $AWS_REGION", host), ""},
		{"by the variable", script(ask, host), ""},
		{"and the role's account", script(ask+` --region "${AWS_REGION}"`, strings.Replace(host, "111122223333", account, 1)), ""},
		{"by the other variable", script(ask+" --region $AWS_DEFAULT_REGION", strings.Replace(host, "AWS_REGION", "AWS_DEFAULT_REGION", 1)), ""},
		{"by the other variable, which the Pod sets", append(script(ask+" --region $AWS_DEFAULT_REGION", "111122223333.dkr.ecr.us-east-1.amazonaws.com"), podHas("AWS_DEFAULT_REGION", "eu-west-1")), "KR101"},
		{"by both, of which EKS does not set one where the Pod sets the other", append(script(ask+" --region $AWS_REGION", strings.Replace(host, "AWS_REGION", "AWS_DEFAULT_REGION", 1)), podHas("AWS_DEFAULT_REGION", "eu-west-1")), "KR050 KR054 KR103"},
		{"which is another than the image repository's", append(script(ask+" --region $AWS_REGION", host), podHas("AWS_REGION", "eu-west-1")), "KR050 KR054"},
		{"for another region's registry", script(ask+" --region $AWS_REGION", "111122223333.dkr.ecr.eu-west-1.amazonaws.com"), "KR050 KR054 KR101"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, test.edits, nil)
			if strings.Join(got, " ") != test.want || strings.Contains(text, "\uFFFD") {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// What only the runner tells stands nowhere in a report.
func TestStandInsReachNoReport(t *testing.T) {
	_, text := ids(t, []edit{
		{"workflow.yaml", "  AWS_REGION: us-east-1\n", "  A: b\n"},
		{"workflow.yaml", `docker push "$IMAGE"`, `docker push "$IMAGE-$AWS_REGION" && docker push 111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app-$AWS_REGION:1`},
	}, nil)
	if want := "where job \"push\" pushes is not known: the AWS_REGION of the runner's Pod is known only when the job runs"; !strings.Contains(text, want) || strings.Contains(text, "\uFFFD") {
		t.Errorf("want %s, got\n%s", want, text)
	}
}
