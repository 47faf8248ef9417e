package preflight_test

import (
	"slices"
	"testing"
)

// The API server knows the kinds of the controllers and of ServiceAccounts by group, version and
// name.
func TestKindsThatThereAreNot(t *testing.T) {
	const (
		legacy = "apiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\n"
		sa     = "apiVersion: v1\nkind: ServiceAccount\n"
	)
	set := func(apiVersion, kind string) string {
		return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: a, namespace: a}\n"
	}
	for _, c := range []struct {
		name     string
		old, new string
		more     string
		want     []string
	}{
		{"as they are", "", "", "", []string{}},
		{"a version of the legacy group", legacy, "apiVersion: actions.summerwind.dev/v1\nkind: RunnerDeployment\n", "", []string{"KR200"}},
		{"the legacy group by its folder", legacy, "apiVersion: actions.summerwind.net/v1alpha1\nkind: RunnerDeployment\n", "", []string{"KR001", "KR200"}},
		{"the other controller's group", legacy, "apiVersion: actions.github.com/v1alpha1\nkind: RunnerDeployment\n", "", []string{"KR001", "KR200"}},
		{"another version of a ServiceAccount", sa, "apiVersion: v1beta1\nkind: ServiceAccount\n", "", []string{"KR200"}},
		{"a group of a ServiceAccount", sa, "apiVersion: core/v1\nkind: ServiceAccount\n", "", []string{"KR010", "KR200"}},
		{"a capital letter", "", "", set("actions.github.com/v1alpha1", "AutoScalingRunnerSet"), []string{"KR200"}},
		{"small letters", "", "", set("actions.summerwind.dev/v1alpha1", "horizontalrunnerautoscaler"), []string{"KR200"}},
		{"a listener", "", "", set("actions.github.com/v1alpha1", "AutoscalingListener"), []string{}},
		{"a kind of another generation", "", "", set("actions.github.com/v1alpha1", "HorizontalRunnerAutoscaler"), []string{"KR200"}},
		{"a runner of another product", "", "", set("apps.gitlab.com/v1beta2", "Runner"), []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var edits []edit
			if c.old != "" {
				edits = []edit{{"runner.yaml", c.old, c.new}}
			}
			more := map[string]string{}
			if c.more != "" {
				more["more.yaml"] = c.more
			}
			got, text := ids(t, edits, more)
			slices.Sort(got)
			if got = slices.Compact(got); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q\n%s", got, c.want, text)
			}
		})
	}
}
