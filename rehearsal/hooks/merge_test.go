package hooks

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

// What a template has goes over what the hooks made, as mergePodSpecWithOptions and
// mergeContainerWithOptions do it.
func TestATemplateGoesOverThePod(t *testing.T) {
	read := func(text string) (object map[string]any) {
		if err := yaml.UnmarshalStrict([]byte(text), &object); err != nil {
			t.Fatal(err)
		}
		return object
	}
	pod := read(`
metadata: {name: runner-workflow, labels: {runner-pod: runner}, annotations: {}}
spec:
  restartPolicy: Never
  securityContext: {fsGroup: 1001}
  initContainers: [{name: fs-init}]
  containers: [{name: job, image: ko, env: [{name: CI, value: "true"}], volumeMounts: [{name: work, mountPath: /__w}]}]
  volumes: [{name: work}]
`)
	merge(pod, read(`
metadata: {labels: {team: web}, annotations: {example.com/note: x}}
spec:
  serviceAccountName: job
  securityContext: {fsGroup: 2000}
  containers:
    - {name: $job, image: other, env: [{name: A, value: b}], resources: {requests: {cpu: "1"}}, volumeMounts: [{name: tls, mountPath: /tls}]}
    - {name: $service, image: none}
    - {name: beside, image: proxy}
  volumes: [{name: tls}]
`))
	want := read(`
metadata: {name: runner-workflow, labels: {runner-pod: runner, team: web}, annotations: {example.com/note: x}}
spec:
  restartPolicy: Never
  serviceAccountName: job
  securityContext: {fsGroup: 2000}
  initContainers: [{name: fs-init}]
  containers:
    - {name: job, image: ko, env: [{name: CI, value: "true"}, {name: A, value: b}], resources: {requests: {cpu: "1"}}, volumeMounts: [{name: work, mountPath: /__w}, {name: tls, mountPath: /tls}]}
    - {name: beside, image: proxy}
  volumes: [{name: work}, {name: tls}]
`)
	if diff := cmp.Diff(want, pod); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
