package controller_test

import (
	"os"
	"strings"
	"testing"
)

// mistakes are the mistakes of the fleet's check that the controller's definitions and
// webhooks, or Kubernetes, know too (fleet/mistakes_test.go has all). The others they
// take: replicas below zero, or a comma in a label, of which the controller makes two.
var mistakes = []struct {
	name, old, new string
	want           string
}{
	{"two scopes", "repository: octo-org/my-app", "{repository: octo-org/my-app, organization: octo-org}",
		"spec.template.spec.repository: Invalid value: \"octo-org/my-app\": Spec cannot have many fields defined enterprise, organization and repository"},
	{"three scopes", "repository: octo-org/my-app", "{repository: octo-org/my-app, organization: octo-org, enterprise: octo}",
		"Spec cannot have many fields defined enterprise, organization and repository"},
	{"no scope", "      repository: octo-org/my-app\n", "",
		"spec.template.spec.repository: Invalid value: \"\": Spec needs enterprise, organization or repository"},
	{"source repository as a URL", "octo-org/my-app", "https://github.com/octo-org/my-app.git", "spec.template.spec.repository: Invalid value"},
	{"source repository without an owner", "octo-org/my-app", "my-app", "spec.template.spec.repository: Invalid value: \"my-app\""},
	{"container mode kubernetes", "ephemeral: true", "containerMode: kubernetes", "must have workVolumeClaimTemplate field specified"},
	{"CPU in words", "ephemeral: true", "resources: {requests: {cpu: 2 cores}}", "quantities must match the regular expression"},
	{"namespace with an underscore", "self-hosted-runners", "a_b", "a lowercase RFC 1123 label must consist of"},
	{"namespace of 64 characters", "self-hosted-runners", strings.Repeat("a", 64), "must be no more than 63"},
	{"ServiceAccount of 254 characters", "self-hosted-runner-service-account", strings.Repeat("a", 254), "must be no more than 253"},
	{"RunnerDeployment in capitals", "name: runner-deployment", "name: Runner-Deployment", "a lowercase RFC 1123 subdomain must consist of"},
	{"a field misspelt", "serviceAccountName", "serviceAccountname", "serviceAccountname"},
}

func mistaken(t *testing.T, w *world) {
	var text []byte
	for _, file := range []string{"00-self-hosted-runners", "build"} {
		objects, err := os.ReadFile(article + "/example/" + file + ".k8s.yaml")
		if err != nil {
			t.Fatal(err)
		}
		text = append(append(text, "---\n"...), objects...)
	}
	for _, m := range mistakes {
		if strings.HasPrefix(m.new, "{") { // fields beside the one that is there
			m.new = strings.ReplaceAll(strings.Trim(m.new, "{}"), ", ", "\n      ")
		}
		manifest := strings.ReplaceAll(string(text), m.old, m.new)
		if manifest == string(text) {
			t.Errorf("%s: %q is not in the manifest", m.name, m.old)
		}
		result, err := w.Kubectl(t.Context(), strings.NewReader(manifest), "apply", "--server-side", "--validate=strict", "--dry-run=server", "-f", "-")
		if err != nil {
			t.Fatal(err)
		}
		if result.Status == 0 || !strings.Contains(string(result.Stderr), m.want) {
			t.Errorf("%s: got status %d and %q, want %q", m.name, result.Status, result.Stderr, m.want)
		}
	}
}
