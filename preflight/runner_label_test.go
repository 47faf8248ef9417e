package preflight_test

import (
	"strings"
	"testing"
)

// A label that only the deployment knows may be the one that a job asks for.
func TestRunnerLabelsThatAreNotKnown(t *testing.T) {
	_, deployment, _ := strings.Cut(readGood(t)["runner.yaml"], "---\n")
	const manifest = `  Runner:
    Type: Custom::AWSCDK-EKS-KubernetesResource
    Properties:
      Manifest:
        Fn::Join:
        - ''
        - - '[{"apiVersion":"actions.summerwind.dev/v1alpha1","kind":"RunnerDeployment","metadata":{"name":"build","namespace":"runners"},"spec":{"template":{"metadata":{"annotations":{"eks.amazonaws.com/skip-containers":"docker"}},"spec":{"repository":"octo-org/my-app","serviceAccountName":"build","securityContext":{"fsGroup":1001},"env":[{"name":"AWS_EC2_METADATA_DISABLED","value":"true"}],"labels":['
          - LABELS
          - ']}}}}]'
`
	label := func(labels string) []edit {
		return []edit{
			{"runner.yaml", deployment, ""},
			{"template.yaml", "Resources:\n", "  Label: {Type: String}\nResources:\n" + strings.Replace(manifest, "LABELS", labels, 1)},
		}
	}
	for _, c := range []struct {
		name  string
		edits []edit
		want  string
		says  string
	}{
		{"known", label(`'"push-my-app"'`), "", "on labels self-hosted, push-my-app,"},
		{"unknown", label("'\"'\n          - !Ref Label\n          - '\"'"), "KR133", `which runners job "push" runs on is not known: `},
		{"another that is unknown", label("'\"push-my-app\",\"'\n          - !Ref Label\n          - '\"'"), "", "on labels self-hosted, push-my-app, others that are unknown,"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, text := ids(t, c.edits, nil)
			if strings.Join(got, " ") != c.want || !strings.Contains(text, c.says) {
				t.Errorf("got %q, want %s with %q\n%s", got, c.want, c.says, text)
			}
		})
	}
}
