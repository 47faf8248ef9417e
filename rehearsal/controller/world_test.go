package controller_test

import (
	"context"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	core "k8s.io/api/core/v1"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/controller"
	"keyless-runners/rehearsal/github"
	"keyless-runners/rehearsal/program/programtest"
	"keyless-runners/rehearsal/webhook"
)

const issuer = identity.Issuer("https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF")

// world is a cluster with everything that a runner's Pod comes from.
type world struct {
	*cluster.Cluster
	webhook    *webhook.Webhook
	controller *controller.Controller
	github     *github.Server
}

func start(t *testing.T) *world {
	t.Helper()
	folder, w := t.TempDir(), &world{}
	var err error
	if w.Cluster, err = cluster.Start(t.Context(), cluster.Options{Folder: filepath.Join(folder, "cluster"), Programs: programtest.Built(t), Issuer: issuer}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Cluster.Stop)
	if w.webhook, err = webhook.Start(t.Context(), w.Cluster, "us-east-1"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.webhook.Stop)
	if w.github, err = github.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.github.Stop)
	w.controller, err = controller.Start(t.Context(), controller.Options{
		Folder: filepath.Join(folder, "controller"), Cluster: w.Cluster, GitHub: w.github.URL, Token: github.Token,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.controller.Stop()
		if connection, err := net.Dial("tcp", w.controller.Address()); err == nil {
			_ = connection.Close()
			t.Error("the manager's webhooks still answer")
		}
	})
	return w
}

// article is the fleet of the project's own tests that has a single pool.
const article = "../../render/testdata/article/manifests"

func (w *world) apply(t *testing.T, path string) {
	t.Helper()
	w.kubectl(t, "apply", "--server-side", "--validate=strict", "--recursive", "-f", path)
}

func (w *world) kubectl(t *testing.T, args ...string) string {
	t.Helper()
	result, err := w.Kubectl(t.Context(), nil, args...)
	if err != nil {
		t.Fatal(err)
	}
	if result.Status != 0 {
		t.Fatalf("kubectl ended with status %d: %s", result.Status, result.Stderr)
	}
	return string(result.Stdout)
}

// await waits until a RunnerDeployment asks for n Pods, which an autoscaler may have to
// say first, and has them.
func (w *world) await(t *testing.T, namespace identity.Namespace, deployment string, n int) []core.Pod {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		pods, err := w.controller.Await(ctx, namespace, deployment)
		if err != nil {
			t.Fatal(err)
		}
		if len(pods) == n {
			return pods
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// register plays the runner's first step, with the token that the manager gave it.
func (w *world) register(t *testing.T, runner cluster.Container) {
	t.Helper()
	variable := func(name string) string {
		i := slices.IndexFunc(runner.Env, func(v string) bool { return strings.HasPrefix(v, name+"=") })
		if i < 0 {
			t.Fatalf("the runner has no variable %q", name)
		}
		return strings.TrimPrefix(runner.Env[i], name+"=")
	}
	if err := w.github.Register(variable("RUNNER_TOKEN"), variable("RUNNER_NAME"), strings.Split(variable("RUNNER_LABELS"), ",")...); err != nil {
		t.Error(err)
	}
}

// objects are the objects of the article's fleet, and those made of them.
func (w *world) objects(t *testing.T) string {
	t.Helper()
	return w.kubectl(t, "-n", namespace, "get", "serviceaccounts,runnerdeployments,runnerreplicasets,runners,pods",
		"-o", "custom-columns=KIND:.kind,NAME:.metadata.name,UID:.metadata.uid,SPEC:.spec")
}
