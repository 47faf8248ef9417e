package render

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"

	"keyless-runners/fleet"
)

// kustomization is the name of the list of a cluster's files. kustomize, Flux and Argo CD
// take it for "kustomization.yaml"; "kubectl apply -f" would take that for an object, and
// passes over this.
const kustomization = "Kustomization"

// kustomizations are the lists of the folders of manifests, by path: namespaces come
// first, then pools, each in the order of names.
func kustomizations(f fleet.Fleet) Files {
	resources := map[string][]string{}
	add := func(file string) {
		folder, name := path.Split(file)
		resources[folder] = append(resources[folder], name)
	}
	for _, n := range f.Namespaces() {
		if n.HasFile() {
			add(n.ManifestPath())
		}
	}
	for _, p := range slices.SortedFunc(f.PoolsInClusters(), byName) {
		add(p.ManifestPath())
	}
	files := make(Files, len(resources))
	for folder, names := range resources {
		at := folder + kustomization
		files[at] = renderKustomization(at, names)
	}
	return files
}

func byName(a, b fleet.Pool) int { return cmp.Compare(a.Name, b.Name) }

func renderKustomization(at string, names []string) []byte {
	var text bytes.Buffer
	fmt.Fprintf(&text, "# %s\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n", fleet.Mark(at))
	for _, name := range names {
		fmt.Fprintf(&text, "  - %s\n", name)
	}
	return text.Bytes()
}
