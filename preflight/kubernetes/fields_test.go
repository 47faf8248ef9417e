package kubernetes_test

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

var update = flag.Bool("update", false, "write fields.json anew, of the controller that go.mod has")

// schema is what an OpenAPI schema of a CustomResourceDefinition says of a value.
type schema struct {
	Properties map[string]schema
	Items      *schema
}

// tables makes a table of fields of each schema, the same of those that are alike.
type tables struct {
	kubernetes.Fields
	known map[string]int
}

func (t *tables) of(s schema) int {
	for s.Items != nil {
		s = *s.Items
	}
	if len(s.Properties) == 0 {
		return -1
	}
	fields := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		fields[name] = t.of(s.Properties[name])
	}
	text, _ := json.Marshal(fields)
	at, known := t.known[string(text)]
	if !known {
		at = len(t.Types)
		t.known[string(text)] = at
		t.Types = append(t.Types, fields)
	}
	return at
}

// TestFieldsAreThoseOfTheController compares fields.json with the definitions of both
// generations of runners, in which Pods are as Kubernetes has them.
func TestFieldsAreThoseOfTheController(t *testing.T) {
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/actions/actions-runner-controller").Output()
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(folder)), "config/crd/bases/*.yaml"))
	if err != nil || len(names) != 9 {
		t.Fatalf("%d definitions: %v", len(names), err)
	}
	all := tables{kubernetes.Fields{Kinds: map[string]int{}}, map[string]int{}}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var definition struct {
			Spec struct {
				Group    string
				Names    struct{ Kind string }
				Versions []struct {
					Schema struct {
						Root schema `yaml:"openAPIV3Schema"`
					}
				}
			}
		}
		if err := yaml.Unmarshal(text, &definition); err != nil {
			t.Fatal(err)
		}
		spec := definition.Spec
		root := spec.Versions[0].Schema.Root
		delete(root.Properties, "status")
		all.Kinds[spec.Group+"/"+spec.Names.Kind] = all.of(root)
		if spec.Names.Kind == "AutoscalingRunnerSet" {
			all.Pod = all.of(root.Properties["spec"].Properties["template"].Properties["spec"])
		}
	}
	got, err := json.Marshal(all.Fields)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("fields.json", append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("fields.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
		t.Errorf("fields.json is not what the controller's definitions make; run go test ./preflight/kubernetes -update (-file +definitions)\n%s", diff)
	}
}

// One wrong character in the name of a field is found, and a field of a newer version is not
// taken for one.
func TestFieldsThatThereAreNot(t *testing.T) {
	for _, c := range []struct{ name, object, want string }{
		{"of a scale set", "{kind: AutoscalingRunnerSet, apiVersion: actions.github.com/v1alpha1, spec: {minRunner: 1}}", "spec.minRunner: minRunners"},
		{"of its Pods", "{kind: AutoscalingRunnerSet, apiVersion: actions.github.com/v1alpha1, spec: {template: {spec: {containers: [{imagePullpolicy: Always}]}}}}", "spec.template.spec.containers.imagePullpolicy: imagePullPolicy"},
		{"of a legacy runner", "{kind: RunnerDeployment, apiVersion: actions.summerwind.dev/v1alpha1, spec: {template: {spec: {serviceAcountName: build}}}}", "spec.template.spec.serviceAcountName: serviceAccountName"},
		{"of an autoscaler", "{kind: HorizontalRunnerAutoscaler, apiVersion: actions.summerwind.dev/v1alpha1, spec: {minReplica: 1}}", "spec.minReplica: minReplicas"},
		{"of a Pod", "{kind: Pod, apiVersion: v1, spec: {tolerrations: []}}", "spec.tolerrations: tolerations"},
		{"of a Deployment's Pods", "{kind: Deployment, apiVersion: apps/v1, spec: {template: {spec: {volumes: [{name: a, hostpath: {path: /}}]}}}}", "spec.template.spec.volumes.hostpath: hostPath"},
		{"a value", "{kind: Pod, apiVersion: v1, spec: {containers: [{imagePullPolicy: Allways}]}}", "spec.containers.imagePullPolicy: Allways Always"},
		{"a value that is like none", "{kind: Pod, apiVersion: v1, spec: {dnsPolicy: Google}}", "spec.dnsPolicy: Google "},
		{"a value that is not filled in", "{kind: Pod, apiVersion: v1, spec: {containers: [{imagePullPolicy: '${PULL_POLICY:-Always}'}]}}", ""},
		{"the path of a field", "{kind: Pod, apiVersion: v1, spec: {containers: [{env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.nam}}}]}]}}", "spec.containers.env.valueFrom.fieldRef.fieldPath: metadata.nam metadata.name"},
		{"the path of a label", "{kind: Pod, apiVersion: v1, spec: {containers: [{env: [{name: A, valueFrom: {fieldRef: {fieldPath: \"metadata.labels['a']\"}}}]}]}}", ""},
		{"names that others give", "{kind: Pod, apiVersion: v1, metadata: {labels: {nam: a}}, spec: {nodeSelector: {tolerations1: a}, containers: [{env: [{name: nmae, value: a}]}]}}", ""},
		{"newer ones", "{kind: Pod, apiVersion: v1, spec: {hostnameOverride: a, initContainers: [{restartPolicy: Always, securityContext: {appArmorProfile: {type: Unconfined}}}]}}", ""},
		{"of another kind", "{kind: Widget, apiVersion: example.com/v1, spec: {minRunner: 1}}", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			documents, err := source.Parse("object.yaml", []byte(c.object))
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, field := range kubernetes.Read(documents[0]).Objects[0].Misspelt {
				got += field.Path + ": " + strings.TrimPrefix(field.Value+" "+field.Near, " ")
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
