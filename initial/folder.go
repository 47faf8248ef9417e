package initial

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// findClusters finds the clusters that runners are in.
func (a *declaration) findClusters() {
	known := a.knownClusters()
	for _, folder := range a.folders() {
		c := a.clusterOf(folder, known)
		for _, r := range a.runners {
			if index.Folder(r.Place) == folder {
				r.cluster = c
			}
		}
		if !slices.Contains(a.clusters, c) {
			a.clusters = append(a.clusters, c)
		}
	}
	for _, c := range a.clusters {
		a.complete(c)
	}
	for _, r := range a.runners {
		a.foldersOf[r.cluster.Name] = index.Folder(r.Place)
	}
}

// folders returns the folders of the runners, each once: one cluster's manifests are in one folder.
func (a *declaration) folders() []string {
	var all []string
	for _, r := range a.runners {
		if folder := index.Folder(r.Place); !slices.Contains(all, folder) {
			all = append(all, folder)
		}
	}
	return all
}

// clusterOf is the cluster that a folder's manifests are for: the one that the folder is named
// after, or else the one that the roles of its runners trust, or the only one.
func (a *declaration) clusterOf(folder string, known []*foundCluster) *foundCluster {
	base := identity.ClusterName(path.Base(folder))
	var found *foundCluster
	for _, c := range known {
		if base == cmp.Or(c.Name, c.EKSName) {
			found = c
		}
	}
	if trusted := a.trustedBy(folder, known); found == nil && len(trusted) == 1 {
		found = trusted[0]
	}
	if found == nil && len(known) == 1 {
		found = known[0]
	}
	if found == nil {
		found = &foundCluster{place: source.Place{File: folder}, asked: true}
		a.result.ask(Question{Place: source.Place{File: folder}, Text: fmt.Sprintf("which cluster the runners of this folder are in is not known; %s", listOf(known)), Next: `name the folder after the cluster, or add what "aws eks describe-cluster" prints`})
	}
	if path.Base(path.Dir(folder)) == "manifests" {
		found.Name = base
	}
	return found
}

func listOf(known []*foundCluster) string {
	if len(known) == 0 {
		return "no file shows one"
	}
	var names []string
	for _, c := range known {
		names = append(names, quoted(cmp.Or(string(c.EKSName), string(c.Name), string(c.Issuer))))
	}
	return "the files show " + strings.Join(names, ", ")
}

// trustedBy are the clusters that all roles of the folder's runners trust.
func (a *declaration) trustedBy(folder string, known []*foundCluster) []*foundCluster {
	left := slices.Clone(known)
	for _, r := range a.runners {
		if index.Folder(r.Place) != folder || r.role.fact == nil {
			continue
		}
		trusted := trusting(r)
		for _, association := range r.role.associations {
			trusted = append(trusted, associated(*association))
		}
		left = slices.DeleteFunc(left, func(c *foundCluster) bool { return !slices.ContainsFunc(trusted, c.is) })
	}
	return left
}
