package kubernetes_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// kubernetes issue 14948: a plain true in env is refused.
func TestValuesThatHaveToBeText(t *testing.T) {
	for _, c := range []struct {
		name, object string
		want         []string
	}{
		{"a boolean, a number and words of YAML 1.1 in env", `
kind: RunnerDeployment
apiVersion: actions.summerwind.dev/v1alpha1
spec: {template: {spec: {env: [{name: A, value: true}, {name: B, value: 1}, {name: C, value: yes}, {name: D, value: "yes"}, {name: E, value: "1"}, {name: F, value: text}, {name: G}]}}}`,
			[]string{"spec.template.spec.env[A].value = true", "spec.template.spec.env[B].value = 1", "spec.template.spec.env[C].value = yes"}},
		{"of the Docker sidecar", `
kind: RunnerDeployment
apiVersion: actions.summerwind.dev/v1alpha1
spec: {template: {spec: {dockerEnv: [{name: A, value: 0x1}]}}}`, []string{"spec.template.spec.dockerEnv[A].value = 0x1"}},
		{"annotations and labels", `
kind: ServiceAccount
apiVersion: v1
metadata: {annotations: {a: true, b: "true", c: null, e: [f]}, labels: {d: 2}}`, []string{"metadata.annotations.a = true", "metadata.annotations.e = a list", "metadata.labels.d = 2"}},
		{"of a Pod template", `
kind: Deployment
apiVersion: apps/v1
spec: {template: {metadata: {annotations: {a: 1}}, spec: {nodeSelector: {b: true}, containers: [{args: [2], command: [sh]}]}}}`,
			[]string{"spec.template.metadata.annotations.a = 1", "spec.template.spec.nodeSelector.b = true", "spec.template.spec.containers.args = 2"}},
		{"one text for a list", `
kind: RunnerDeployment
apiVersion: actions.summerwind.dev/v1alpha1
spec: {template: {spec: {labels: images, containers: [{name: runner, command: sh, args: }]}}}`, []string{"spec.template.spec.labels = images", "spec.template.spec.containers.command = sh"}},
		{"text for an object, and an object for a list", `
kind: AutoscalingRunnerSet
apiVersion: actions.github.com/v1alpha1
spec: {template: {spec: {imagePullSecrets: [pull, {name: x}], containers: [{name: runner, env: {A: b}, volumeMounts: }], volumes: []}}}`, []string{"spec.template.spec.imagePullSecrets = pull", "spec.template.spec.containers.env = an object"}},
		{"text for an object of a ServiceAccount", `
kind: ServiceAccount
apiVersion: v1
imagePullSecrets: [pull]`, []string{"imagePullSecrets = pull"}},
		{"a number of the Docker sidecar in quotes", `
kind: RunnerDeployment
apiVersion: actions.summerwind.dev/v1alpha1
spec: {template: {spec: {dockerMTU: "1400"}}}`, []string{"spec.template.spec.dockerMTU = 1400"}},
		{"labels of a runner", `
kind: Runner
apiVersion: actions.summerwind.dev/v1alpha1
spec: {labels: [22, "22", push]}`, []string{"spec.labels = 22"}},
		{"numbers and booleans in their place", `
kind: Deployment
apiVersion: apps/v1
spec: {replicas: 1, template: {spec: {automountServiceAccountToken: false, containers: [{securityContext: {privileged: true}}]}}}`, nil},
		{"numbers and booleans in quotes", `
kind: AutoscalingRunnerSet
apiVersion: actions.github.com/v1alpha1
spec: {minRunners: "0", maxRunners: 5, template: {spec: {automountServiceAccountToken: "false", securityContext: {fsGroup: "1001"}, containers: [{securityContext: {privileged: "true", runAsUser: 0}}]}}}`,
			[]string{"spec.minRunners = 0", "spec.template.spec.automountServiceAccountToken = false", "spec.template.spec.securityContext.fsGroup = 1001", "spec.template.spec.containers.securityContext.privileged = true"}},
		{"a number for a boolean, and words of YAML 1.1", `
kind: RunnerDeployment
apiVersion: actions.summerwind.dev/v1alpha1
spec: {template: {spec: {dockerEnabled: 0, dockerdWithinRunnerContainer: no, ephemeral: "no"}}}`, []string{"spec.template.spec.dockerEnabled = 0", "spec.template.spec.ephemeral = no"}},
		{"a volume called ephemeral, and nothing", `
kind: Deployment
apiVersion: apps/v1
spec: {replicas: null, template: {spec: {volumes: [{name: a, ephemeral: {volumeClaimTemplate: {}}}]}}}`, nil},
		{"of a ServiceAccount", `
kind: ServiceAccount
apiVersion: v1
automountServiceAccountToken: "true"`, []string{"automountServiceAccountToken = true"}},
		{"another kind's env", `
kind: HelmRelease
apiVersion: helm.toolkit.fluxcd.io/v2
spec: {values: {env: [{name: A, value: true}]}}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			roots, err := source.Parse("f.yaml", []byte(c.object))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, value := range kubernetes.Read(roots[0]).Objects[0].Mistyped {
				got = append(got, fmt.Sprintf("%s = %s", value.Path, value.Value))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
