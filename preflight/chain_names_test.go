package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight"
)

func TestNamesOfChains(t *testing.T) {
	write(t, map[string]string{"runners.yaml": `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: runner-deployment, namespace: runners, labels: {app.kubernetes.io/instance: build}}
spec: {template: {spec: {organization: octo-org}}}
---
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: same, labels: {app.kubernetes.io/instance: same}}
spec: {template: {spec: {organization: octo-org}}}
---
apiVersion: actions.github.com/v1alpha1
kind: AutoscalingRunnerSet
metadata: {name: set, namespace: arc, labels: {app.kubernetes.io/instance: release}}
spec: {githubConfigUrl: https://github.com/octo-org, runnerScaleSetName: on-github, template: {spec: {containers: [{name: runner}]}}}
---
apiVersion: actions.github.com/v1alpha1
kind: AutoscalingRunnerSet
metadata: {name: plain, namespace: arc}
spec: {githubConfigUrl: https://github.com/octo-org, template: {spec: {containers: [{name: runner}]}}}
`})
	facts, _, err := preflight.Read(preflight.Input{Paths: []string{"."}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, chain := range preflight.Check(facts).Chains {
		got[chain.Workload] = chain.Names
	}
	want := map[string][]string{
		"RunnerDeployment runners/runner-deployment": {"build", "runner-deployment", "runners/runner-deployment", "RunnerDeployment runners/runner-deployment"},
		"RunnerDeployment ?/same":                    {"same", "?/same", "RunnerDeployment ?/same"},
		"AutoscalingRunnerSet arc/set":               {"release", "set", "on-github", "arc/set", "AutoscalingRunnerSet arc/set"},
		"AutoscalingRunnerSet arc/plain":             {"plain", "arc/plain", "AutoscalingRunnerSet arc/plain"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
