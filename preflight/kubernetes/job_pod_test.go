package kubernetes_test

import (
	"testing"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
)

// scaleSetInPods is a scale set whose hooks are in the folder FOLDER, with the template of its
// jobs' Pods.
const scaleSetInPods = `
apiVersion: actions.github.com/v1alpha1
kind: AutoscalingRunnerSet
metadata: {name: r, namespace: ns}
spec:
  githubConfigUrl: https://github.com/o/r
  template: {spec: {serviceAccountName: runner, containers: [{name: runner, env: [{name: ACTIONS_RUNNER_CONTAINER_HOOKS, value: /home/runner/k8s/index.js}]}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: m, namespace: ns}
data:
  job.yaml: |
    metadata:
      namespace: other
      annotations: {a: b}
    spec:
      serviceAccountName: build
      securityContext: {fsGroup: 1}
      volumes: [{name: cache, hostPath: {path: /cache}}]
      containers:
      - name: beside
      - name: $job
        image: ignored
        env: [{name: A, value: b}]
        volumeMounts: [{name: cache, mountPath: /cache}]
        securityContext: {privileged: true}
      - name: $job
        env: [{name: SECOND, value: b}]
      - name: $redis
      initContainers: [{name: first}]
`

func TestJobPod(t *testing.T) {
	const scope = `
		scope - - - group -@5:3 url https://github.com/o/r@5:20
		labels r@3:18`
	all := read(t, scaleSetInPods)
	template, err := kubernetes.HookTemplate(all.KeyValues[0].Keys[0])
	if err != nil {
		t.Fatal(err)
	}
	made := kubernetes.JobPod(&all.Workloads[0], template)
	wantShown(t, `
		AutoscalingRunnerSet@13:0 ns@3:32/r@3:18 runner=true legacy=false scaleset=true`+scope+`
		mode -@6:83 within -
		account build@17:0 fsGroup 1@18:0
		volumes work cache@19:0=/cache@19:0
		annotations a@15:0=b@15:0
		container@22:0 job@22:0 image - privileged true@26:0 A@24:0=b@24:0 mounts work:/__w work:/__e work:/github/home work:/github/workflow cache@25:0:/cache@25:0
		container@21:0 beside@21:0 image -@21:0 privileged -@21:0
		container@30:0 first@30:0 image -@30:0 privileged -@30:0
	`, showWorkloads([]facts.Workload{made}))
	all.Workloads[0].ContainerMode.Value = "kubernetes-novolume"
	without := kubernetes.JobPod(&all.Workloads[0], nil)
	wantShown(t, `
		AutoscalingRunnerSet@6:83 ns@3:32/r@3:18 runner=true legacy=false scaleset=true`+scope+`
		mode -@6:83 within -
		account -@6:83 fsGroup -@6:83
		volumes externals github
		annotations
		container job image - privileged - mounts externals:/__e github:/github
	`, showWorkloads([]facts.Workload{without}))
}

func TestHookTemplate(t *testing.T) {
	for _, test := range []struct{ data, want string }{
		{"{k: 'spec: {serviceAccountName: a}'}", "5:11"},
		{"{k: \"{\\\"spec\\\": {}}\"}", "5:11"},
		{"\n  k: |\n    # a comment\n    spec: {}\n", "8:0"},
		{"{k: 'spec: {}, x'}", "not YAML: did not find expected key"},
		{"{k: 'spec: {a: b'}", "not YAML: did not find expected ',' or '}'"},
		{"{k: ''}", "the file is empty"},
		{"\n  k: |\n    a: 1\n    ---\n    b: 1\n", "it has 2 documents; want one"},
		{"{k: '[]'}", "it is a list; want an object"},
	} {
		kv := read(t, "apiVersion: v1\nkind: ConfigMap\n\n\ndata: "+test.data).KeyValues[0]
		template, err := kubernetes.HookTemplate(kv.Keys[0])
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = place(template.Place)[1:]
		}
		if got != test.want {
			t.Errorf("%q: got %q, want %q", test.data, got, test.want)
		}
	}
}
