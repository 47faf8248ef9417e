package unrendered

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Overlay is an object by which Flux or Argo CD applies a folder, with changes to what its files
// have.
type Overlay struct {
	place source.Place
	// what names the object, and run is the command that prints what is applied of FOLDER.
	what, run string
	// path is the folder's in its source repository, "" is the root.
	path string
	// namespace is the one that the objects are put into, "" if they stay in theirs.
	namespace string
	// filled reports that variables of the files are filled in, and changed that
	// anything else changes.
	filled, changed bool
}

// Fields of Flux' Kustomization and of Argo CD's kustomize with which the objects of a folder
// stay as their files have them.
var (
	fluxUnchanging = []string{"interval", "retryInterval", "path", "prune", "sourceRef", "dependsOn", "decryption", "healthChecks", "healthCheckExprs", "wait",
		"timeout", "force", "serviceAccountName", "kubeConfig", "suspend", "deletionPolicy", "ignoreMissingComponents", "targetNamespace", "postBuild"}
	argoUnchanging = []string{"version", "kubeVersion", "apiVersions", "namespace"}
)

// Overlays returns those that an object states.
func Overlays(root *source.Node) []Overlay {
	group, _, _ := strings.Cut(root.Word("apiVersion"), "/")
	spec, name := root.Get("spec"), root.Word("metadata", "name")
	switch root.Word("kind") + "." + group {
	case "Kustomization." + fluxGroup:
		return []Overlay{{
			place: root.Place, path: folderOf(spec.Word("path")), what: fmt.Sprintf("the Kustomization %q of Flux", name),
			run:       fmt.Sprintf("flux build kustomization %s --kustomization-file %s --dry-run --path FOLDER | keyless check -", word(name, "NAME"), word(root.Place.File, "FILE")),
			namespace: spec.Word("targetNamespace"), filled: spec.Has("postBuild"), changed: hasOther(spec, fluxUnchanging),
		}}
	case "Application.argoproj.io":
		return argoOverlays(root, spec, name)
	case "ApplicationSet.argoproj.io":
		return argoOverlays(root, spec.Get("template", "spec"), "NAME")
	}
	return nil
}

func argoOverlays(root, spec *source.Node, name string) []Overlay {
	var found []Overlay
	for _, from := range applicationSources(spec) {
		if from.Has("path") {
			found = append(found, Overlay{
				place: root.Place, path: folderOf(from.Word("path")), what: fmt.Sprintf("the %s %q of Argo CD", root.Word("kind"), root.Word("metadata", "name")),
				run:       fmt.Sprintf("argocd app manifests %s | keyless check -", word(name, "NAME")),
				namespace: from.Word("kustomize", "namespace"), changed: from.Has("plugin") || hasOther(from.Get("kustomize"), argoUnchanging),
			})
		}
	}
	return found
}

// hasOther reports whether an object has a field that is not among the names and not empty.
func hasOther(object *source.Node, names []string) bool {
	return slices.ContainsFunc(object.Entries(), func(member source.Member) bool {
		value := member.Value
		return !slices.Contains(names, member.Name) && value.Kind != source.Null && (value.Text != "" || len(value.Items)+len(value.Members) > 0)
	})
}

// folderOf is a path of a source repository without dots and slashes around it; the part of a template
// that is not filled in counts as any.
func folderOf(name string) string {
	if fixed, _, found := strings.Cut(name, "{{"); found {
		name = path.Dir(fixed + "x")
	}
	return strings.Trim(path.Clean("/"+name), "/")
}

// Files returns the names of files that are applied: those in the folder, and what kustomizations of
// it use. The folder is where it is among them, "" if none is in it.
func (o Overlay) Files(names []string) (folder string, applied []string) {
	given := map[string]bool{}
	for _, name := range names {
		given[name] = true
	}
	for _, name := range names {
		if in := o.folderOf(name); in != "" {
			folder, applied = in, used(name, given, applied)
		}
	}
	return folder, applied
}

func (o Overlay) folderOf(file string) string {
	file = filepath.ToSlash(file)
	if o.path == "" {
		return "."
	}
	if i := strings.Index("/"+path.Dir(file)+"/", "/"+o.path+"/"); i >= 0 {
		return file[:i+len(o.path)]
	}
	return ""
}

// Changes reports whether runners of a file of the folder, or their ServiceAccounts, are applied
// otherwise than the file has them. The file may have variables.
func (o Overlay) Changes(file *facts.Facts, variables bool) bool {
	open := slices.ContainsFunc(file.Unrendered, func(u facts.Unrendered) bool { return len(u.Placeholders) > 0 })
	if len(file.Workloads)+len(file.ServiceAccounts) == 0 && !open {
		return false
	}
	moved := o.namespace != "" && slices.ContainsFunc(file.Objects, func(object facts.Object) bool {
		return !object.Namespace.Is(o.namespace) && !slices.Contains(clusterKinds, object.Kind)
	})
	return o.changed || moved || o.filled && variables
}

// Unrendered returns the overlay of a folder as a fact.
func (o Overlay) Unrendered(folder string) facts.Unrendered {
	return facts.Unrendered{
		Place: o.place, What: fmt.Sprintf("%s, which changes what is in %q", o.what, folder), Run: strings.Replace(o.run, "FOLDER", word(folder, "FOLDER"), 1),
	}
}
