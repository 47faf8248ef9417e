package render

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// kustomization is the name of the list of a cluster's files. kustomize, Flux and Argo CD
// take it for "kustomization.yaml"; "kubectl apply -f" would take that for an object, and
// passes over this.
const kustomization = "Kustomization"

// kustomizations are the lists of the folders of manifests, by path: namespaces come
// first, which are all of the fleet's, then pools, each in the order of names.
func kustomizations(f fleet.Fleet, namespaces []fleet.Namespace) Files {
	resources := map[string][]string{}
	add := func(file string) {
		folder, name := path.Split(file)
		resources[folder] = append(resources[folder], name)
	}
	for _, n := range namespaces {
		if n.HasFile() {
			add(n.ManifestPath())
		}
	}
	manifests := map[identity.PoolName][]string{}
	for p := range f.PoolsInClusters() {
		manifests[p.Name] = append(manifests[p.Name], p.ManifestPath())
	}
	for _, name := range slices.Sorted(maps.Keys(manifests)) {
		for _, manifest := range manifests[name] {
			add(manifest)
		}
	}
	files := make(Files, len(resources))
	for folder, names := range resources {
		at := folder + kustomization
		files[at] = renderKustomization(at, names)
	}
	return files
}

func renderKustomization(at string, names []string) []byte {
	var text bytes.Buffer
	fmt.Fprintf(&text, "# %s\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n", fleet.Mark(at))
	for _, name := range names {
		fmt.Fprintf(&text, "  - %s\n", name)
	}
	return text.Bytes()
}
