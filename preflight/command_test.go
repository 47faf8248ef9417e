package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWhatContainersPush puts a Pod of kaniko in the place of the good chain's runner.
func TestWhatContainersPush(t *testing.T) {
	const pod = `
      serviceAccountName: build
      containers:
      - name: kaniko
        image: gcr.io/kaniko-project/executor:v1.23.2
        env:
        - {name: AWS_EC2_METADATA_DISABLED, value: "true"}
        - {name: REGISTRY, valueFrom: {configMapKeyRef: {name: registry, key: host}}}
        args: ARGS
`
	kinds := map[string]string{
		"Job":        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: image, namespace: runners}\nspec:\n  template:\n    spec:\n      restartPolicy: Never" + pod,
		"Deployment": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: image, namespace: runners}\nspec:\n  template:\n    spec:" + pod,
		"CronJob":    "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: image, namespace: runners}\nspec:\n jobTemplate:\n  spec:\n   template:\n    spec:\n      restartPolicy: Never" + pod,
		"Pod":        "apiVersion: v1\nkind: Pod\nmetadata: {name: image, namespace: runners}\nspec:" + strings.ReplaceAll(pod, "\n      ", "\n  "),
	}
	const account = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: build
  namespace: runners
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/runners/build
---
`
	const settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: registry, namespace: runners}\ndata: {host: 111122223333.dkr.ecr.us-east-1.amazonaws.com}\n"
	const push = `["--destination=$(REGISTRY)/my-app:1.4.2"]`
	for _, c := range []struct {
		name, kind, args string
		want             []string
		text             string
	}{
		{"where the role may", "Job", `["--destination=$(REGISTRY)/my-app:1.4.2"]`, []string{"KR140"}, `the tag "1.4.2" can be pushed once`},
		{"in a Pod", "Pod", `["--destination=$(REGISTRY)/my-app:1.4.2"]`, []string{"KR140"}, ""},
		{"again and again", "CronJob", `["--destination=$(REGISTRY)/my-app:1.4.2"]`, []string{"KR068"}, `every run pushes the tag "1.4.2"`},
		{"at each start", "Deployment", `["--destination=$(REGISTRY)/my-app"]`, []string{"KR068"}, `every run pushes the tag "latest"`},
		{"where the role may not", "Job", `["--destination=$(REGISTRY)/other:1.4.2"]`, []string{"KR050", "KR054"}, `container "kaniko" pushes there`},
		{"twice", "Job", `["-d", "$(REGISTRY)/my-app:1", "-d", "$(REGISTRY)/other:1"]`, []string{"KR140", "KR050", "KR054"}, ""},
		{"a cache", "Job", `["--cache=true", "--no-push", "--destination=$(REGISTRY)/my-app:1"]`, []string{"KR050", "KR054"}, "repository/my-app/cache"},
		{"in another account", "Job", `["--destination=444455556666.dkr.ecr.us-east-1.amazonaws.com/my-app:1"]`, []string{"KR050", "KR054"}, ""},
		{"nowhere", "Job", `["--no-push"]`, []string{}, ""},
		{"to another registry", "Job", `["--destination=ghcr.io/octo-org/my-app:1"]`, []string{}, "1 workload"},
		{"what is not known", "Job", `["--destination=$(REGISTRY)/$(NAME):1"]`, []string{"KR063"}, `where container "kaniko" pushes is not known`},
		{"by a release that can't", "Job", push + " of gcr.io/kaniko-project/executor:v1.19.0", []string{"KR140", "KR192"}, "kaniko v1.19.0"},
		{"by the other", "Job", push + " of ghcr.io/octo-org/kaniko:v1.19.1-debug@sha256:" + strings.Repeat("0", 64), []string{"KR140", "KR192"}, "kaniko v1.19.1"},
		{"by the one that can again", "Job", push + " of gcr.io/kaniko-project/executor:v1.19.2", []string{"KR140"}, ""},
		{"by one that can't, to another registry", "Job", `["--destination=ghcr.io/octo-org/my-app:1"] of gcr.io/kaniko-project/executor:v1.19.0`, []string{}, "1 workload"},
		{"by one that can't, with a Docker configuration", "Job", push + "\n      volumes: [{name: docker, emptyDir: {}}]" + ` of "gcr.io/kaniko-project/executor:v1.19.0"` + "\n        volumeMounts: [{name: docker, mountPath: /kaniko/.docker}]", []string{"KR103", "KR140"}, "has a password"},
		{"by one that can't, with another volume", "Job", push + "\n      volumes: [{name: docker, emptyDir: {}}]" + ` of "gcr.io/kaniko-project/executor:v1.19.0"` + "\n        volumeMounts: [{name: docker, mountPath: /kaniko/ssl}]", []string{"KR140", "KR192"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			args, image, _ := strings.Cut(c.args, " of ")
			runner := account + strings.Replace(kinds[c.kind], "ARGS", args, 1)
			if image != "" {
				runner = strings.Replace(runner, "gcr.io/kaniko-project/executor:v1.23.2", image, 1)
			}
			got, text := ids(t, nil, map[string]string{"runner.yaml": runner, "workflow.yaml": settings})
			if !cmp.Equal(got, c.want) || !strings.Contains(text, c.text) {
				t.Errorf("got %q, want %q and %q\n%s", got, c.want, c.text, text)
			}
		})
	}
}

// A Pod with a role that pushes to another registry has nothing to do with the chain.
func TestContainerThatPushesElsewhere(t *testing.T) {
	got, text := ids(t, nil, map[string]string{"pod.yaml": `apiVersion: v1
kind: ServiceAccount
metadata:
  name: context
  namespace: runners
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/context
---
apiVersion: v1
kind: Pod
metadata: {name: image, namespace: runners}
spec:
  serviceAccountName: context
  containers:
  - name: kaniko
    image: gcr.io/kaniko-project/executor:v1.23.2
    args: [--context=s3://octo-org/my-app.tar.gz, --destination=ghcr.io/octo-org/my-app:1]
`, "account.json": `{"RoleDetailList": [{"RoleName": "context", "Path": "/", "Arn": "arn:aws:iam::111122223333:role/context",
"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "pods.eks.amazonaws.com"}}]},
"RolePolicyList": [{"PolicyName": "read", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}}], "AttachedManagedPolicies": []}],
"UserDetailList": [], "GroupDetailList": [], "Policies": []}`})
	if len(got) > 0 {
		t.Errorf("got %q\n%s", got, text)
	}
}

// A Pod that pushes to Amazon ECR needs a role, whatever its ServiceAccount has.
func TestContainerThatPushesWithoutARole(t *testing.T) {
	got, text := ids(t, nil, map[string]string{"pod.yaml": `apiVersion: v1
kind: ServiceAccount
metadata: {name: plain, namespace: runners}
---
apiVersion: v1
kind: Pod
metadata: {name: image, namespace: runners}
spec:
  serviceAccountName: plain
  containers:
  - name: kaniko
    image: gcr.io/kaniko-project/executor:v1.23.2
    args: [--destination=111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:1]
`})
	if want := []string{"KR020"}; !cmp.Equal(got, want) {
		t.Errorf("got %q, want %q\n%s", got, want, text)
	}
}
