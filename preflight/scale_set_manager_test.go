package preflight_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// filesOfExample are the rendered files of an example fleet, by their paths in its folder.
func filesOfExample(t *testing.T, name string) map[string]string {
	t.Helper()
	files, folder := map[string]string{}, os.DirFS("../examples/"+name)
	err := fs.WalkDir(folder, ".", func(path string, entry fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || ext != ".yaml" && ext != ".json" || strings.Contains(path, ".github") {
			return err
		}
		text, err := fs.ReadFile(folder, path)
		files[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// GitHub's controller needs permissions in the namespace of a scale set, which the set's chart gives and
// who writes a set by hand has to: an example's set has them.
func TestManagersOfScaleSets(t *testing.T) {
	const (
		role    = "  kind: Role\n  name: push-apps-manager\n"
		subject = "    namespace: arc-systems\n"
		pods    = "    verbs:\n      - create\n      - delete\n      - get\n  - apiGroups:"
		secrets = "      - secrets\n      - serviceaccounts\n"
		deploys = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: arc, namespace: arc-systems}\nspec:\n  template:\n    spec:\n      serviceAccountName: arc-gha-rs-controller\n" +
			"      containers: [{name: manager, image: 'ghcr.io/actions/gha-runner-scale-set-controller:0.14.2'}]\n"
		bound = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: arc}\nroleRef: {kind: ClusterRole, name: arc}\nsubjects: [{kind: ServiceAccount, name: arc-gha-rs-controller, namespace: arc-systems}]\n" +
			"---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: arc}\nrules: "
		sets = "[{apiGroups: [actions.github.com], resources: ['*'], verbs: ['*']}]\n"
		all  = "[{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]\n"
	)
	for _, test := range []struct {
		name       string
		old, new   string
		controller string
		want       []string
	}{
		{"as it is rendered", "", "", "", []string{}},
		{"with its controller", "", "", deploys, []string{}},
		{"with its controller and all that it has", "", "", deploys + bound + sets, []string{}},
		{"of a role that is not there", role, "  kind: Role\n  name: push-manager\n", "", []string{"KR223"}},
		{"that may make no Pods", pods, "    verbs:\n      - delete\n      - get\n  - apiGroups:", "", []string{"KR223"}},
		{"that may remove no Pods", pods, "    verbs:\n      - create\n      - get\n  - apiGroups:", "", []string{"KR223"}},
		{"that may read no Secrets", secrets, "      - serviceaccounts\n", "", []string{"KR223"}},
		{"that is another ServiceAccount", subject, "    namespace: arc\n", deploys + bound + sets, []string{"KR223"}},
		{"that is another ServiceAccount, and the controller has nothing", subject, "    namespace: arc\n", deploys, []string{"KR223"}},
		{"that is another ServiceAccount, and may do all", subject, "    namespace: arc\n", deploys + bound + all, []string{}},
		{"of a role of the cluster", role, "  kind: ClusterRole\n  name: edit\n", "", []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := filesOfExample(t, "scale-set")
			set := files["manifests/platform/apps.k8s.yaml"]
			if test.old != "" && strings.Count(set, test.old) != 1 {
				t.Fatalf("%q is %d times in the file", test.old, strings.Count(set, test.old))
			}
			files["manifests/platform/apps.k8s.yaml"] = strings.Replace(set, test.old, test.new, 1)
			if test.controller != "" {
				files["manifests/platform/controller.yaml"] = test.controller
			}
			write(t, files)
			if got, text := foundIDs(t); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// The cluster fills in the rules of a ClusterRole with an aggregationRule: its file says nothing of them.
func TestAManagersAggregatedClusterRole(t *testing.T) {
	files := filesOfExample(t, "scale-set")
	files["manifests/platform/apps.k8s.yaml"] = strings.Replace(files["manifests/platform/apps.k8s.yaml"],
		"  kind: Role\n  name: push-apps-manager\n", "  kind: ClusterRole\n  name: managers\n", 1)
	files["manifests/platform/role.yaml"] = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: managers}\naggregationRule: {clusterRoleSelectors: [{matchLabels: {of: managers}}]}\n"
	write(t, files)
	_, text := foundIDs(t)
	const want = `is not known: ClusterRole "managers" has an aggregationRule, by which the cluster fills in its rules
    fix: bind a Role that lists its rules, as the chart of the scale set does`
	if !strings.Contains(text, want) {
		t.Errorf("got %s\nwant %s", text, want)
	}
}
