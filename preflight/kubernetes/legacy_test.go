package kubernetes_test

import "testing"

func TestLegacyRunners(t *testing.T) {
	testWorkloads(t, []workloadCase{
		{"RunnerDeployment with everything", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata:
  name: build
  namespace: runners
  annotations: {not: the-pods}
spec:
  template:
    metadata:
      annotations:
        eks.amazonaws.com/skip-containers: docker
    spec:
      organization: octo-org
      group: builders
      labels:
        - push
        - x64
      image: runner:ubuntu-22.04
      serviceAccountName: pusher
      dockerEnabled: true
      dockerdWithinRunnerContainer: false
      containerMode: ""
      securityContext:
        fsGroup: 1001
        runAsUser: 1000
      env:
        - name: A
          value: "1"
      dockerEnv:
        - {name: D, value: d}
      sidecarContainers:
        - name: side
      initContainers:
        - name: init
`, `
RunnerDeployment@1:1 runners@5:14/build@4:9 runner=true legacy=true scaleset=false
scope -@13:7 octo-org@13:21 -@13:7 group builders@14:14 url -@13:7
labels push@16:11 x64@17:11
mode -@22:22 within false@21:37
account pusher@19:27 fsGroup 1001@24:18
volumes runner work var-run
annotations eks.amazonaws.com/skip-containers@11:9=docker@11:44
container@13:7 runner@13:7 image runner:ubuntu-22.04@18:14 privileged -@13:7 A@27:11=1@28:18 mounts runner:/runner work:/runner/_work var-run:/run
container@13:7 docker@13:7 image @13:7 privileged true@13:7 D@30:11=d@30:28 mounts runner:/runner work:/runner/_work var-run:/run
container@32:11 side@32:17 image -@32:11 privileged -@32:11
container@34:11 init@34:17 image -@34:11 privileged -@34:11
`},
		{"a listed runner takes image and variables of the spec and comes first", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: r}
spec:
  template:
    spec:
      repository: o/r
      image: spec:1
      env: [{name: SPEC}]
      dockerEnv: [{name: DOCKER}]
      containers:
        - {name: log, image: log:1}
        - {name: docker, image: dind:1}
        - {name: runner, image: own:1}
`, `
RunnerDeployment@1:1 -@3:18/r@3:18 runner=true legacy=true scaleset=false
scope o/r@7:19 -@7:7 -@7:7 group -@7:7 url -@7:7
labels
mode -@7:7 within -@7:7
account -@7:7 fsGroup -@7:7
volumes runner work var-run
annotations
container@14:11 runner@14:18 image spec:1@8:14 privileged -@14:11 SPEC@9:13=@9:13 mounts runner:/runner work:/runner/_work var-run:/run
container@12:11 log@12:18 image log:1@12:30 privileged -@12:11
container@13:11 docker@13:18 image dind:1@13:33 privileged true@13:11 DOCKER@10:19=@10:19 mounts runner:/runner work:/runner/_work var-run:/run
`},
		{"a listed container keeps its own variables and the rest", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerReplicaSet
metadata: {name: r}
spec:
  template:
    spec:
      enterprise: e
      env: [{name: SPEC}]
      dockerEnv: [{name: DOCKER}]
      containers:
        - {name: runner, image: own:1, env: [{name: OWN}]}
        - {name: docker, env: [{name: MINE}], securityContext: {}}
`, `
RunnerReplicaSet@1:1 -@3:18/r@3:18 runner=true legacy=true scaleset=false
scope -@7:7 -@7:7 e@7:19 group -@7:7 url -@7:7
labels
mode -@7:7 within -@7:7
account -@7:7 fsGroup -@7:7
volumes runner work var-run
annotations
container@11:11 runner@11:18 image own:1@11:33 privileged -@11:11 OWN@11:46=@11:46 mounts runner:/runner work:/runner/_work var-run:/run
container@12:11 docker@12:18 image -@12:11 privileged -@12:11 MINE@12:32=@12:32 mounts runner:/runner work:/runner/_work var-run:/run
`},
		{"a runner that is not listed beside others has no variables", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: r}
spec:
  template:
    spec:
      repository: o/r
      env: [{name: SPEC}]
      containers:
        - {name: log}
`, `
RunnerDeployment@1:1 -@3:18/r@3:18 runner=true legacy=true scaleset=false
scope o/r@7:19 -@7:7 -@7:7 group -@7:7 url -@7:7
labels
mode -@7:7 within -@7:7
account -@7:7 fsGroup -@7:7
volumes runner work var-run
annotations
container@7:7 runner@7:7 image -@7:7 privileged -@7:7 mounts runner:/runner work:/runner/_work var-run:/run
container@10:11 log@10:18 image -@10:11 privileged -@10:11
container@7:7 docker@7:7 image @7:7 privileged true@7:7 mounts runner:/runner work:/runner/_work var-run:/run
`},
		{"kubernetes mode drops Docker, and the old name of the field does not count", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: r}
spec:
  template:
    spec:
      containerMode: kubernetes
      serviceAccount: old
      dockerdWithinRunnerContainer: true
      containers: [{name: docker}, {name: runner}]
`, `
RunnerDeployment@1:1 -@3:18/r@3:18 runner=true legacy=true scaleset=false
scope -@7:7 -@7:7 -@7:7 group -@7:7 url -@7:7
labels
mode kubernetes@7:22 within true@9:37
account -@7:7 fsGroup -@7:7
volumes runner work
annotations
container@10:36 runner@10:43 image -@10:36 privileged -@10:36 ACTIONS_RUNNER_CONTAINER_HOOKS@7:7=/runner/k8s/index.js ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER@7:7=true mounts runner:/runner work:/runner/_work
`},
		{"Docker within the runner makes it privileged, and no sidecar", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: r}
spec:
  template:
    spec:
      dockerdWithinRunnerContainer: true
      containers: [{name: runner, securityContext: {privileged: false}}, {name: docker}]
`, `
RunnerDeployment@1:1 -@3:18/r@3:18 runner=true legacy=true scaleset=false
scope -@7:7 -@7:7 -@7:7 group -@7:7 url -@7:7
labels
mode -@7:7 within true@7:37
account -@7:7 fsGroup -@7:7
volumes runner
annotations
container@8:20 runner@8:27 image -@8:20 privileged true@7:37 mounts runner:/runner
container@8:74 docker@8:81 image -@8:74 privileged -@8:74
`},
		{"SELinux options make nothing privileged", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: r}
spec:
  template:
    spec:
      securityContext: {seLinuxOptions: {type: t}}
      dockerdWithinRunnerContainer: yes
---
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: s}
spec:
  template:
    spec:
      securityContext: {seLinuxOptions: {type: t}}
      containers: [{name: docker}]
`, `
RunnerDeployment@1:1 -@3:18/r@3:18 runner=true legacy=true scaleset=false
scope -@7:7 -@7:7 -@7:7 group -@7:7 url -@7:7
labels
mode -@7:7 within true@8:37
account -@7:7 fsGroup -@7:24
volumes runner
annotations
container@7:7 runner@7:7 image -@7:7 privileged -@7:7 mounts runner:/runner
RunnerDeployment@10:1 -@12:18/s@12:18 runner=true legacy=true scaleset=false
scope -@16:7 -@16:7 -@16:7 group -@16:7 url -@16:7
labels
mode -@16:7 within -@16:7
account -@16:7 fsGroup -@16:24
volumes runner work var-run
annotations
container@16:7 runner@16:7 image -@16:7 privileged -@16:7 mounts runner:/runner work:/runner/_work var-run:/run
container@17:20 docker@17:27 image -@17:20 privileged -@17:20 mounts runner:/runner work:/runner/_work var-run:/run
`},
		{"Docker that is switched off is an ordinary container", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: r}
spec: {template: {spec: {dockerEnabled: false, containers: [{name: docker}]}}}
`, `
RunnerDeployment@1:1 -@3:18/r@3:18 runner=true legacy=true scaleset=false
scope -@4:25 -@4:25 -@4:25 group -@4:25 url -@4:25
labels
mode -@4:25 within -@4:25
account -@4:25 fsGroup -@4:25
volumes runner
annotations
container@4:25 runner@4:25 image -@4:25 privileged -@4:25 mounts runner:/runner
container@4:61 docker@4:68 image -@4:61 privileged -@4:61
`},
		{"Runner has its Pod's annotations and fields itself", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: Runner
metadata: {name: r, annotations: {a: b}}
spec:
  repository: o/r
  serviceAccountName: pusher
`, `
Runner@1:1 -@3:18/r@3:18 runner=true legacy=true scaleset=false
scope o/r@5:15 -@5:3 -@5:3 group -@5:3 url -@5:3
labels
mode -@5:3 within -@5:3
account pusher@6:23 fsGroup -@5:3
volumes runner work var-run
annotations a@3:35=b@3:38
container@5:3 runner@5:3 image -@5:3 privileged -@5:3 mounts runner:/runner work:/runner/_work var-run:/run
container@5:3 docker@5:3 image @5:3 privileged true@5:3 mounts runner:/runner work:/runner/_work var-run:/run
`},
		{"RunnerSet has a Pod template beside its configuration", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerSet
metadata: {name: r}
spec:
  repository: o/r
  labels: push
  image: spec:1
  env: [{name: IGNORED}]
  template:
    metadata: {annotations: {a: b}}
    spec:
      serviceAccountName: pusher
      securityContext: {fsGroup: 1001}
      containers:
        - {name: log}
        - {name: runner, env: [{name: OWN}]}
      initContainers:
        - {name: init}
`, `
RunnerSet@1:1 -@3:18/r@3:18 runner=true legacy=true scaleset=false
scope o/r@5:15 -@5:3 -@5:3 group -@5:3 url -@5:3
labels push@6:11
mode -@5:3 within -@5:3
account pusher@12:27 fsGroup 1001@13:34
volumes runner work var-run
annotations a@10:30=b@10:33
container@16:11 runner@16:18 image spec:1@7:10 privileged -@16:11 OWN@16:32=@16:32 mounts runner:/runner work:/runner/_work var-run:/run
container@15:11 log@15:18 image -@15:11 privileged -@15:11
container@5:3 docker@5:3 image @5:3 privileged true@5:3 mounts runner:/runner work:/runner/_work var-run:/run
container@18:11 init@18:18 image -@18:11 privileged -@18:11
`},
		{"RunnerSet ignores the ServiceAccount beside the template", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerSet
metadata: {name: r}
spec:
  repository: o/r
  serviceAccountName: ignored
  template: {spec: {}}
`, `
RunnerSet@1:1 -@3:18/r@3:18 runner=true legacy=true scaleset=false
scope o/r@5:15 -@5:3 -@5:3 group -@5:3 url -@5:3
labels
mode -@5:3 within -@5:3
account -@6:23 fsGroup -@7:20
volumes runner work var-run
annotations
container@5:3 runner@5:3 image -@5:3 privileged -@5:3 mounts runner:/runner work:/runner/_work var-run:/run
container@5:3 docker@5:3 image @5:3 privileged true@5:3 mounts runner:/runner work:/runner/_work var-run:/run
`},
		{"RunnerSet in kubernetes mode takes it and ignores the template's", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerSet
metadata: {name: r}
spec:
  containerMode: kubernetes
  serviceAccountName: taken
  template: {spec: {serviceAccountName: ignored}}
---
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerSet
metadata: {name: s}
spec:
  containerMode: kubernetes
  template: {spec: {serviceAccountName: ignored}}
`, `
RunnerSet@1:1 -@3:18/r@3:18 runner=true legacy=true scaleset=false
scope -@5:3 -@5:3 -@5:3 group -@5:3 url -@5:3
labels
mode kubernetes@5:18 within -@5:3
account taken@6:23 fsGroup -@7:20
volumes runner work
annotations
container@5:3 runner@5:3 image -@5:3 privileged -@5:3 ACTIONS_RUNNER_CONTAINER_HOOKS@5:3=/runner/k8s/index.js ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER@5:3=true mounts runner:/runner work:/runner/_work
RunnerSet@9:1 -@11:18/s@11:18 runner=true legacy=true scaleset=false
scope -@13:3 -@13:3 -@13:3 group -@13:3 url -@13:3
labels
mode kubernetes@13:18 within -@13:3
account -@14:41 fsGroup -@14:20
volumes runner work
annotations
container@13:3 runner@13:3 image -@13:3 privileged -@13:3 ACTIONS_RUNNER_CONTAINER_HOOKS@13:3=/runner/k8s/index.js ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER@13:3=true mounts runner:/runner work:/runner/_work
`},
		{"the spec is missing", `
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: r}
`, `
RunnerDeployment@1:1 -@3:18/r@3:18 runner=true legacy=true scaleset=false
scope -@1:1 -@1:1 -@1:1 group -@1:1 url -@1:1
labels
mode -@1:1 within -@1:1
account -@1:1 fsGroup -@1:1
volumes runner work var-run
annotations
container@1:1 runner@1:1 image -@1:1 privileged -@1:1 mounts runner:/runner work:/runner/_work var-run:/run
container@1:1 docker@1:1 image @1:1 privileged true@1:1 mounts runner:/runner work:/runner/_work var-run:/run
`},
	})
}
