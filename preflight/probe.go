package preflight

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// probe is a subject that a trust policy is tried with.
type probe struct {
	subject string
	// who says in words whom the subject stands for.
	who string
	// named says that the policy spells the subject; anybody that it stands for
	// all there are.
	named, anybody bool
	// place is where the policy spells it, the zero value if it does not.
	place source.Place
}

// probes are the subjects to try, the widest first: what lets in a stranger of
// another namespace lets in all.
func probes(d *facts.Document, host string, expected map[string]bool) []probe {
	all := []probe{{subject: subject(stranger, stranger), who: "every ServiceAccount of every namespace", anybody: true}}
	for _, ours := range slices.Sorted(maps.Keys(expected)) {
		s, err := identity.ParseSubject(ours)
		if err != nil {
			continue
		}
		all = append(all,
			probe{subject: subject(string(s.Namespace), stranger), who: fmt.Sprintf("every ServiceAccount of namespace %q", s.Namespace)},
			probe{subject: subject(stranger, string(s.ServiceAccount)), who: fmt.Sprintf("ServiceAccount %q of every namespace", s.ServiceAccount)},
		)
	}
	all = append(all, written(d, host)...)
	for _, ours := range slices.Sorted(maps.Keys(expected)) {
		all = append(all, probe{subject: ours, who: ours})
	}
	return unique(all)
}

// written are the subjects that the policy spells, with something in place of
// wildcards.
func written(d *facts.Document, host string) []probe {
	var found []probe
	for i, statement := range d.Policy.Statement {
		if statement.Effect != policy.EffectAllow {
			continue
		}
		for _, at := range subjectKeys(statement, host) {
			for _, value := range statement.Condition[at.operator][at.key] {
				if facts.IsUnknown(value) {
					continue
				}
				one := instance(value)
				one.place = d.InValues(i, value, "Condition", at.operator, at.key)
				found = append(found, one)
			}
		}
	}
	return found
}

// conditionKey is a key in a condition.
type conditionKey struct{ operator, key string }

// subjectKeys are the keys of a statement's condition that are about the subject.
func subjectKeys(statement policy.Statement, host string) []conditionKey {
	var keys []conditionKey
	for _, operator := range slices.Sorted(maps.Keys(statement.Condition)) {
		for _, key := range slices.Sorted(maps.Keys(statement.Condition[operator])) {
			if strings.EqualFold(key, host+":sub") {
				keys = append(keys, conditionKey{operator, key})
			}
		}
	}
	return keys
}

// instance is a subject that a value with wildcards speaks of.
func instance(value string) probe {
	subject := strings.NewReplacer("*", stranger, "?", "x").Replace(value)
	if subject == value {
		return probe{subject: value, who: value, named: true}
	}
	return probe{subject: subject, who: "every subject " + value}
}

// unique drops subjects that come twice.
func unique(probes []probe) []probe {
	seen := map[string]bool{}
	return slices.DeleteFunc(probes, func(p probe) bool {
		twice := seen[p.subject]
		seen[p.subject] = true
		return twice
	})
}
