package controller_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/identity"
)

func TestController(t *testing.T) {
	w := start(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, *world)
	}{
		{"a Pod is made of the rendered manifests", pod},
		{"a second apply changes nothing", secondApply},
		{"a label keeps the pod identity webhook away", skipLabel},
		{"what the fleet check refuses is refused", mistaken},
		{"the manager is restarted", restart},
		{"the API server is restarted", restartAPIServer},
		{"every scope and autoscaler", everyScope},
		{"without the pod identity webhook", withoutWebhook},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, w) })
	}
	if unknown := w.github.Unknown(); len(unknown) != 0 {
		t.Errorf("the manager asked GitHub for what the fake does not know: %q", unknown)
	}
}

const (
	namespace  = "self-hosted-runners"
	deployment = "runner-deployment"
	tokenPath  = "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"
)

func pod(t *testing.T, w *world) {
	w.apply(t, article)
	pod := &w.await(t, namespace, deployment, 1)[0]
	runner, err := w.Container(t.Context(), pod, "runner")
	if err != nil {
		t.Fatal(err)
	}
	role := identity.RoleARN{Partition: "aws", Account: "111122223333", Path: "/", Name: "self_hosted_runner_role"}
	want := []string{
		"AWS_EC2_METADATA_DISABLED=true",
		"AWS_STS_REGIONAL_ENDPOINTS=regional",
		"AWS_DEFAULT_REGION=us-east-1",
		"AWS_REGION=us-east-1",
		"AWS_ROLE_ARN=" + role.String(),
		"AWS_WEB_IDENTITY_TOKEN_FILE=" + tokenPath,
	}
	if diff := cmp.Diff(want, slices.DeleteFunc(slices.Clone(runner.Env), func(v string) bool { return !strings.HasPrefix(v, "AWS_") })); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if len(runner.Tokens) != 1 || runner.Tokens[tokenPath] == "" {
		t.Errorf("the runner has tokens at %v, want one at %s", runner.Tokens, tokenPath)
	}
	docker, err := w.Container(t.Context(), pod, "docker")
	if err != nil {
		t.Fatal(err)
	}
	if len(docker.Tokens) != 0 || slices.ContainsFunc(docker.Env, func(v string) bool { return strings.HasPrefix(v, "AWS_") }) {
		t.Errorf("the sidecar has tokens at %v and environment %q", docker.Tokens, docker.Env)
	}
	if group := pod.Spec.SecurityContext.FSGroup; group == nil || *group != 1001 {
		t.Errorf("the file system group is %v, want 1001", group)
	}
	w.register(t, runner)
}

// secondApply compares which objects are there and what is asked of them. Their
// generation may not be compared: the controller's webhook writes fields that are
// null, which applying takes away again, and each apply counts as a change.
func secondApply(t *testing.T, w *world) {
	before := w.objects(t)
	w.apply(t, article)
	if diff := cmp.Diff(before, w.objects(t)); diff != "" {
		t.Errorf("-before +after\n%s", diff)
	}
	if pods, err := w.controller.Pods(t.Context(), namespace, deployment); err != nil || len(pods) != 1 {
		t.Errorf("%d Pods are there, error %v; want 1", len(pods), err)
	}
}

func skipLabel(t *testing.T, w *world) {
	for _, test := range []struct {
		labels map[string]string
		tokens int
	}{
		{nil, 1},
		{map[string]string{"eks.amazonaws.com/skip-pod-identity-webhook": "false"}, 0},
	} {
		pod := &core.Pod{
			ObjectMeta: meta.ObjectMeta{GenerateName: "runner-", Labels: test.labels},
			Spec:       core.PodSpec{ServiceAccountName: "self-hosted-runner-service-account", Containers: []core.Container{{Name: "runner", Image: "runner"}}},
		}
		pod, err := w.Client.CoreV1().Pods(namespace).Create(t.Context(), pod, meta.CreateOptions{})
		if err != nil {
			t.Fatal(err)
		}
		runner, err := w.Container(t.Context(), pod, "runner")
		if err != nil || len(runner.Tokens) != test.tokens {
			t.Errorf("a Pod with labels %v has tokens at %v, error %v; want %d", test.labels, runner.Tokens, err, test.tokens)
		}
	}
}

// restart kills the manager: nothing that it decides about gets in meanwhile, and a
// Pod that was deleted is there again afterwards.
func restart(t *testing.T, w *world) {
	w.controller.Kill()
	result, err := w.Kubectl(t.Context(), nil, "-n", namespace, "patch", "runnerdeployment", deployment, "--type=merge", "--patch", `{"spec":{"replicas":2}}`)
	if err != nil {
		t.Fatal(err)
	}
	if want := "failed calling webhook"; result.Status != 1 || !strings.Contains(string(result.Stderr), want) {
		t.Errorf("without the manager, kubectl ended with status %d and %q, want status 1 and %q", result.Status, result.Stderr, want)
	}
	if err := w.controller.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.kubectl(t, "-n", namespace, "patch", "runnerdeployment", deployment, "--type=merge", "--patch", `{"spec":{"replicas":2}}`)
	w.await(t, namespace, deployment, 2)
}

// restartAPIServer has the manager and the webhook find it again.
func restartAPIServer(t *testing.T, w *world) {
	w.Cluster.Kill()
	if err := w.Cluster.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.kubectl(t, "-n", namespace, "patch", "runnerdeployment", deployment, "--type=merge", "--patch", `{"spec":{"replicas":3}}`)
	for _, pod := range w.await(t, namespace, deployment, 3) {
		if _, err := w.Container(t.Context(), &pod, "runner"); err != nil {
			t.Error(err)
		}
		if pod.Spec.Volumes[0].Name != "aws-iam-token" {
			t.Errorf("Pod %q has no token", pod.Name)
		}
	}
}

func everyScope(t *testing.T, w *world) {
	if err := w.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.apply(t, "../../render/testdata/large/manifests")
	for _, test := range []struct {
		namespace   identity.Namespace
		deployment  string
		runners     int
		name, scope string
	}{
		{"runners", "base", 1, "RUNNER_REPO", "octo-org/base"},
		{"runners", "shop", 2, "RUNNER_ORG", "octo-org"},
		{"runners", "gov", 1, "RUNNER_ENTERPRISE", "octo-enterprise"},
	} {
		pods := w.await(t, test.namespace, test.deployment, test.runners)
		runner, err := w.Container(t.Context(), &pods[0], "runner")
		if err != nil {
			t.Fatal(err)
		}
		if want := test.name + "=" + test.scope; !slices.Contains(runner.Env, want) {
			t.Errorf("RunnerDeployment %q has environment %q, want %q", test.deployment, runner.Env, want)
		}
		w.register(t, runner)
	}
	if err := w.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	pods, err := w.Client.CoreV1().Pods("").List(t.Context(), meta.ListOptions{})
	if err != nil || len(pods.Items) != 0 {
		t.Errorf("%d Pods and error %v are left", len(pods.Items), err)
	}
}

// withoutWebhook lets Pods in that get no token: the webhook's failure policy on EKS.
func withoutWebhook(t *testing.T, w *world) {
	w.webhook.Stop()
	w.apply(t, article)
	runner, err := w.Container(t.Context(), &w.await(t, namespace, deployment, 1)[0], "runner")
	if err != nil {
		t.Fatal(err)
	}
	if len(runner.Tokens) != 0 || slices.ContainsFunc(runner.Env, func(v string) bool { return strings.HasPrefix(v, "AWS_ROLE_ARN=") }) {
		t.Errorf("the runner has tokens at %v and environment %q", runner.Tokens, runner.Env)
	}
}
