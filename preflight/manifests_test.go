package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestManifestsOfOthers judges runners as people write them.
func TestManifestsOfOthers(t *testing.T) {
	const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: build\n  namespace: runners\n  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/runners/build\n---\n"
	const scaleSet = "apiVersion: actions.github.com/v1alpha1\nkind: AutoscalingRunnerSet\nmetadata: {name: push-my-app, namespace: runners, labels: {app.kubernetes.io/version: 0.14.2}}\nspec:\n  githubConfigUrl: https://github.com/octo-org/my-app\n  githubConfigSecret: github-app\n  template:\n    spec:\n      restartPolicy: Never\n      serviceAccountName: build\n      securityContext: {fsGroup: 1001}\n"
	const runner = "      containers:\n      - name: runner\n        image: ghcr.io/actions/actions-runner:2.337.0\n        command: [/home/runner/run.sh]\n        env:\n        - {name: AWS_EC2_METADATA_DISABLED, value: 'true'}\n"
	const legacy = "apiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\nmetadata: {name: build, namespace: runners}\nspec:\n  template:\n    metadata: {annotations: {eks.amazonaws.com/skip-containers: docker}}\n    spec:\n      repository: octo-org/my-app\n      labels: [push-my-app]\n      serviceAccountName: build\n      securityContext: {fsGroup: 1001}\n"
	const workflow = "on: push\nenv: {AWS_REGION: us-east-1}\njobs:\n  push:\n    runs-on: push-my-app\n    steps:\n    - id: login\n      uses: aws-actions/amazon-ecr-login@v2\n" +
		"    - run: docker push ${{ steps.login.outputs.registry }}/my-app:$GITHUB_SHA\n"
	for _, test := range []struct {
		name, runner string
		want         []string
	}{
		{"a scale set in mode dind, with a sidecar that starts first", scaleSet + `
      initContainers:
      - name: dind
        image: docker:dind
        args: [--group=123]
        restartPolicy: Always
        securityContext: {privileged: true}
        volumeMounts: [{name: dind-sock, mountPath: /var/run}]
      volumes: [{name: dind-sock, emptyDir: {}}]
` + runner + `
        - {name: DOCKER_HOST, value: unix:///var/run/docker.sock}
        volumeMounts: [{name: dind-sock, mountPath: /run}]
`, []string{"KR082"}},
		{"a runner with the label that keeps EKS' webhook away", strings.Replace(legacy, "    metadata: {", "    metadata: {labels: {eks.amazonaws.com/skip-pod-identity-webhook: 'false'}, ", 1) + `
      env: [{name: AWS_EC2_METADATA_DISABLED, value: "true"}]
`, []string{"KR086"}},
		{"a runner with a volume of the token's name", legacy + `
      env: [{name: AWS_EC2_METADATA_DISABLED, value: "true"}]
      volumes: [{name: aws-iam-token, emptyDir: {}}]
`, []string{"KR086"}},
		{"a runner that mounts the token itself, under the webhook's name", legacy + `
      env: [{name: AWS_EC2_METADATA_DISABLED, value: "true"}]
      volumes: [{name: aws-iam-token, projected: {sources: [{serviceAccountToken: {audience: sts.amazonaws.com, path: token}}]}}]
`, []string{}},
		{"a scale set that lost its sidecar", scaleSet + runner + `
        - {name: DOCKER_HOST, value: unix:///var/run/docker.sock}
`, []string{"KR106"}},
		{"a scale set in mode kubernetes", scaleSet + runner + `
        - {name: ACTIONS_RUNNER_CONTAINER_HOOKS, value: /home/runner/k8s/index.js}
`, []string{"KR087", "KR106"}},
		{"a scale set with Docker on another machine, by a ConfigMap", scaleSet + runner + `
        envFrom: [{configMapRef: {name: docker}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: docker, namespace: runners}
data: {DOCKER_HOST: "tcp://docker.runners:2376", DOCKER_TLS_VERIFY: "1"}
`, []string{}},
		{"a runner with variables of a Secret that a tool makes", legacy + `
      env: [{name: AWS_EC2_METADATA_DISABLED, value: "true"}]
      envFrom: [{secretRef: {name: build, optional: true}}]
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: build, namespace: runners}
spec: {target: {name: build}}
`, []string{"KR088"}},
		{"a runner with the key of a Secret", legacy + `
      env: [{name: AWS_EC2_METADATA_DISABLED, value: "true"}]
      envFrom: [{secretRef: {name: build}}]
---
apiVersion: v1
kind: Secret
metadata: {name: build, namespace: runners}
type: Opaque
stringData: {AWS_ACCESS_KEY_ID: placeholder, AWS_SECRET_ACCESS_KEY: placeholder}
`, []string{"KR084"}},
		{"a runner with a file of credentials", legacy + `
      env:
      - {name: AWS_EC2_METADATA_DISABLED, value: "true"}
      - {name: AWS_SHARED_CREDENTIALS_FILE, value: /aws/credentials}
      volumes: [{name: aws, secret: {secretName: aws}}]
      volumeMounts: [{name: aws, mountPath: /aws}]
`, []string{"KR089"}},
		{"a runner whose region is in a ConfigMap", legacy + `
      env:
      - {name: AWS_EC2_METADATA_DISABLED, value: "true"}
      - {name: AWS_REGION, valueFrom: {configMapKeyRef: {name: aws, key: region}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: aws, namespace: runners}
data: {region: us-east-1}
`, []string{}},
		{"a runner with a file of credentials at its usual place", legacy + `
      env:
      - {name: AWS_EC2_METADATA_DISABLED, value: "true"}
      volumes: [{name: aws, secret: {secretName: aws}}]
      volumeMounts: [{name: aws, mountPath: /home/runner/.aws}]
`, []string{"KR089"}},
		{"a runner with Docker's configuration of a Secret", legacy + `
      env:
      - {name: AWS_EC2_METADATA_DISABLED, value: "true"}
      volumes: [{name: docker, secret: {secretName: docker}}]
      volumeMounts: [{name: docker, mountPath: /home/runner/.docker}]
`, []string{}},
		{"a runner that listens for Pod Identity too", legacy + `
      env:
      - {name: AWS_EC2_METADATA_DISABLED, value: "true"}
      - {name: AWS_CONTAINER_CREDENTIALS_FULL_URI, value: "http://169.254.170.23/v1/credentials"}
`, []string{}},
		{"a runner with a region that is none", legacy + `
      env:
      - {name: AWS_EC2_METADATA_DISABLED, value: "true"}
      - {name: AWS_REGION, value: us-esat-1}
`, []string{}},
		{"a runner with the region of another cluster", legacy + `
      env:
      - {name: AWS_EC2_METADATA_DISABLED, value: "true"}
      - {name: AWS_REGION, value: eu-west-1}
`, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, nil, map[string]string{"runner.yaml": account + test.runner, "workflow.yaml": workflow})
			if !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
