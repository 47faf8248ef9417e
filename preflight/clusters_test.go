package preflight_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Manifests of several clusters have objects of the same names, each cluster in a folder of its
// own: a runner's ServiceAccount is the nearest one, and none that is another cluster's.
func TestManifestsOfSeveralClusters(t *testing.T) {
	good := readGood(t)
	account, runner, _ := strings.Cut(good["runner.yaml"], "---\n")
	none := strings.Replace(account, "eks.amazonaws.com/role-arn", "example.com/role", 1)
	for _, test := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"each with its own", map[string]string{"a/sa.yaml": account, "a/r.yaml": runner, "b/sa.yaml": account, "b/r.yaml": runner}, []string{}},
		{"one lacks it", map[string]string{"a/sa.yaml": account, "a/r.yaml": runner, "b/r.yaml": runner}, []string{"KR010", "KR061"}},
		{"one of a base", map[string]string{"base/sa.yaml": account, "a/r.yaml": runner, "b/r.yaml": runner}, []string{}},
		{"one of the folder above", map[string]string{"sa.yaml": account, "a/r.yaml": runner, "b/r.yaml": runner}, []string{}},
		{"an overlay over a base that has the runner too", map[string]string{"base/sa.yaml": account, "base/r.yaml": runner, "overlays/prod/r.yaml": runner}, []string{}},
		{"less deep than another cluster's", map[string]string{"clusters/a/sa.yaml": account, "clusters/a/r.yaml": runner, "clusters/b/apps/r.yaml": runner}, []string{"KR128"}},
		{"deeper than another cluster's", map[string]string{"clusters/a/r.yaml": runner, "clusters/b/apps/sa.yaml": account, "clusters/b/apps/r.yaml": runner}, []string{"KR128"}},
		{"less deep, each with its own", map[string]string{"clusters/a/sa.yaml": account, "clusters/a/r.yaml": runner, "clusters/b/apps/sa.yaml": account, "clusters/b/apps/r.yaml": runner}, []string{}},
		{"in folders below, of one cluster", map[string]string{"clusters/a/apps/r.yaml": runner, "clusters/a/accounts/x/sa.yaml": account}, []string{}},
		{"a folder over rendered ones", map[string]string{"r.yaml": runner, "rendered/sa.yaml": account, "rendered/r.yaml": runner}, []string{}},
		{"in folders below, of which one has no role", map[string]string{"a/1/sa.yaml": none, "a/2/r.yaml": runner, "b/1/sa.yaml": account, "b/2/r.yaml": runner}, []string{"KR020", "KR061"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := maps.Clone(test.files)
			files["template.yaml"], files["workflow.yaml"] = good["template.yaml"], good["workflow.yaml"]
			write(t, files)
			got, text := foundIDs(t)
			if want := `b/r.yaml:15:27: error KR010: folder "b" has no ServiceAccount "build"; the one of folder "a" is that of another RunnerDeployment of the name`; test.name == "one lacks it" && !strings.Contains(text, want) {
				t.Errorf("want %s", want)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got\n%s\n%s", diff, text)
			}
		})
	}
}

// A job may be given to runners of several roles, such as one in each cluster, if each of them may push.
func TestRunnersOfTwoRoles(t *testing.T) {
	good := readGood(t)
	_, role, _ := strings.Cut(good["template.yaml"], "  Role:\n")
	role, _, _ = strings.Cut(role, "Outputs:\n")
	const pull = "      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly']\n"
	for _, test := range []struct {
		name, role string
		want       []string
	}{
		{"that may push", role, []string{}},
		{"of which one may pull", strings.Replace(role, "      ManagedPolicyArns: [!Ref Push]\n", pull, 1), []string{"KR050", "KR061"}},
		{"of which one trusts another", strings.Replace(role, "runners:build", "runners:web", 1), []string{"KR040"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			other := "  Other:\n" + strings.Replace(test.role, "RoleName: build", "RoleName: other", 1)
			write(t, map[string]string{
				"template.yaml":  strings.Replace(good["template.yaml"], "Outputs:\n", other+"Outputs:\n", 1),
				"workflow.yaml":  good["workflow.yaml"],
				"a/runner.yaml":  good["runner.yaml"],
				"b/runner2.yaml": strings.Replace(good["runner.yaml"], "role/runners/build", "role/runners/other", 1),
			})
			if got, text := foundIDs(t); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
