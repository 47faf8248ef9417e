package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWhereJobsRun judges a scale set in container mode kubernetes by the Pod in which a
// job's steps run. The job needs no Docker daemon.
func TestWhereJobsRun(t *testing.T) {
	const runner = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: build
  namespace: runners
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/runners/build
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: jobs, namespace: runners}
rules:
- {apiGroups: [""], resources: [pods], verbs: [get, list, create, delete]}
- {apiGroups: [""], resources: [pods/exec], verbs: [get, create]}
- {apiGroups: [""], resources: [pods/log], verbs: [get, list, watch]}
- {apiGroups: [""], resources: [secrets], verbs: [get, list, create, delete]}
- {apiGroups: [RBAC], resources: [jobs], verbs: [get, list, create, delete]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: jobs, namespace: runners}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: jobs}
subjects: [{kind: ServiceAccount, name: build, namespace: runners}]
---
apiVersion: actions.github.com/v1alpha1
kind: AutoscalingRunnerSet
metadata: {name: push-my-app, namespace: runners, labels: {app.kubernetes.io/version: 0.14.2}}
spec:
  githubConfigUrl: https://github.com/octo-org/my-app
  githubConfigSecret: github-app
  template:
    spec:
      restartPolicy: Never
      serviceAccountName: build
      securityContext: {fsGroup: 1001}
      containers:
      - name: runner
        image: ghcr.io/actions/actions-runner:2.337.0
        command: [/home/runner/run.sh]
        env:
        - {name: AWS_EC2_METADATA_DISABLED, value: "true"}
        - {name: ACTIONS_RUNNER_CONTAINER_HOOKS, value: /home/runner/FOLDER/index.js}
        - {name: ACTIONS_RUNNER_POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        - {name: ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER, REQUIRED}
`
	const workflow = `on: push
env: {AWS_REGION: us-east-1}
jobs:
  push:
    runs-on: push-my-app
    CONTAINER
    steps:
    - id: login
      uses: aws-actions/amazon-ecr-login@v2
    - uses: docker/setup-buildx-action@v3
      with: {driver: remote, endpoint: "tcp://buildkitd:1234"}
    - uses: docker/build-push-action@v6
      with:
        push: true
        tags: ${{ steps.login.outputs.registry }}/my-app:${{ github.sha }}
`
	const inContainer = "container: ghcr.io/octo-org/builder:1"
	for _, test := range []struct {
		name, folder, group, required, container string
		want                                     []string
	}{
		{"in the runner's Pod", "k8s", "batch", `value: "false"`, "", []string{}},
		{"in the runner's Pod, by default", "k8s", "batch", `value: ""`, "", []string{}},
		{"nowhere", "k8s", "batch", `value: "true"`, "", []string{"KR013", "KR110"}},
		{"nowhere, in other words", "k8s", "batch", `value: "1"`, "", []string{"KR013", "KR110"}},
		{"perhaps nowhere", "k8s", "batch", `valueFrom: {secretKeyRef: {name: x, key: y}}`, "", []string{"KR133"}},
		{"in its own Pod", "k8s", "batch", `value: "true"`, inContainer, []string{"KR013", "KR066"}},
		{"in its own Pod, if it likes", "k8s", "batch", `value: "false"`, inContainer, []string{"KR013", "KR066"}},
		{"without rights on jobs", "k8s", "apps", `value: "false"`, "", []string{"KR087"}},
		{"without a volume, where no rights on jobs are needed", "k8s-novolume", "apps", `value: "false"`, "", []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{
				"runner.yaml":   strings.NewReplacer("FOLDER", test.folder, "[RBAC]", "["+test.group+"]", "REQUIRED", test.required).Replace(runner),
				"workflow.yaml": strings.Replace(workflow, "CONTAINER", test.container, 1),
			}
			if got, text := ids(t, nil, files); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
