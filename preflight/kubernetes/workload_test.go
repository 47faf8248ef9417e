package kubernetes_test

import "testing"

// testWorkloads reads texts and compares what makes Pods in them.
func testWorkloads(t *testing.T, cases []workloadCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			wantShown(t, c.want, showWorkloads(read(t, c.text).Workloads))
		})
	}
}

type workloadCase struct{ name, text, want string }

func TestWorkloadsOfKubernetes(t *testing.T) {
	testWorkloads(t, []workloadCase{
		{"Pod", `
apiVersion: v1
kind: Pod
metadata:
  name: shell
  namespace: build
  annotations:
    eks.amazonaws.com/skip-containers: log
spec:
  serviceAccountName: pusher
  securityContext:
    fsGroup: 1001
    runAsUser: 1000
  containers:
    - name: shell
      image: alpine:3
      securityContext:
        privileged: true
      env:
        - name: PLAIN
          value: a
        - name: SECRET
          valueFrom:
            secretKeyRef: {name: s, key: k}
        - name: EMPTY
        - name: NUMBER
          value: 1
    - name: log
  initContainers:
    - image: init:1
      name: init
`, `
Pod@1:1 build@5:14/shell@4:9 runner=false legacy=false scaleset=false
account pusher@9:23 fsGroup 1001@11:14
annotations eks.amazonaws.com/skip-containers@7:5=log@7:40
container@14:7 shell@14:13 image alpine:3@15:14 privileged true@17:21 PLAIN@19:11=a@20:18 SECRET@21:11=-@21:11 from secretKeyRef k of Secret@23:27 *s@23:34 EMPTY@24:11=@24:11 NUMBER@25:11=1@26:18
container@27:7 log@27:13 image -@27:7 privileged -@27:7
container@29:7 init@30:13 image init:1@29:14 privileged -@29:7
`},
		{"Deployment with the old name of the field", `
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  template:
    metadata:
      annotations: {a: b}
    spec:
      serviceAccount: old
      containers: [{name: c}]
`, `
Deployment@1:1 -@3:18/d@3:18 runner=false legacy=false scaleset=false
account old@9:23 fsGroup -@9:7
annotations a@7:21=b@7:24
container@10:20 c@10:27 image -@10:20 privileged -@10:20
`},
		{"the new name of the field wins", `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: d}
spec: {template: {spec: {serviceAccount: old, serviceAccountName: new}}}
`, `
ReplicaSet@1:1 -@3:18/d@3:18 runner=false legacy=false scaleset=false
account new@4:67 fsGroup -@4:25
annotations
`},
		{"an empty name is none", `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: d, namespace: ""}
spec: {template: {spec: {serviceAccount: old, serviceAccountName: ""}}}
`, `
StatefulSet@1:1 -@3:32/d@3:18 runner=false legacy=false scaleset=false
account old@4:42 fsGroup -@4:25
annotations
`},
		{"DaemonSet", `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: d}
spec: {template: {spec: {serviceAccountName: a}}}
`, `
DaemonSet@1:1 -@3:18/d@3:18 runner=false legacy=false scaleset=false
account a@4:46 fsGroup -@4:25
annotations
`},
		{"Job", `
apiVersion: batch/v1
kind: Job
metadata: {generateName: d-}
spec: {template: {spec: {serviceAccountName: a}}}
`, `
Job@1:1 -@3:11/-@3:11 runner=false legacy=false scaleset=false
account a@4:46 fsGroup -@4:25
annotations
`},
		{"CronJob", `
apiVersion: batch/v1
kind: CronJob
metadata: {name: d}
spec: {jobTemplate: {spec: {template: {metadata: {annotations: {k: v}}, spec: {serviceAccountName: a}}}}}
`, `
CronJob@1:1 -@3:18/d@3:18 runner=false legacy=false scaleset=false
account a@4:100 fsGroup -@4:79
annotations k@4:65=v@4:68
`},
		{"ReplicationController", `
apiVersion: v1
kind: ReplicationController
metadata: {name: d}
spec: {template: {spec: {serviceAccountName: a}}}
`, `
ReplicationController@1:1 -@3:18/d@3:18 runner=false legacy=false scaleset=false
account a@4:46 fsGroup -@4:25
annotations
`},
		{"without a template", `
apiVersion: batch/v1
kind: Job
metadata: {name: d}
`, `
Job@1:1 -@3:18/d@3:18 runner=false legacy=false scaleset=false
account -@1:1 fsGroup -@1:1
annotations
`},
		{"kinds of others by the same names", `
apiVersion: batch.volcano.sh/v1alpha1
kind: Job
spec: {template: {spec: {serviceAccountName: a}}}
---
apiVersion: example.com/v1
kind: RunnerDeployment
---
apiVersion: apps/v1
kind: Pod
---
apiVersion: actions.summerwind.dev/v1alpha1
kind: HorizontalRunnerAutoscaler
---
apiVersion: actions.github.com/v1alpha1
kind: AutoscalingListener
`, ``},
	})
}

func TestPrivilegedIsReadAsKubectlReadsIt(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"true", "true"}, {"True", "true"}, {"yes", "true"}, {"on", "true"}, {"y", "true"},
		{"false", "false"}, {"No", "false"}, {"off", "false"}, {"n", "false"},
		{"maybe", "maybe"},
	} {
		pod := read(t, "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, securityContext: {privileged: "+c.written+"}}]}").Workloads[0]
		if got := pod.Containers[0].Privileged.Value; got != c.want {
			t.Errorf("%s: got %q, want %q", c.written, got, c.want)
		}
	}
}

func TestVariables(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{`{name: A, value: ""}`, ` A@3:37=@3:54`},
		{`{name: A, value: null}`, ` A@3:37=@3:37`},
		{`{name: A, value: [x]}`, ` A@3:37=-@3:37`},
		{`{name: A, value: "", valueFrom: {fieldRef: {}}}`, ` A@3:37=-@3:37 from fieldRef`},
		{`{name: A, value: b, valueFrom: {fieldRef: {}}}`, ` A@3:37=b@3:54`},
		{`{name: A, valueFrom: {secretKeyRef: null, configMapKeyRef: {}}}`, ` A@3:37=-@3:37 from configMapKeyRef  of ConfigMap@3:96 *-@3:96`},
		{`{name: A, valueFrom: {configMapKeyRef: {name: m, key: k}}}`, ` A@3:37=-@3:37 from configMapKeyRef k of ConfigMap@3:76 *m@3:83`},
		{`{name: A, valueFrom: {}}`, ` A@3:37=@3:37`},
		{`{name: 1, value: 2}`, ` 1@3:37=2@3:54`},
		{`{value: b}`, ` @3:37=b@3:45`},
		{`A=b`, ``},
	} {
		pod := read(t, "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, env: ["+c.written+"]}]}").Workloads[0]
		if got := showEnv(pod.Containers[0].Env); got != c.want {
			t.Errorf("%s: got %q, want %q", c.written, got, c.want)
		}
	}
}
