package examples_test

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	"sigs.k8s.io/yaml"

	"keyless-runners/examples"
	"keyless-runners/render"
)

// runners are what is read of a RunnerDeployment or an AutoscalingRunnerSet.
type runners struct {
	Kind     string
	Metadata struct{ Namespace string }
	Spec     struct {
		Template struct {
			corev1.PodTemplateSpec
			Spec struct {
				corev1.PodSpec
				DockerEnabled     bool
				SidecarContainers []corev1.Container
			} `json:"spec"`
		}
	}
}

// pod is what Kubernetes is given of them. To a RunnerDeployment the controller adds the
// runner, and the sidecar where Docker is enabled, which is privileged
// (actions-runner-controller, runner_controller.go).
func (r runners) pod() *corev1.PodSpec {
	spec := r.Spec.Template.Spec.PodSpec
	if r.Kind == "RunnerDeployment" {
		spec.Containers = append(r.Spec.Template.Spec.SidecarContainers, corev1.Container{Name: "runner"})
		if r.Spec.Template.Spec.DockerEnabled {
			privileged := true
			spec.Containers = append(spec.Containers, corev1.Container{Name: "docker", SecurityContext: &corev1.SecurityContext{Privileged: &privileged}})
		}
	}
	return &spec
}

// namespace is what is read of a Namespace.
type namespace struct {
	Kind     string
	Metadata struct {
		Name   string
		Labels map[string]string
	}
}

// manifestsOf are the objects that an example renders for its clusters, by cluster.
func manifestsOf(t *testing.T, example string) map[string][]string {
	t.Helper()
	files, err := render.ReadFiles(example)
	if err != nil {
		t.Fatal(err)
	}
	objects := map[string][]string{}
	for file, content := range files {
		if below, ok := strings.CutPrefix(file, "manifests/"); ok {
			cluster, _, _ := strings.Cut(below, "/")
			objects[cluster] = append(objects[cluster], strings.Split(string(content), "\n---\n")...)
		}
	}
	return objects
}

func decoded[T any](t *testing.T, document string) T {
	t.Helper()
	var object T
	if err := yaml.Unmarshal([]byte(document), &object); err != nil {
		t.Fatal(err)
	}
	return object
}

// Kubernetes' own admission judges the Pods: the level of each namespace admits all of them,
// and the next level does not, but "restricted", which runners with sudo never have.
func TestNamespacesAdmitTheirPodsAndNoMore(t *testing.T) {
	judged := map[api.Level]int{}
	for _, example := range examples.All() {
		for cluster, documents := range manifestsOf(t, example.Name) {
			for _, document := range documents {
				in := decoded[namespace](t, document)
				if in.Kind != "Namespace" {
					continue
				}
				level, place := api.Level(in.Metadata.Labels[api.EnforceLevelLabel]), example.Name+", "+cluster+"/"+in.Metadata.Name
				baseline := true
				for _, pods := range podsIn(t, in.Metadata.Name, documents) {
					judged[level]++
					baseline = baseline && admits(t, api.LevelBaseline, pods)
					if !admits(t, level, pods) {
						t.Errorf("%s: level %q refuses a Pod of %s", place, level, pods.Kind)
					}
				}
				if baseline != (level == api.LevelBaseline) {
					t.Errorf("%s: got level %q, where baseline admits every Pod: %v", place, level, baseline)
				}
			}
		}
	}
	if judged[api.LevelPrivileged] < 10 || judged[api.LevelBaseline] < 2 {
		t.Errorf("judged %v Pods, want at least 10 privileged and 2 baseline", judged)
	}
}

// podsIn are what makes Pods in the namespace.
func podsIn(t *testing.T, namespace string, documents []string) (all []runners) {
	t.Helper()
	for _, document := range documents {
		made := decoded[runners](t, document)
		if made.Metadata.Namespace == namespace && (made.Kind == "RunnerDeployment" || made.Kind == "AutoscalingRunnerSet") {
			all = append(all, made)
		}
	}
	return all
}

func admits(t *testing.T, level api.Level, pods runners) bool {
	t.Helper()
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks())
	if err != nil {
		t.Fatal(err)
	}
	results := evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: api.LatestVersion()}, &pods.Spec.Template.ObjectMeta, pods.pod())
	return policy.AggregateCheckResults(results).Allowed
}
