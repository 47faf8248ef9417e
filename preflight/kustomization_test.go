package preflight_test

import (
	"slices"
	"testing"
)

// A kustomization changes what its files have, or leaves it as it is; what it changes is
// not proved until it is rendered.
func TestKustomizations(t *testing.T) {
	for _, c := range []struct {
		name, kustomization string
		edits               []edit
		want                []string
	}{
		{"resources alone", "resources: [runner.yaml]\n", nil, []string{}},
		{"of its kind", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [runner.yaml]\nsortOptions: {order: fifo}\n", nil, []string{}},
		{"the namespace that they have", "namespace: runners\nresources: [runner.yaml]\n", nil, []string{}},
		{"another namespace", "namespace: ci\nresources: [runner.yaml]\n", nil, []string{"KR150"}},
		{"a namespace that they lack", "namespace: runners\nresources: [runner.yaml]\n", []edit{{"runner.yaml", "  name: build\n  namespace: runners\nspec:\n", "  name: build\nspec:\n"}}, []string{"KR150"}},
		{"a prefix", "namePrefix: a-\nresources: [runner.yaml]\n", nil, []string{"KR150"}},
		{"a patch", "resources: [runner.yaml]\npatches: [{target: {kind: ServiceAccount}, patch: '[{op: remove, path: /metadata/annotations}]'}]\n", nil, []string{"KR150"}},
		{"labels", "resources: [runner.yaml]\ncommonLabels: {team: a}\n", nil, []string{"KR150"}},
		{"a ConfigMap", "resources: [runner.yaml]\nconfigMapGenerator: [{name: a, literals: [b=c]}]\n", nil, []string{"KR150"}},
		{"nothing, written out", "namePrefix:\nresources: [runner.yaml]\n", nil, []string{}},
		{"other files", "namePrefix: a-\nresources: [service.yaml]\n", nil, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, text := ids(t, c.edits, map[string]string{"kustomization.yaml": c.kustomization})
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q\n%s", got, c.want, text)
			}
		})
	}
}
