package access

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// Association is an EKS Pod Identity association by its session tags. The zero value is one
// without.
type Association struct{ Cluster, Namespace, ServiceAccount string }

// String is the association's ServiceAccount and cluster.
func (a Association) String() string {
	if a == (Association{}) {
		return untaggedAssociations
	}
	_, name, _ := strings.Cut(a.Cluster, ":cluster/")
	if name == "" {
		name = a.Cluster
	}
	return fmt.Sprintf("system:serviceaccount:%s:%s of cluster %s", a.Namespace, a.ServiceAccount, name)
}

// AssociationAxis cuts the associations of one account.
type AssociationAxis struct {
	Axis
	associations []Association
	account      string
}

// NewAssociationAxis cuts associations by the trust policies, and by the given ones.
func NewAssociationAxis(budget *Budget, account string, trusts []*facts.Document, given []Association) (AssociationAxis, error) {
	if trusts == nil {
		return listed(account, given), nil
	}
	request := associationRequest(account)
	partitions := make([]policy.Partition, len(associationTags))
	combinations := 1
	for i, tag := range associationTags {
		var patterns []policy.Pattern
		for _, trust := range trusts {
			more, err := tag.universe.Patterns(tag.key, request, []policy.Document{knownDocument(trust)})
			if err != nil {
				return AssociationAxis{}, err
			}
			patterns = append(patterns, more...)
		}
		for _, a := range given {
			patterns = append(patterns, policy.Exactly([]string{a.Cluster, a.Namespace, a.ServiceAccount}[i]))
		}
		partition, err := budget.cut(tag.universe, patterns)
		if combinations *= max(1, len(partition.Classes)); err == nil {
			err = budget.decide(combinations)
		}
		if err != nil {
			return AssociationAxis{}, err
		}
		partitions[i] = partition
	}
	return combined(account, partitions, given), nil
}

// listed is an axis of the given associations alone.
func listed(account string, given []Association) AssociationAxis {
	axis := AssociationAxis{account: account}
	var values []string
	for _, a := range given {
		if !slices.Contains(axis.associations, a) {
			axis.associations, values = append(axis.associations, a), append(values, a.String())
		}
	}
	axis.Axis = ListAxis(values, itself)
	return axis
}

// combined returns the combinations of the tags' classes, associations without tags, and those of
// the given ones whose names are not valid. Each is described separately.
func combined(account string, partitions []policy.Partition, given []Association) AssociationAxis {
	axis := AssociationAxis{account: account}
	var words []string
	add := func(a Association, described string, single bool) {
		axis.associations, words = append(axis.associations, a), append(words, described)
		axis.Classes = append(axis.Classes, policy.Class{Representative: a.String(), Single: single})
	}
	for _, namespace := range partitions[1].Classes {
		for _, serviceAccount := range partitions[2].Classes {
			for _, cluster := range partitions[0].Classes {
				a := Association{cluster.Representative, namespace.Representative, serviceAccount.Representative}
				if cluster.Single && namespace.Single && serviceAccount.Single {
					add(a, a.String(), true)
				} else {
					add(a, associationWords(partitions, cluster, namespace, serviceAccount), false)
				}
			}
		}
	}
	add(Association{}, untaggedAssociations, false)
	for _, a := range given {
		if !slices.Contains(axis.associations, a) {
			add(a, a.String(), true)
		}
	}
	axis.describe = func(truths []policy.Truth) (found []group) {
		for i, class := range axis.Classes {
			if truths[i] != policy.No {
				found = append(found, group{words[i], class})
			}
		}
		return found
	}
	return axis
}

// Index returns the number of the class that is the association alone; -1 if there is none.
func (a AssociationAxis) Index(of Association) int { return slices.Index(a.associations, of) }

// Decisions returns a trust policy's decisions on the associations of the axis.
func (a AssociationAxis) Decisions(budget *Budget, trust *facts.Document) []Decision {
	if err := budget.decide(len(a.associations)); err != nil {
		return slices.Repeat([]Decision{undivided("", err, trust).Decision}, len(a.associations))
	}
	decisions := make([]Decision, len(a.associations))
	for i, of := range a.associations {
		decisions[i] = askAssociation(trust, a.account, of.Cluster, of.Namespace, of.ServiceAccount)
	}
	return decisions
}
