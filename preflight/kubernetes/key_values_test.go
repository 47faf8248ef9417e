package kubernetes_test

import "testing"

func TestKeyValues(t *testing.T) {
	wantShown(t, `
		ConfigMap@1:1 ns@3:32/m@3:18 A@4:8=b@4:11 N@4:14=1@4:17
		Secret@6:1 -@8:18/s@8:18 K@9:8=-@9:8 L@10:14=-@10:14
	`, showKeyValues(read(t, `
apiVersion: v1
kind: ConfigMap
metadata: {name: m, namespace: ns}
data: {A: b, N: 1}
---
apiVersion: v1
kind: Secret
metadata: {name: s}
data: {K: eA==}
stringData: {L: x}
---
apiVersion: bitnami.com/v1alpha1
kind: Secret
metadata: {name: none}
data: {K: x}
`).KeyValues))
}

func TestVariablesOfWholeObjects(t *testing.T) {
	for _, c := range []struct{ name, object, want string }{
		{"of a container", `{apiVersion: v1, kind: Pod, spec: {containers: [{name: a, envFrom: [{prefix: P_, secretRef: {name: s}}, {configMapRef: {name: m}}, {configMapRef: }, {x: y}]}]}}`,
			" Secret@1:93 P_*s@1:100 ConfigMap@1:120 *m@1:127"},
		{"of a spec", `{apiVersion: actions.summerwind.dev/v1alpha1, kind: RunnerDeployment, spec: {template: {spec: {envFrom: [{secretRef: {name: s}}]}}}}`, " Secret@1:118 *s@1:125"},
		{"of a runner that is listed", `{apiVersion: actions.summerwind.dev/v1alpha1, kind: RunnerDeployment, spec: {template: {spec: {envFrom: [{secretRef: {name: s}}], containers: [{name: runner, env: [{name: A}]}]}}}}`, " Secret@1:118 *s@1:125"},
		{"of a runner that has its own", `{apiVersion: actions.summerwind.dev/v1alpha1, kind: RunnerDeployment, spec: {template: {spec: {envFrom: [{secretRef: {name: s}}], containers: [{name: runner, envFrom: [{secretRef: {name: own}}]}]}}}}`, " Secret@1:181 *own@1:188"},
	} {
		if got := showSources(read(t, c.object).Workloads[0].Containers[0].EnvFrom); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPodsAreOnTheirNode(t *testing.T) {
	wantShown(t, `
		Pod@1:1 -@3:10/-@3:10 runner=false legacy=false scaleset=false
		account -@5:3 fsGroup -@5:3
		runtime kata@5:21
		volumes -@7:7 -@8:7=/var/run/docker.sock@8:24 -@9:7
		annotations
	`, showWorkloads(read(t, `
apiVersion: v1
kind: Pod
metadata:
spec:
  runtimeClassName: kata
  volumes:
    - emptyDir: {}
    - hostPath: {path: /var/run/docker.sock}
    - hostPath: {}
`).Workloads))
}
