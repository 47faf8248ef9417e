package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNamespacesAdmitTheirPods compares the Pods of runners with the level that their namespace
// enforces. The good chain has a privileged Docker sidecar, which the controller adds.
func TestNamespacesAdmitTheirPods(t *testing.T) {
	namespace := func(labels string) edit {
		return edit{"runner.yaml", "apiVersion: v1\nkind: ServiceAccount\n", "apiVersion: v1\nkind: Namespace\nmetadata: {name: runners, labels: {" + labels + "}}\n---\napiVersion: v1\nkind: ServiceAccount\n"}
	}
	const enforce = "pod-security.kubernetes.io/enforce: "
	plain := edit{"runner.yaml", "      serviceAccountName: build\n", "      dockerEnabled: false\n      serviceAccountName: build\n"}
	builds := edit{"workflow.yaml", "docker build --tag \"$IMAGE\" .", "buildah build --tag \"$IMAGE\" ."}
	pushes := edit{"workflow.yaml", "docker push \"$IMAGE\"", "buildah push x \"docker://$IMAGE\""}
	ofNode := edit{"runner.yaml", "      env:\n", "      volumes: [{name: cache, hostPath: {path: /var/cache}}]\n      env:\n"}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"privileged", []edit{namespace(enforce + "privileged")}, []string{}},
		{"baseline", []edit{namespace(enforce + "baseline")}, []string{"KR175"}},
		{"restricted", []edit{namespace(enforce + "restricted")}, []string{"KR175"}},
		{"no level", []edit{namespace("team: a")}, []string{}},
		{"a level that is not enforced", []edit{namespace("pod-security.kubernetes.io/warn: baseline")}, []string{}},
		{"baseline, and no sidecar", []edit{namespace(enforce + "baseline"), plain, builds, pushes}, []string{}},
		{"baseline, and a folder of the node", []edit{namespace(enforce + "baseline"), plain, builds, pushes, ofNode}, []string{"KR175"}},
		{"baseline in one of two clusters", []edit{namespace(enforce + "baseline"), {"runner.yaml", "---\napiVersion: v1\nkind: ServiceAccount\n", "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: runners}\n---\napiVersion: v1\nkind: ServiceAccount\n"}}, []string{"KR004"}},
		{"baseline of another namespace", []edit{{"runner.yaml", "apiVersion: v1\nkind: ServiceAccount\n", "apiVersion: v1\nkind: Namespace\nmetadata: {name: other, labels: {" + enforce + "baseline}}\n---\napiVersion: v1\nkind: ServiceAccount\n"}}, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
