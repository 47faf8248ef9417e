package render_test

import (
	"testing"

	arc "github.com/actions/actions-runner-controller/apis/actions.summerwind.net/v1alpha1"
	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	quantity "k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
)

func largeObjects(t *testing.T) map[string]objects {
	t.Helper()
	return decode(t, rendered(t, fleettest.Large())).objects
}

func TestControllersOwnRulesAcceptEveryRunnerDeployment(t *testing.T) {
	for file, o := range largeObjects(t) {
		if err := o.deployment.Validate(); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// The controller's defaults may change; what the role's safety rests on is said.
func TestEveryPodIsSafeByItsOwnWords(t *testing.T) {
	for file, o := range largeObjects(t) {
		template := o.deployment.Spec.Template
		want := map[string]any{
			"skip-containers":                "docker",
			"fsGroup":                        int64(1001),
			"automountServiceAccountToken":   false,
			"ServiceAccount's own automount": false,
			"ephemeral":                      true,
			"dockerEnabled":                  true,
			"dockerdWithinRunnerContainer":   false,
			"AWS_EC2_METADATA_DISABLED":      "true",
			"pod-security":                   "privileged",
		}
		got := map[string]any{
			"skip-containers":                template.ObjectMeta.Annotations["eks.amazonaws.com/skip-containers"],
			"fsGroup":                        *template.Spec.SecurityContext.FSGroup,
			"automountServiceAccountToken":   *template.Spec.AutomountServiceAccountToken,
			"ServiceAccount's own automount": *o.serviceAccount.AutomountServiceAccountToken,
			"ephemeral":                      *template.Spec.Ephemeral,
			"dockerEnabled":                  *template.Spec.DockerEnabled,
			"dockerdWithinRunnerContainer":   *template.Spec.DockerdWithinRunnerContainer,
			"AWS_EC2_METADATA_DISABLED":      value(template.Spec.Env, "AWS_EC2_METADATA_DISABLED"),
			"pod-security":                   o.namespace.Labels["pod-security.kubernetes.io/enforce"],
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

func TestEachNamespaceStandsOnceInItsClusterWithoutAPool(t *testing.T) {
	labels := map[string]string{"app.kubernetes.io/managed-by": "keyless-runners", "pod-security.kubernetes.io/enforce": "privileged"}
	want := map[string]corev1.Namespace{}
	for _, file := range []string{"us/00-runners.k8s.yaml", "china/00-runners.k8s.yaml", "gov/00-runners.k8s.yaml"} {
		want[file] = corev1.Namespace{
			TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
			ObjectMeta: metav1.ObjectMeta{Name: "runners", Labels: labels},
		}
	}
	if diff := cmp.Diff(want, decode(t, rendered(t, fleettest.Large())).namespaces); diff != "" {
		t.Errorf("namespaces by file (-want +got):\n%s", diff)
	}
}

func TestAutoscalerSetsTheReplicasAlone(t *testing.T) {
	for file, o := range largeObjects(t) {
		if file == "us/shop.k8s.yaml" {
			continue
		}
		if o.autoscaler != nil || *o.deployment.Spec.Replicas != 1 {
			t.Errorf("%s: got replicas %v, autoscaler %v, want 1 and none", file, *o.deployment.Spec.Replicas, o.autoscaler)
		}
	}
	shop := largeObjects(t)["us/shop.k8s.yaml"]
	if shop.deployment.Spec.Replicas != nil {
		t.Errorf("got replicas %d, want none beside an autoscaler", *shop.deployment.Spec.Replicas)
	}
	two, twenty := 2, 20
	want := arc.HorizontalRunnerAutoscalerSpec{
		ScaleTargetRef: arc.ScaleTargetRef{Kind: "RunnerDeployment", Name: "shop"},
		MinReplicas:    &two,
		MaxReplicas:    &twenty,
		Metrics: []arc.MetricSpec{{
			Type:               "PercentageRunnersBusy",
			ScaleUpThreshold:   "0.75",
			ScaleUpFactor:      "2",
			ScaleDownThreshold: "0.25",
			ScaleDownFactor:    "0.5",
		}},
	}
	if diff := cmp.Diff(want, shop.autoscaler.Spec); diff != "" {
		t.Errorf("autoscaler (-want +got):\n%s", diff)
	}
}

func TestScopeGroupAndResourcesReachTheRunner(t *testing.T) {
	all := largeObjects(t)
	shop := all["us/shop.k8s.yaml"].deployment.Spec.Template.Spec
	got := []string{
		all["us/base.k8s.yaml"].deployment.Spec.Template.Spec.Repository,
		shop.Organization,
		shop.Group,
		all["gov/gov.k8s.yaml"].deployment.Spec.Template.Spec.Enterprise,
	}
	want := []string{"octo-org/base", "octo-org", "Production builds", "octo-enterprise"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("source repository, organization, group, enterprise (-want +got):\n%s", diff)
	}
	amounts := func(cpu, memory string) corev1.ResourceList {
		list := corev1.ResourceList{corev1.ResourceMemory: quantity.MustParse(memory)}
		if cpu != "" {
			list[corev1.ResourceCPU] = quantity.MustParse(cpu)
		}
		return list
	}
	if diff := cmp.Diff(corev1.ResourceRequirements{Requests: amounts("500m", "1Gi"), Limits: amounts("", "2Gi")}, shop.Resources); diff != "" {
		t.Errorf("runner's resources (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(corev1.ResourceRequirements{Requests: amounts("2", "4Gi"), Limits: amounts("4", "8Gi")}, shop.DockerdContainerResources); diff != "" {
		t.Errorf("Docker sidecar's resources (-want +got):\n%s", diff)
	}
}

// YAML readers differ on what is a word. Whatever the fleet's check lets pass
// arrives in Kubernetes as the text that was declared.
func TestNamesArriveAsText(t *testing.T) {
	var want []string
	f := fleettest.Article()
	for _, word := range []string{
		"on", "off", "y", "n", "yes", "no", "true", "false", "null", "nil", "nan", "inf",
		"0", "007", "42", "3.14", "12.30.45", "2026-11-23", "1e3", "0x10", "0b11", "0o17", "0X10", "1e_3", "1_000", "0o17_1",
	} {
		if identity.RunnerLabel(word).Check() == nil {
			want = append(want, word)
			f.Pools[0].Labels = append(f.Pools[0].Labels, identity.RunnerLabel(word))
		}
	}
	if len(want) != 16 {
		t.Errorf("got %d words that pass: %q, want 16", len(want), want)
	}
	got := decode(t, rendered(t, f)).objects["example/build.k8s.yaml"].deployment.Spec.Template.Spec.Labels[1:]
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("labels (-declared +in Kubernetes):\n%s", diff)
	}
}

func value(env []corev1.EnvVar, name string) string {
	for _, variable := range env {
		if variable.Name == name {
			return variable.Value
		}
	}
	return ""
}
