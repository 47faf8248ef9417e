package index

import (
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// DefaultServiceAccount is the one of a Pod that names none.
const DefaultServiceAccount = "default"

// NameOfServiceAccount is the name of a workload's ServiceAccount: "default", at the workload, if
// it names none.
func NameOfServiceAccount(w *facts.Workload) facts.Text {
	if !w.ServiceAccount.There {
		return facts.Known(DefaultServiceAccount, w.Place)
	}
	return w.ServiceAccount
}

// ServiceAccountOf is the ServiceAccount of a workload's Pods, nil if it is not among the
// files.
func (i *Index) ServiceAccountOf(w *facts.Workload) *facts.ServiceAccount {
	name := NameOfServiceAccount(w)
	if !name.Known() {
		return nil
	}
	return nearest(i, i.serviceAccounts[namespacedKey(w.Namespace, name.Value)], w, func(sa *facts.ServiceAccount) source.Place { return sa.Place })
}

// Alike are the ServiceAccounts with the namespace and the name of one, itself included: the
// files of several clusters may each have it.
func (i *Index) Alike(sa *facts.ServiceAccount) []*facts.ServiceAccount {
	return i.serviceAccounts[namespacedKey(sa.Namespace, sa.Name.Value)]
}

// ServiceAccountsNamed returns the ServiceAccounts of a name, in whichever namespace.
func (i *Index) ServiceAccountsNamed(name string) []*facts.ServiceAccount {
	return i.serviceAccountsByName[name]
}

// ServiceAccountNames are the names to suggest, and near is the nearest to the wanted one.
func (i *Index) ServiceAccountNames(wanted string) (names []string, near string) {
	names = Names(i.serviceAccountsByName)
	return names, identity.Closest(wanted, names)
}
