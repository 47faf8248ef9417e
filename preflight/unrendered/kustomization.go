package unrendered

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Kustomization is a folder of which kustomize makes other objects than its files have.
type Kustomization struct {
	// File is the folder's kustomization.yaml, and Files are the given files that are used,
	// itself included.
	File  string
	Files []string
	// helm reports that it renders charts.
	helm bool
}

// Kustomizations returns those among the files that change runners or their ServiceAccounts, but
// for those that are part of another.
func Kustomizations(files []string) []Kustomization {
	files = withPlain(files)
	given := map[string]bool{}
	for _, file := range files {
		given[file] = true
	}
	var found []Kustomization
	for _, file := range files {
		if root := kustomization(file); root != nil {
			k := Kustomization{File: file, Files: used(file, given, nil), helm: root.Has("helmCharts")}
			if k.changes(root) && k.installsRunners() {
				found = append(found, k)
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(found), func(k Kustomization) bool {
		return slices.ContainsFunc(found, func(of Kustomization) bool { return of.File != k.File && slices.Contains(of.Files, k.File) })
	})
}

// Unrendered returns the kustomization as a fact.
func (k Kustomization) Unrendered() facts.Unrendered {
	command := "kustomize build"
	if k.helm {
		command += " --enable-helm"
	}
	folder := filepath.Dir(k.File)
	return facts.Unrendered{
		Place: source.Place{File: k.File, Line: 1, Column: 1},
		What:  fmt.Sprintf("the kustomization in %q", folder),
		Run:   fmt.Sprintf("%s %s | keyless check -", command, word(folder, "FOLDER")),
	}
}

// kustomizationNames are the file names that kustomize looks for in a folder.
var kustomizationNames = []string{"kustomization.yaml", "kustomization.yml", "Kustomization"}

// withPlain returns the names of files and those of kustomizations without an extension in their folders, which no
// reader takes for a separate file.
func withPlain(files []string) []string {
	seen := map[string]bool{}
	for _, file := range files {
		plain := filepath.Join(filepath.Dir(file), kustomizationNames[2])
		if info, err := os.Stat(plain); !seen[plain] && err == nil && info.Mode().IsRegular() {
			files = append(slices.Clip(files), plain)
		}
		seen[plain] = true
	}
	return files
}

// IsKustomization reports whether a file is a kustomization, which may be without apiVersion and kind.
func IsKustomization(file string) bool { return kustomization(file) != nil }

// kustomization returns the tree of a kustomization, nil of another file.
func kustomization(file string) *source.Node {
	if !slices.Contains(kustomizationNames, filepath.Base(file)) {
		return nil
	}
	if roots := parsed(file); len(roots) == 1 && !strings.HasPrefix(roots[0].Word("apiVersion"), fluxGroup) {
		return roots[0]
	}
	return nil
}

// fluxGroup is the API group of Flux' Kustomization, an object that says which folder is applied.
const fluxGroup = "kustomize.toolkit.fluxcd.io"

// parsed returns the trees of a file, none if it cannot be read, which its own reader reports.
func parsed(file string) []*source.Node {
	text, err := source.Read(file)
	if err != nil {
		return nil
	}
	roots, _ := source.Parse(file, text)
	return roots
}

// used adds to the files of a kustomization those that it names, and those of the kustomizations
// that it names. Every text of it may be a path, and a generator's one behind "KEY=".
func used(file string, given map[string]bool, all []string) []string {
	if slices.Contains(all, file) {
		return all
	}
	all = append(all, file)
	kustomization(file).Walk(func(node *source.Node) bool {
		_, path, found := strings.Cut(node.Text, "=")
		if !found {
			path = node.Text
		}
		path = filepath.Join(filepath.Dir(file), path)
		for _, name := range []string{path, filepath.Join(path, kustomizationNames[0]), filepath.Join(path, kustomizationNames[1]), filepath.Join(path, kustomizationNames[2])} {
			if node.Kind == source.String && given[name] {
				all = used(name, given, all)
			}
		}
		return true
	})
	return all
}

// unchanging are the fields with which the objects stay as their files have them.
var unchanging = []string{"apiVersion", "kind", "metadata", "resources", "bases", "crds", "openapi", "sortOptions", "buildMetadata", "generatorOptions"}

// changes reports whether the kustomization makes other objects than its files have.
func (k Kustomization) changes(root *source.Node) bool {
	return slices.ContainsFunc(root.Entries(), func(member source.Member) bool {
		switch {
		case member.Value.Kind == source.Null, slices.Contains(unchanging, member.Name):
			return false
		case member.Name == "namespace":
			return !k.isIn(member.Value.Text)
		}
		return true
	})
}

// clusterKinds are objects without a namespace that may be beside runners.
var clusterKinds = []string{"Namespace", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "StorageClass", "PriorityClass", "ClusterIssuer", "ClusterSecretStore"}

// isIn reports whether every object of the files is in the namespace already.
func (k Kustomization) isIn(namespace string) bool {
	for _, file := range k.Files {
		if kustomization(file) != nil {
			continue
		}
		for _, root := range parsed(file) {
			if root.Word("metadata", "namespace") != namespace && !slices.Contains(clusterKinds, root.Word("kind")) {
				return false
			}
		}
	}
	return true
}

// installsRunners reports whether one of the files is of a runner, of its ServiceAccount, or
// names the chart of a scale set.
func (k Kustomization) installsRunners() bool {
	marks := append([]string{identity.AnnotationRoleARN, identity.ChartScaleSet}, runnerKinds...)
	return slices.ContainsFunc(k.Files, func(file string) bool {
		text, err := source.Read(file)
		return err == nil && slices.ContainsFunc(marks, func(mark string) bool { return strings.Contains(string(text), mark) })
	})
}
