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
	"keyless-runners/internal/kernel/kerneltest"
	"keyless-runners/manifests"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

func TestTheBuildKitSidecarOfARunnerDeploymentHasItsResources(t *testing.T) {
	f := fleettest.Article()
	f.Pools[0].Builder.RootlessBuildKit = &fleet.RootlessBuildKit{Resources: corev1.ResourceRequirements{
		Requests: corev1.ResourceList{"cpu": resource.MustParse("250m"), "memory": resource.MustParse("1Gi")},
		Limits:   corev1.ResourceList{"memory": resource.MustParse("2Gi")},
	}}
	outdir := t.TempDir()
	manifests.Synth(fleettest.Checked(t, f), outdir)
	text, err := os.ReadFile(filepath.Join(outdir, "example", "build.k8s.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var runner struct {
		Kind string
		Spec struct {
			Template struct {
				Spec struct {
					SidecarContainers []struct{ Resources map[string]map[string]any }
				}
			}
		}
	}
	_, last, _ := strings.Cut(string(text), "\n---\n")
	if err := yaml.Unmarshal([]byte(last), &runner); err != nil {
		t.Fatal(err)
	}
	sidecars := runner.Spec.Template.Spec.SidecarContainers
	if runner.Kind != "RunnerDeployment" || len(sidecars) != 1 {
		t.Fatalf("got a %s with %d sidecars, want a RunnerDeployment with 1", runner.Kind, len(sidecars))
	}
	want := map[string]map[string]any{
		"requests": {"cpu": "250m", "memory": "1Gi"},
		"limits":   {"memory": "2Gi"},
	}
	if diff := cmp.Diff(want, sidecars[0].Resources); diff != "" {
		t.Errorf("resources (-want +got):\n%s", diff)
	}
}
