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
	if judged[api.LevelPrivileged] < 10 || judged[api.LevelBaseline] < 6 {
		t.Errorf("judged %v Pods, want at least 10 privileged and 6 baseline", judged)
	}
}

// podsIn are what makes Pods in the namespace.
func podsIn(t *testing.T, namespace string, documents []string) (all []runners) {
	t.Helper()
	for _, document := range documents {
		made := decoded[runners](t, document)
		switch {
		case made.Metadata.Namespace != namespace:
		case made.Kind == "ConfigMap":
			all = append(all, jobsOf(t, document))
		case made.Kind == "RunnerDeployment" || made.Kind == "AutoscalingRunnerSet":
			all = append(all, made)
		}
	}
	return all
}

// jobsOf are the Pods that a runner's hooks make for jobs: what the ConfigMap has, and the
// container with which they copy what actions run with (actions/runner-container-hooks,
// packages/k8s/src/k8s/index.ts).
func jobsOf(t *testing.T, configMap string) (jobs runners) {
	t.Helper()
	data := decoded[struct{ Data map[string]string }](t, configMap).Data
	template, user := decoded[corev1.PodTemplateSpec](t, data["job-pod.yaml"]), int64(1001)
	if len(template.Spec.Containers) != 1 || template.Spec.Containers[0].Name != "$job" || template.Spec.InitContainers != nil {
		t.Errorf("got a template with containers %v and %v, want $job alone", template.Spec.Containers, template.Spec.InitContainers)
	}
	template.Spec.InitContainers = []corev1.Container{{Name: "fs-init", SecurityContext: &corev1.SecurityContext{RunAsUser: &user, RunAsGroup: &user}}}
	jobs.Kind, jobs.Spec.Template.ObjectMeta, jobs.Spec.Template.Spec.PodSpec = "job's container", template.ObjectMeta, template.Spec
	return jobs
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
