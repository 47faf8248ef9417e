package manifests_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"sigs.k8s.io/yaml"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/manifests"
)

// A quota for a resource admits no Pod with a container that declares none of it.
func TestEveryContainerOfAScaleSetHasResources(t *testing.T) {
	f := fleettest.Article()
	cpu := func(quantity string) corev1.ResourceRequirements {
		return corev1.ResourceRequirements{Requests: corev1.ResourceList{"cpu": resource.MustParse(quantity)}}
	}
	f.Clusters[0].Controller = fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "controller"}
	p := &f.Pools[0]
	p.Cluster, p.RunnerDeployment, p.Labels, p.Replicas = f.Clusters[0], "", nil, 0
	p.ScaleSet = &fleet.ScaleSet{Name: "push-my-app", MaxRunners: 10, GitHubConfigSecret: "github-app"}
	p.Image, p.Resources, p.Builder.Docker = "ghcr.io/actions/actions-runner:2.337.0", cpu("500m"), &fleet.Docker{Resources: cpu("2")}
	outdir := t.TempDir()
	manifests.Synth(fleettest.Checked(t, f), outdir)
	text, err := os.ReadFile(filepath.Join(outdir, "example", "build.k8s.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	type container struct {
		Name      string
		Resources map[string]map[string]any
	}
	var set struct {
		Spec struct {
			Template struct {
				Spec struct{ InitContainers, Containers []container }
			}
		}
	}
	if err := yaml.Unmarshal(text[strings.LastIndex(string(text), "\n---\n")+5:], &set); err != nil {
		t.Fatal(err)
	}
	pod := set.Spec.Template.Spec
	want := []container{
		{"init-dind-externals", map[string]map[string]any{"requests": {"cpu": "500m"}}},
		{"dind", map[string]map[string]any{"requests": {"cpu": "2"}}},
		{"runner", map[string]map[string]any{"requests": {"cpu": "500m"}}},
	}
	if diff := cmp.Diff(want, append(pod.InitContainers, pod.Containers...)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A job in a Pod of its own fetches its source from the server, too, without the runner's entrypoint.
func TestAJobsPodTrustsTheServer(t *testing.T) {
	f := fleettest.Article()
	f.Clusters[0].Controller = fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "controller"}
	p := &f.Pools[0]
	p.Cluster, p.RunnerDeployment, p.Labels, p.Replicas = f.Clusters[0], "", nil, 0
	p.Scope = fleet.Scope{Host: "github.example.com", Organization: "octo-org"}
	p.Image, p.Builder.Script = "ghcr.io/actions/actions-runner:2.337.0", `ko build "$IMAGE"`
	p.ScaleSet = &fleet.ScaleSet{
		Name: "push-my-app", MaxRunners: 10, GitHubConfigSecret: "github-app",
		ContainerMode:   &fleet.ContainerMode{RunnerServiceAccount: "runner"},
		GitHubServerTLS: &fleet.GitHubServerTLS{CertificateFrom: corev1.ConfigMapKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "authority"}, Key: "ca.crt"}},
	}
	outdir := t.TempDir()
	manifests.Synth(fleettest.Checked(t, f), outdir)
	text, err := os.ReadFile(filepath.Join(outdir, "example", "build.k8s.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "  job-pod.yaml: |\n")
	template, _, _ := strings.Cut(after, "\n---\n")
	var pod corev1.PodTemplateSpec
	if err := yaml.Unmarshal([]byte(template), &pod); err != nil || len(pod.Spec.Containers) != 1 {
		t.Fatalf("error %v in\n%s", err, template)
	}
	const file = "/usr/local/share/ca-certificates/ca.crt"
	env := []corev1.EnvVar{{Name: "AWS_EC2_METADATA_DISABLED", Value: "true"}, {Name: "NODE_EXTRA_CA_CERTS", Value: file}, {Name: "GIT_SSL_CAINFO", Value: file}}
	if diff := cmp.Diff(env, pod.Spec.Containers[0].Env); diff != "" {
		t.Errorf("environment (-want +got):\n%s", diff)
	}
	mounts := []corev1.VolumeMount{{Name: "github-server-tls-cert", MountPath: file, SubPath: "ca.crt"}}
	if diff := cmp.Diff(mounts, pod.Spec.Containers[0].VolumeMounts); diff != "" || len(pod.Spec.Volumes) != 1 || pod.Spec.Volumes[0].ConfigMap.Name != "authority" {
		t.Errorf("volumes %v and mounts (-want +got):\n%s", pod.Spec.Volumes, diff)
	}
}
