package preflight_test

import (
	"slices"
	"strings"
	"testing"
)

// An autoscaler scales what it names in its namespace, if it has both bounds.
func TestAutoscalers(t *testing.T) {
	const good = "apiVersion: actions.summerwind.dev/v1alpha1\nkind: HorizontalRunnerAutoscaler\nmetadata: {name: build, namespace: runners}\nspec:\n" +
		"  scaleTargetRef: {kind: RunnerDeployment, name: build}\n  minReplicas: 0\n  maxReplicas: 5\n" +
		"  scaleUpTriggers: [{githubEvent: {workflowJob: {}}, duration: 30m}]\n"
	replicas := func(number string) []edit {
		return []edit{{"runner.yaml", "spec:\n  template:\n", "spec:\n  replicas: " + number + "\n  template:\n"}}
	}
	for _, test := range []struct {
		name     string
		old, new string
		edits    []edit
		want     []string
	}{
		{"as it should be", "", "", nil, nil},
		{"of the kind that is the default", "kind: RunnerDeployment, ", "", nil, nil},
		{"of another kind", "kind: RunnerDeployment", "kind: RunnerSet", nil, []string{"KR171"}},
		{"of another name", "name: build}\n  min", "name: builds}\n  min", nil, []string{"KR171"}},
		{"in another namespace", "namespace: runners", "namespace: ci", nil, []string{"KR171"}},
		{"without a minimum", "  minReplicas: 0\n", "", nil, []string{"KR172"}},
		{"without a maximum", "  maxReplicas: 5\n", "", nil, []string{"KR172"}},
		{"with the minimum above the maximum", "minReplicas: 0", "minReplicas: 6", nil, []string{"KR172"}},
		{"with the minimum at the maximum", "minReplicas: 0", "minReplicas: 5", nil, nil},
		{"with a maximum of none", "maxReplicas: 5", "maxReplicas: 0", nil, []string{"KR174"}},
		{"with a trigger of no event", "{workflowJob: {}}", "{}", nil, []string{"KR174"}},
		{"with a trigger of another event", "{workflowJob: {}}", "{pullRequest: {types: [synchronize]}}", nil, []string{"KR174"}},
		{"with two triggers", "duration: 30m}", "duration: 30m}, {githubEvent: {workflowJob: {}}}", nil, []string{"KR174"}},
		{"without a trigger", "  scaleUpTriggers: [{githubEvent: {workflowJob: {}}, duration: 30m}]\n", "", nil, []string{"KR174"}},
		{"without a trigger, with a metric", "scaleUpTriggers: [{githubEvent: {workflowJob: {}}, duration: 30m}]", "metrics: [{type: PercentageRunnersBusy}]", nil, nil},
		{"without a trigger, with a minimum", "  minReplicas: 0\n  maxReplicas: 5\n  scaleUpTriggers: [{githubEvent: {workflowJob: {}}, duration: 30m}]\n", "  minReplicas: 1\n  maxReplicas: 5\n", nil, nil},
		{"of a number that is written too", "", "", replicas("3"), []string{"KR173"}},
		{"that raises none", "", "", replicas("0"), []string{"KR173"}},
		{"of a number that it wrote itself", "", "", append(replicas("3"), edit{"runner.yaml", "  namespace: runners\nspec:\n", "  namespace: runners\n  resourceVersion: \"7\"\nspec:\n"}), nil},
		{"of others, and none", "name: build}\n  min", "name: builds}\n  min", replicas("0"), []string{"KR171", "KR174"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.old != "" && strings.Count(good, test.old) != 1 {
				t.Fatalf("%q is not once in the autoscaler", test.old)
			}
			got, output := ids(t, test.edits, map[string]string{"autoscaler.yaml": strings.Replace(good, test.old, test.new, 1)})
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, output)
			}
		})
	}
}

// The legacy controller makes no Pod of what the API server accepts.
func TestRunnersThatTheLegacyControllerRefuses(t *testing.T) {
	const (
		account = "      serviceAccountName: build\n"
		mode    = "      containerMode: kubernetes\n"
		claim   = "      workVolumeClaimTemplate: {storageClassName: gp3, accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}\n"
		work    = "      volumes: [{name: work, emptyDir: {}}]\n"
		mount   = "      volumeMounts: [{name: work, mountPath: /work}]\n"
	)
	for _, test := range []struct {
		name, lines string
		want        bool
	}{
		{"kubernetes with a claim", mode + claim, false},
		{"kubernetes without a claim", mode, true},
		{"kubernetes with a claim of one Pod", mode + strings.Replace(claim, "ReadWriteOnce", "ReadWriteOncePod", 1), true},
		{"kubernetes with a claim of no access", mode + strings.Replace(claim, "[ReadWriteOnce]", "[]", 1), true},
		{"kubernetes with a claim of many", mode + strings.Replace(claim, "ReadWriteOnce", "ReadWriteMany", 1), false},
		{"kubernetes with a volume work", mode + claim + work, true},
		{"kubernetes with a mount work", mode + claim + mount, true},
		{"its own volume work", work + mount, false},
		{"no volume to share with the sidecar", "      volumeSizeLimit: 0\n", true},
		{"no volume and no sidecar", "      volumeSizeLimit: 0\n      dockerEnabled: false\n", false},
		{"a small volume", "      volumeSizeLimit: 10Gi\n", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, output := ids(t, []edit{{"runner.yaml", account, account + test.lines}}, nil)
			if slices.Contains(got, "KR170") != test.want {
				t.Errorf("got %q, want KR170 %t\n%s", got, test.want, output)
			}
		})
	}
}
