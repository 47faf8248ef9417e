package kubernetes_test

import "testing"

func TestScaleSetRunners(t *testing.T) {
	testWorkloads(t, []workloadCase{
		{"AutoscalingRunnerSet", `
apiVersion: actions.github.com/v1alpha1
kind: AutoscalingRunnerSet
metadata:
  name: set
  namespace: arc
spec:
  githubConfigUrl: https://github.com/octo-org
  runnerGroup: builders
  runnerScaleSetName: push
  runnerScaleSetLabels: [linux, x64]
  template:
    metadata: {annotations: {a: b}}
    spec:
      serviceAccountName: pusher
      securityContext: {fsGroup: 1001}
      initContainers:
        - name: dind
          securityContext: {privileged: true}
      containers:
        - name: side
        - name: runner
          image: ghcr.io/actions/actions-runner:2
          env:
            - {name: AWS_EC2_METADATA_DISABLED, value: "true"}
`, `
AutoscalingRunnerSet@1:1 arc@5:14/set@4:9 runner=true legacy=false scaleset=true
scope - - - group builders@8:16 url https://github.com/octo-org@7:20
labels push@9:23 linux@10:26 x64@10:33
mode -@7:3 within -
account pusher@14:27 fsGroup 1001@15:34
annotations a@12:30=b@12:33
container@21:11 runner@21:17 image ghcr.io/actions/actions-runner:2@22:18 privileged -@21:11 AWS_EC2_METADATA_DISABLED@24:15=true@24:56
container@20:11 side@20:17 image -@20:11 privileged -@20:11
container@17:11 dind@17:17 image -@17:11 privileged true@18:41
`},
		{"with hooks, and labelled by the object's name", `
apiVersion: actions.github.com/v1alpha1
kind: AutoscalingRunnerSet
metadata: {name: set}
spec:
  template:
    spec:
      containers:
        - name: runner
          env:
            - name: ACTIONS_RUNNER_CONTAINER_HOOKS
              value: /home/runner/k8s/index.js
            - name: ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE
              value: /etc/template.yaml
`, `
AutoscalingRunnerSet@1:1 -@3:18/set@3:18 runner=true legacy=false scaleset=true
scope - - - group -@5:3 url -@5:3
labels set@3:18
mode kubernetes@10:15 within -
account -@7:7 fsGroup -@7:7
annotations
container@8:11 runner@8:17 image -@8:11 privileged -@8:11 ACTIONS_RUNNER_CONTAINER_HOOKS@10:15=/home/runner/k8s/index.js@11:22 ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE@12:15=/etc/template.yaml@13:22
`},
		{"with the hooks that need no volume", `
apiVersion: actions.github.com/v1alpha1
kind: EphemeralRunner
metadata: {name: set-x}
spec: {spec: {containers: [{name: runner, env: [{name: ACTIONS_RUNNER_CONTAINER_HOOKS, value: /home/runner/k8s-novolume/index.js}]}]}}
`, `
EphemeralRunner@1:1 -@3:18/set-x@3:18 runner=true legacy=false scaleset=true
scope - - - group -@4:7 url -@4:7
labels
mode kubernetes-novolume@4:49 within -
account -@4:14 fsGroup -@4:14
annotations
container@4:28 runner@4:35 image -@4:28 privileged -@4:28 ACTIONS_RUNNER_CONTAINER_HOOKS@4:49=/home/runner/k8s-novolume/index.js@4:95
`},
		{"hooks of others, empty hooks and a template alone are no mode", `
apiVersion: actions.github.com/v1alpha1
kind: AutoscalingRunnerSet
metadata: {name: set}
spec:
  template:
    spec:
      containers:
        - name: runner
          env: [{name: ACTIONS_RUNNER_CONTAINER_HOOKS}, {name: ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE, value: t}]
        - name: side
          env: [{name: ACTIONS_RUNNER_CONTAINER_HOOKS, value: x}]
`, `
AutoscalingRunnerSet@1:1 -@3:18/set@3:18 runner=true legacy=false scaleset=true
scope - - - group -@5:3 url -@5:3
labels set@3:18
mode -@5:3 within -
account -@7:7 fsGroup -@7:7
annotations
container@8:11 runner@8:17 image -@8:11 privileged -@8:11 ACTIONS_RUNNER_CONTAINER_HOOKS@9:17=@9:17 ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE@9:57=t@9:111
container@10:11 side@10:17 image -@10:11 privileged -@10:11 ACTIONS_RUNNER_CONTAINER_HOOKS@11:17=x@11:63
`},
		{"EphemeralRunnerSet", `
apiVersion: actions.github.com/v1alpha1
kind: EphemeralRunnerSet
metadata: {name: set}
spec:
  ephemeralRunnerSpec:
    githubConfigUrl: https://github.com/o/r
    metadata: {annotations: {a: b}}
    spec:
      serviceAccountName: pusher
      containers:
        - {name: runner, env: [{name: ACTIONS_RUNNER_CONTAINER_HOOKS, valueFrom: {configMapKeyRef: {}}}]}
`, `
EphemeralRunnerSet@1:1 -@3:18/set@3:18 runner=true legacy=false scaleset=true
scope - - - group -@6:5 url https://github.com/o/r@6:22
labels
mode kubernetes@11:32 within -
account pusher@9:27 fsGroup -@9:7
annotations a@7:30=b@7:33
container@11:11 runner@11:18 image -@11:11 privileged -@11:11 ACTIONS_RUNNER_CONTAINER_HOOKS@11:32=-@11:32 from configMapKeyRef  of ConfigMap@11:100 *-@11:100
`},
		{"EphemeralRunner", `
apiVersion: actions.github.com/v1alpha1
kind: EphemeralRunner
metadata: {name: set-x}
spec:
  githubConfigUrl: https://github.com/o/r
  metadata: {annotations: {a: b}}
  spec: {serviceAccountName: pusher}
`, `
EphemeralRunner@1:1 -@3:18/set-x@3:18 runner=true legacy=false scaleset=true
scope - - - group -@5:3 url https://github.com/o/r@5:20
labels
mode -@5:3 within -
account pusher@7:30 fsGroup -@7:9
annotations a@6:28=b@6:31
`},
	})
}
