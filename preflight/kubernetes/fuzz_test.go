package kubernetes_test

import (
	"fmt"
	"strings"
	"testing"

	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// kinds are those that are read, each with the members that the reader looks for.
var kinds = []string{
	"v1 ServiceAccount metadata.annotations metadata.name metadata.namespace",
	"v1 Pod spec.containers spec.initContainers spec.securityContext.fsGroup spec.serviceAccountName",
	"batch/v1 CronJob spec.jobTemplate.spec.template.metadata.annotations spec.jobTemplate.spec.template.spec.containers",
	"actions.summerwind.dev/v1alpha1 Runner spec.labels spec.env spec.containers spec.sidecarContainers spec.image",
	"actions.summerwind.dev/v1alpha1 RunnerDeployment spec.template.spec.containers spec.template.spec.dockerEnv spec.template.spec.securityContext.seLinuxOptions",
	"actions.summerwind.dev/v1alpha1 RunnerSet spec.template.spec.containers spec.serviceAccountName",
	"actions.github.com/v1alpha1 AutoscalingRunnerSet spec.template.spec.containers spec.runnerScaleSetLabels spec.runnerScaleSetName",
	"actions.github.com/v1alpha1 EphemeralRunnerSet spec.ephemeralRunnerSpec.spec.containers",
	"rbac.authorization.k8s.io/v1 Role rules.apiGroups metadata.name",
	"rbac.authorization.k8s.io/v1 RoleBinding roleRef.kind subjects.name",
	"v1 List items",
	"v1 ServiceAccountList items metadata",
}

// hostile are values that nobody wants.
var hostile = []string{
	"null", "0", "-1e999", "true", `""`, `"a"`, "[]", "{}", "[null]", "[[]]", "[{}]", `["a"]`, "[{}, {}]",
	`{"a": null}`, `{"name": null}`, `[{"name": {}}]`, `[{"name": []}]`, `[{"name": "runner", "env": {}}]`,
	`[{"name": "runner", "env": [null, {"valueFrom": []}, {"valueFrom": {"a": null}}]}]`, `[{"name": "docker", "securityContext": []}]`,
	`{"keyless-runners/waive.KR001": {}}`, `[{"kind": "List", "items": [{"kind": "List"}]}]`, `[{"apiVersion": [], "kind": {}}]`,
}

// hostileTexts are objects in which every member that is read has every value
// that nobody wants, and so has every object on the way to it.
func hostileTexts() []string {
	var texts []string
	for _, kind := range kinds {
		words := strings.Fields(kind)
		for _, path := range words[2:] {
			for _, value := range hostile {
				steps := strings.Split(path, ".")
				for i := len(steps); i > 0; i-- {
					texts = append(texts, fmt.Sprintf(`{"apiVersion": %q, "kind": %q, "%s": %s%s}`,
						words[0], words[1], strings.Join(steps[:i], `": {"`), value, strings.Repeat("}", i-1)))
				}
			}
		}
	}
	return texts
}

func TestHostileObjectsAreRead(t *testing.T) {
	texts := hostileTexts()
	if len(texts) < 1000 {
		t.Errorf("got %d texts, want a thousand", len(texts))
	}
	for _, text := range texts {
		readAny(t, text)
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range hostileTexts() {
		f.Add(text)
	}
	f.Add("apiVersion: v1\nkind: Pod\nmetadata: &m {annotations: {keyless-runners/waive.KR1: *x}}")
	f.Add("apiVersion: v1\nkind: List\nitems: [&a {kind: Pod, <<: {metadata: {name: x}}}, *a]")
	f.Fuzz(readAny)
}

// readAny reads what can be read and checks what holds of all facts.
func readAny(t *testing.T, text string) {
	roots, err := source.Parse("f", []byte(text))
	if err != nil {
		return
	}
	for _, root := range roots {
		kubernetes.Recognize(root)
		all := kubernetes.Read(root)
		for _, o := range all.Objects {
			if o.Kind == "" || o.Hash == "" || o.Place.Line == 0 {
				t.Errorf("%s: got object %+v", text, o)
			}
		}
		for _, w := range all.Workloads {
			if w.Runner && w.Legacy && (len(w.Containers) == 0 || !w.Containers[0].Name.Is("runner")) {
				t.Errorf("%s: got workload %+v, want the runner first", text, w)
			}
		}
		for _, w := range all.Waivers {
			if w.First < 1 || w.Place.Line < w.First || w.Place.Line > w.Last {
				t.Errorf("%s: got waiver %+v", text, w)
			}
		}
	}
}
