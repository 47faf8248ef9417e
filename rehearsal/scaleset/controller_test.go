package scaleset_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/github"
	"keyless-runners/rehearsal/program/programtest"
	"keyless-runners/rehearsal/scaleset"
)

// world is a cluster with the controller of scale sets.
type world struct {
	*cluster.Cluster
	github *github.Server
	sets   *scaleset.Controller
}

func start(t *testing.T) *world {
	t.Helper()
	w := &world{}
	var err error
	if w.Cluster, err = cluster.Start(t.Context(), cluster.Options{
		Folder: filepath.Join(t.TempDir(), "cluster"), Programs: programtest.Built(t),
		Issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
	}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Cluster.Stop)
	if w.github, err = github.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.github.Stop)
	if w.sets, err = scaleset.Start(t.Context(), scaleset.Options{
		Folder: filepath.Join(t.TempDir(), "scale-sets"), Cluster: w.Cluster, Token: github.Token, Registered: w.github.Registered,
		GitHub: w.github.URL, Enterprise: w.github.EnterpriseURL, Certificate: w.github.Certificate,
		ServiceAccount: identity.Subject{Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.sets.Stop)
	return w
}

// apply applies a file or folder under strict validation, and returns what kubectl says
// against it.
func (w *world) apply(t *testing.T, path string, stdin string) string {
	t.Helper()
	result, err := w.Kubectl(t.Context(), strings.NewReader(stdin), "apply", "--server-side", "--validate=strict", "-f", path)
	if err != nil {
		t.Fatal(err)
	}
	return string(result.Stderr)
}

func TestScaleSets(t *testing.T) {
	w := start(t)
	if said := w.apply(t, "../../examples/scale-set/manifests/platform", ""); said != "" {
		t.Fatal(said)
	}
	set, err := w.Dynamic.Resource(scaleset.ScaleSets).Namespace("app-runners").Get(t.Context(), "push-apps", meta.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	pod, err := w.sets.Runner(ctx, set)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("the Pod is the template's", func(t *testing.T) { fromTemplate(t, pod) })
	t.Run("a job finds the runner by the set's name", func(t *testing.T) { registered(t, w, pod) })
	t.Run("the listener runs beside the controller", func(t *testing.T) { listens(t, w) })
	t.Run("without the manager's rights, there is no runner", func(t *testing.T) { withoutRights(t, w, set) })
	t.Run("strict validation knows Pods", func(t *testing.T) { strict(t, w) })
	if unknown := w.github.Unknown(); len(unknown) != 0 {
		t.Errorf("the controller asked GitHub for what is not played: %q", unknown)
	}
}

func fromTemplate(t *testing.T, pod *core.Pod) {
	var got []string
	for _, container := range pod.Spec.InitContainers {
		policy := ""
		if container.RestartPolicy != nil {
			policy = string(*container.RestartPolicy)
		}
		got = append(got, strings.TrimSpace(container.Name+" "+policy))
	}
	if diff := cmp.Diff([]string{"init-dind-externals", "dind Always"}, got); diff != "" {
		t.Errorf("init containers (-want +got):\n%s", diff)
	}
	if pod.Spec.ServiceAccountName != "runner" || pod.Annotations["eks.amazonaws.com/skip-containers"] != "dind" {
		t.Errorf("the Pod has the ServiceAccount %q and annotations %v", pod.Spec.ServiceAccountName, pod.Annotations)
	}
}

func registered(t *testing.T, w *world, pod *core.Pod) {
	runner, err := w.Container(t.Context(), pod, "runner")
	if err != nil {
		t.Fatal(err)
	}
	for _, variable := range runner.Env {
		if configuration, ok := strings.CutPrefix(variable, "ACTIONS_RUNNER_INPUT_JITCONFIG="); ok {
			labels, err := w.github.Redeem(configuration)
			if diff := cmp.Diff([]string{"push-apps"}, labels); diff != "" || err != nil {
				t.Errorf("labels, with error %v (-want +got):\n%s", err, diff)
			}
			return
		}
	}
	t.Errorf("the runner has no configuration in %q", runner.Env)
}

func listens(t *testing.T, w *world) {
	pods, err := w.Client.CoreV1().Pods("arc-systems").List(t.Context(), meta.ListOptions{})
	if err != nil || len(pods.Items) != 1 || !strings.HasSuffix(pods.Items[0].Name, "-listener") {
		t.Errorf("got %d Pods in the controller's namespace, error %v, want a listener", len(pods.Items), err)
	}
}

// withoutRights has another scale set in a namespace without the Role that manifests bring along.
func withoutRights(t *testing.T, w *world, set *unstructured.Unstructured) {
	other := &unstructured.Unstructured{Object: map[string]any{"apiVersion": set.GetAPIVersion(), "kind": set.GetKind(), "spec": set.Object["spec"]}}
	other.SetName("push-others")
	other.SetNamespace("default")
	other.SetLabels(map[string]string{"app.kubernetes.io/version": "0.14.2"})
	made, err := w.Dynamic.Resource(scaleset.ScaleSets).Namespace("default").Create(t.Context(), other, meta.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	if _, err := w.sets.Runner(ctx, made); err == nil || !strings.Contains(err.Error(), `AutoscalingRunnerSet "push-others" has no Pod of component "runner-scale-set-listener"`) {
		t.Errorf("got error %v, want that there is no listener", err)
	}
}

func strict(t *testing.T, w *world) {
	for _, test := range []struct{ spec, want string }{
		{"{template: {spec: {containers: [{name: runner, volumMounts: []}]}}}", `.spec.template.spec.containers[name="runner"].volumMounts: field not declared in schema`},
		{"{template: {spec: {containers: [{name: runner}], initContainers: [{name: dind, restartPolicies: Always}]}}}", `.spec.template.spec.initContainers[name="dind"].restartPolicies: field not declared in schema`},
		{"{template: {spec: {containers: [{name: runner}], serviceAccount_name: runner}}}", `.spec.template.spec.serviceAccount_name: field not declared in schema`},
		{"{maxRunner: 3}", `.spec.maxRunner: field not declared in schema`},
		{"{template: {spec: {containers: [{name: runner}], initContainers: [{name: dind, restartPolicy: Always, resizePolicy: []}]}}}", ""},
	} {
		said := w.apply(t, "-", "{apiVersion: actions.github.com/v1alpha1, kind: AutoscalingRunnerSet, metadata: {name: tried, namespace: default}, spec: "+test.spec+"}")
		if !strings.Contains(said, test.want) || said != "" && test.want == "" {
			t.Errorf("%s: kubectl says %q, want %q", test.spec, said, test.want)
		}
	}
}
