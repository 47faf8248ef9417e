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

// Kubernetes' own admission judges the Pods: the level of each namespace admits all of them,
// and the next level does not, but "restricted", which runners with sudo never have.
func TestNamespacesAdmitTheirPodsAndNoMore(t *testing.T) {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks())
	if err != nil {
		t.Fatal(err)
	}
	judged := map[string]int{}
	for _, example := range examples.All() {
		files, err := render.ReadFiles(example.Name)
		if err != nil {
			t.Fatal(err)
		}
		levels, baseline := map[string]api.Level{}, map[string]bool{}
		for file, content := range files {
			for document := range strings.SplitSeq(string(content), "\n---\n") {
				folder, _, _ := strings.Cut(strings.TrimPrefix(file, "manifests/"), "/")
				var object struct {
					Kind     string
					Metadata struct {
						Name   string
						Labels map[string]string
					}
				}
				if strings.HasPrefix(file, "manifests/") && yaml.Unmarshal([]byte(document), &object) == nil && object.Kind == "Namespace" {
					levels[folder+"/"+object.Metadata.Name] = api.Level(object.Metadata.Labels[api.EnforceLevelLabel])
				}
			}
		}
		for file, content := range files {
			for document := range strings.SplitSeq(string(content), "\n---\n") {
				folder, _, _ := strings.Cut(strings.TrimPrefix(file, "manifests/"), "/")
				var made runners
				if err := yaml.Unmarshal([]byte(document), &made); err != nil || made.Kind != "RunnerDeployment" && made.Kind != "AutoscalingRunnerSet" {
					continue
				}
				in := folder + "/" + made.Metadata.Namespace
				level, there := levels[in]
				if !there {
					continue // the namespace is someone else's
				}
				judge := func(level api.Level) policy.AggregateCheckResult {
					return policy.AggregateCheckResults(evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: api.LatestVersion()}, &made.Spec.Template.ObjectMeta, made.pod()))
				}
				if result := judge(level); !result.Allowed {
					t.Errorf("%s: level %q of namespace %s refuses the Pod of %s: %s", example.Name, level, in, file, result.ForbiddenDetail())
				}
				baseline[in] = baseline[in] || !judge(api.LevelBaseline).Allowed
				judged[string(level)]++
			}
		}
		for in, needsMore := range baseline {
			if needsMore != (levels[in] == api.LevelPrivileged) {
				t.Errorf("%s: namespace %s has level %q, and a Pod that needs more than baseline: %v", example.Name, in, levels[in], needsMore)
			}
		}
	}
	if judged["privileged"] < 10 || judged["baseline"] < 2 {
		t.Errorf("got %v Pods, want at least 10 privileged and 2 baseline", judged)
	}
}
