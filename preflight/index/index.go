// Package index finds facts by what refers to them: roles by ARN, ServiceAccounts by name,
// the associations of a ServiceAccount, the ConfigMaps behind a variable, the policies of a
// role. It judges nothing, and what is near a name that is not there is only suggested.
//
// Start at New.
package index

import (
	"maps"
	"path"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Index is facts, and finds them.
type Index struct {
	facts.Facts
	// Oversized are the documents that are larger than any that IAM accepts. Nothing of
	// them is known to the rest of the proof.
	Oversized []Oversized
	// Loose is the role that policy documents in separate files are taken for; nil: none.
	Loose *facts.Role
	// LeftUnrendered are the charts and templates in which runners or ServiceAccounts may be
	// that no file has rendered.
	LeftUnrendered []facts.Unrendered

	serviceAccounts       map[string][]*facts.ServiceAccount // by namespace and name
	serviceAccountsByName map[string][]*facts.ServiceAccount
	roles                 map[string][]*facts.Role          // by name in lower case
	rolesByID             map[string]*facts.Role            // by file and logical id
	managed               map[string]*facts.ManagedPolicy   // by ARN
	attachedByName        map[string][]*facts.ManagedPolicy // by the role that it names
	providers             map[string][]*facts.Provider      // by issuer without scheme
	keyValues             map[string][]*facts.KeyValues     // by kind, namespace and name
	workloads             map[string][]source.Place         // by kind, namespace and name
	associations          map[string][]*facts.PodIdentityAssociation
	openAssociations      []*facts.PodIdentityAssociation
	associationsFor       map[*facts.Role][]*facts.PodIdentityAssociation
	targets               map[*facts.Role][]string
	leadsTo               map[*facts.Role][]*facts.Role
	trustsClusters        bool
}

// New indexes facts. It sets the documents aside that are too large.
func New(f facts.Facts) *Index {
	i := &Index{
		Facts:                 f,
		LeftUnrendered:        leftUnrendered(f),
		serviceAccounts:       by(f.ServiceAccounts, func(sa *facts.ServiceAccount) string { return namespacedKey(sa.Namespace, sa.Name.Value) }),
		serviceAccountsByName: by(f.ServiceAccounts, func(sa *facts.ServiceAccount) string { return sa.Name.Value }),
		roles:                 by(f.Roles, func(role *facts.Role) string { return strings.ToLower(role.Name.Value) }),
		rolesByID:             map[string]*facts.Role{},
		managed:               map[string]*facts.ManagedPolicy{},
		attachedByName:        map[string][]*facts.ManagedPolicy{},
		providers:             by(f.Providers, func(provider *facts.Provider) string { return IssuerHost(provider.URL.Value) }),
		keyValues:             by(f.KeyValues, func(kv *facts.KeyValues) string { return kv.Kind + " " + namespacedKey(kv.Namespace, kv.Name.Value) }),
		workloads:             map[string][]source.Place{},
		associations:          map[string][]*facts.PodIdentityAssociation{},
		associationsFor:       map[*facts.Role][]*facts.PodIdentityAssociation{},
		targets:               map[*facts.Role][]string{},
		leadsTo:               map[*facts.Role][]*facts.Role{},
	}
	i.leaveOutRead()
	i.setOversizedAside()
	for n := range f.Roles {
		if id := f.Roles[n].LogicalID; id != "" {
			i.rolesByID[f.Roles[n].Place.File+" "+id] = &f.Roles[n]
		}
	}
	for n := range f.ManagedPolicies {
		managed := &f.ManagedPolicies[n]
		if managed.ARN.Known() {
			i.managed[managed.ARN.Value] = managed
		}
		for _, role := range managed.Roles {
			i.attachedByName[role.Value] = append(i.attachedByName[role.Value], managed)
		}
	}
	for n := range f.Workloads {
		if w := &f.Workloads[n]; !w.Live {
			i.workloads[workloadKey(w)] = append(i.workloads[workloadKey(w)], w.Place)
		}
	}
	i.takeLooseDocuments()
	i.addAssociations()
	i.trustsClusters = i.everyClusterIsTrusted()
	return i
}

// leaveOutRead leaves the stacks out whose own template is among the files.
func (i *Index) leaveOutRead() {
	read := map[string]bool{}
	for _, template := range i.Templates {
		read[path.Clean(strings.ReplaceAll(template.Place.File, `\`, "/"))] = true
	}
	i.Unread = slices.DeleteFunc(slices.Clone(i.Unread), func(unread facts.Unread) bool { return read[unread.Template] })
}

// by are facts by a key that several may have.
func by[V any](all []V, key func(*V) string) map[string][]*V {
	index := map[string][]*V{}
	for n := range all {
		k := key(&all[n])
		index[k] = append(index[k], &all[n])
	}
	return index
}

// namespacedKey identifies namespaced objects. Two that name no namespace go to the same one,
// whichever it is.
func namespacedKey(namespace facts.Text, name string) string {
	if !namespace.There {
		return name
	}
	return namespace.Value + namespace.Unknown + "/" + name
}

// MaxNames is how many names are looked at for one to suggest: looking for the nearest of
// thousands for each of thousands takes too long.
const MaxNames = 500

// Names are the keys of an index to suggest, sorted; none of very many.
func Names[V any](index map[string]V) []string {
	if len(index) > MaxNames {
		return nil
	}
	return slices.Sorted(maps.Keys(index))
}

// Folder is applied as a whole: manifests of one cluster are in one.
func Folder(at source.Place) string {
	return path.Dir(strings.ReplaceAll(at.File, `\`, "/"))
}

// nearest returns the object that is applied together with a workload, nil if there is none: the one in
// the same folder, or else with the most folders in common. One that is nearer to a workload of
// the same name is of another cluster, whose manifests have objects of the same names, unless the
// workload is what a cluster shows of the other, or one is the base of the other's overlay.
func nearest[T any](i *Index, objects []*T, w *facts.Workload, placeOf func(*T) source.Place) (found *T) {
	most := -1
	for _, object := range objects {
		if at := placeOf(object); foldersInCommon(at, w.Place) > most && !i.isNearerToAnother(at, w) {
			found, most = object, foldersInCommon(at, w.Place)
		}
	}
	return found
}

// isNearerToAnother reports whether something is nearer to another workload of the name.
func (i *Index) isNearerToAnother(at source.Place, w *facts.Workload) bool {
	return !w.Live && slices.ContainsFunc(i.workloads[workloadKey(w)], func(alike source.Place) bool {
		return foldersInCommon(at, alike) > foldersInCommon(at, w.Place) && (AsDeep(alike, w.Place) || !isBaseOf(at, w.Place))
	})
}

// AppliedWith reports whether something in a namespace is in that of the workload, in its cluster.
func (i *Index) AppliedWith(at source.Place, namespace facts.Text, w *facts.Workload) bool {
	return namespace.There == w.Namespace.There && namespace.Same(w.Namespace) && !i.isNearerToAnother(at, w)
}

// isBaseOf reports whether one of two folders is in the other, or is a base as kustomize's documentation
// has it (https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#base).
func isBaseOf(at, overlay source.Place) bool {
	base, over := Folder(at)+"/", Folder(overlay)+"/"
	return base == "./" || over == "./" || strings.HasPrefix(base, over) || strings.HasPrefix(over, base) || strings.Contains("/"+base, "/base/") || strings.Contains("/"+over, "/overlays/")
}

// AsDeep reports whether as many folders lead to one place as to the other.
func AsDeep(one, other source.Place) bool { return depth(one) == depth(other) }

// depth is how many folders lead to a place.
func depth(at source.Place) int {
	return strings.Count(path.Clean(strings.ReplaceAll(at.File, `\`, "/")), "/")
}

// foldersInCommon counts the folders on the way to both places, and one more if they are all.
func foldersInCommon(a, b source.Place) (count int) {
	one, other := Folder(a), Folder(b)
	if one == other {
		return strings.Count(one, "/") + 2
	}
	these, those := strings.Split(one, "/"), strings.Split(other, "/")
	for count < min(len(these), len(those)) && these[count] == those[count] {
		count++
	}
	return count
}

// workloadKey is the same for workloads that would be one object in one cluster.
func workloadKey(w *facts.Workload) string {
	return w.Kind + " " + namespacedKey(w.Namespace, w.Name.Value)
}

// Start is the first place of the files, for findings about all of them.
func (i *Index) Start() source.Place {
	switch {
	case len(i.Objects) > 0:
		return i.Objects[0].Place
	case len(i.Templates) > 0:
		return i.Templates[0].Place
	case len(i.Documents) > 0:
		return i.Documents[0].Document.Place
	case len(i.Jobs) > 0:
		return i.Jobs[0].Place
	}
	return source.Place{}
}
