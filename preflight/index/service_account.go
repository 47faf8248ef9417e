package index

import (
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// DefaultServiceAccount is the one of a Pod that names none.
const DefaultServiceAccount = "default"

// ServiceAccountOf is the ServiceAccount of a workload's Pods, nil if it is not among the
// files.
func (i *Index) ServiceAccountOf(w *facts.Workload) *facts.ServiceAccount {
	name := w.ServiceAccount.Value
	if !w.ServiceAccount.There {
		name = DefaultServiceAccount
	} else if !w.ServiceAccount.Known() {
		return nil
	}
	return nearest(i, i.serviceAccounts[key(w.Namespace, name)], w, func(sa *facts.ServiceAccount) source.Place { return sa.Place })
}

// Alike are the ServiceAccounts with the namespace and the name of one, itself included: the
// files of several clusters may each have it.
func (i *Index) Alike(sa *facts.ServiceAccount) []*facts.ServiceAccount {
	return i.serviceAccounts[key(sa.Namespace, sa.Name.Value)]
}

// ServiceAccountsNamed are those of a name, in whichever namespace.
func (i *Index) ServiceAccountsNamed(name string) []*facts.ServiceAccount {
	return i.serviceAccountsByName[name]
}

// ServiceAccountNames are the names to suggest, and near is the nearest to the wanted one.
func (i *Index) ServiceAccountNames(wanted string) (names []string, near string) {
	names = Names(i.serviceAccountsByName)
	return names, identity.Closest(wanted, names)
}
