package preflight_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"keyless-runners/preflight"
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
		{"without an extension", "KUSTOMIZATION namePrefix: a-\nresources: [runner.yaml]\n", nil, []string{"KR150"}},
		{"without an extension, and no change", "KUSTOMIZATION resources: [runner.yaml]\n", nil, []string{}},
		{"other files", "namePrefix: a-\nresources: [service.yaml]\n", nil, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			name, text := "kustomization.yaml", c.kustomization
			if plain, is := strings.CutPrefix(text, "KUSTOMIZATION "); is {
				name, text = "Kustomization", plain
			}
			got, text := ids(t, c.edits, map[string]string{name: text})
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q\n%s", got, c.want, text)
			}
		})
	}
}

// A kustomization may be named, and be without apiVersion and kind.
func TestNamedKustomization(t *testing.T) {
	files := readGood(t)
	files["kustomization.yaml"], files["other.yaml"] = "namespace: runners\nresources: [runner.yaml]\n", "namespace: runners\n"
	write(t, files)
	input := preflight.Input{Paths: []string{"kustomization.yaml", "runner.yaml", "template.yaml", "workflow.yaml"}}
	if _, count, err := preflight.Read(input); err != nil || count != 4 {
		t.Errorf("got %d files, %v", count, err)
	}
	input.Paths[0] = "other.yaml"
	if _, _, err := preflight.Read(input); err == nil || !strings.Contains(err.Error(), "other.yaml: neither a CloudFormation template") {
		t.Errorf("got %v", err)
	}
}

// Flux and Argo CD apply the files of a folder as they are, or with changes; what they change is
// not proved until it is rendered.
func TestOverlays(t *testing.T) {
	const (
		flux   = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: runners, namespace: flux-system}\nspec:\n  path: ./clusters/ci/\n  prune: true\n  targetNamespace: runners\n"
		patch  = "  patches: [{target: {kind: ServiceAccount}, patch: '[{op: remove, path: /metadata/annotations}]'}]\n"
		argo   = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: runners, namespace: argocd}\nspec:\n  destination: {namespace: other}\n  source:\n    path: clusters/ci\n"
		argos  = "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all, namespace: argocd}\nspec:\n  template:\n    spec:\n      sources:\n      - path: clusters/{{.cluster}}\n"
		arn    = "arn:aws:iam::111122223333:role/"
		filled = "arn:aws:iam::${account}:role/"
	)
	for _, c := range []struct {
		name, object, arn string
		want              string
	}{
		{"Flux, and no change", flux, arn, ""},
		{"Flux, and another namespace", strings.Replace(flux, "Namespace: runners", "Namespace: other", 1), arn, "flux build kustomization runners --kustomization-file FILE --dry-run --path FOLDER"},
		{"Flux, and a patch", flux + patch, arn, "flux build kustomization runners --kustomization-file FILE --dry-run --path FOLDER"},
		{"Flux, and no patches", flux + "  patches: []\n", arn, ""},
		{"Flux, and variables that are filled in", flux + "  postBuild: {substitute: {account: '111122223333'}}\n", filled, "flux build kustomization runners --kustomization-file FILE --dry-run --path FOLDER"},
		{"Flux, and variables that nothing has", flux + "  postBuild: {substitute: {account: '111122223333'}}\n", arn, ""},
		{"Flux, and the root", strings.Replace(flux, "./clusters/ci/", "./", 1) + patch, arn, "flux build kustomization runners --kustomization-file FILE --dry-run --path ."},
		{"Flux, and another folder", strings.Replace(flux, "ci/", "c", 1) + patch, arn, ""},
		{"Argo CD, and no change", argo + "    kustomize: {version: v5.4.3}\n", arn, ""},
		{"Argo CD, and a prefix", argo + "    kustomize: {namePrefix: a-}\n", arn, "argocd app manifests runners"},
		{"Argo CD, and another namespace", argo + "    kustomize: {namespace: other}\n", arn, "argocd app manifests runners"},
		{"Argo CD, and the same namespace", argo + "    kustomize: {namespace: runners}\n", arn, ""},
		{"Argo CD, and a plugin", argo + "    plugin: {name: envsubst}\n", arn, "argocd app manifests runners"},
		{"Argo CD for each cluster", argos, arn, ""},
		{"Argo CD for each cluster, and a suffix", argos + "        kustomize: {nameSuffix: '-{{.cluster}}'}\n", arn, "argocd app manifests NAME"},
	} {
		t.Run(c.name, func(t *testing.T) {
			runner, err := os.ReadFile("testdata/good/runner.yaml")
			if err != nil {
				t.Fatal(err)
			}
			_, got := ids(t, nil, map[string]string{"runner.yaml": "a: b", "clusters/ci/runner.yaml": strings.ReplaceAll(string(runner), arn, c.arn), "flux/runners.yaml": c.object})
			want := "proved: "
			if c.want != "" {
				want = "    fix: run: " + strings.NewReplacer("FILE", "flux/runners.yaml", "FOLDER", "clusters/ci").Replace(c.want) + " | keyless check -\n"
			}
			if !strings.Contains("\n"+got, "\n"+want) {
				t.Errorf("want %q in\n%s", want, got)
			}
		})
	}
}
