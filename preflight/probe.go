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
	// instead is the subject in place of which this one is tried, if that is not let in.
	instead string
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
func (p *proof) probes(d *facts.Document, host string, expected map[string]bool) []probe {
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
	all = append(all, p.written(d, host)...)
	for _, ours := range slices.Sorted(maps.Keys(expected)) {
		all = append(all, probe{subject: ours, who: ours})
	}
	return unique(all)
}

// written are the subjects that the policy spells, with something in place of
// wildcards.
func (p *proof) written(d *facts.Document, host string) []probe {
	var found []probe
	for i, statement := range d.Policy.Statement {
		if statement.Effect != policy.EffectAllow {
			continue
		}
		keys := subjectKeys(statement, host)
		for _, at := range keys {
			for _, value := range statement.Condition[at.operator][at.key] {
				if facts.IsUnknown(value) {
					continue
				}
				for _, one := range instances(value) {
					one.place = d.InValues(i, value, "Condition", at.operator, at.key)
					found = append(found, one)
				}
			}
		}
		if len(keys) > 1 {
			found = append(found, p.writtenTogether(d, i, keys)...)
		}
	}
	return found
}

// writtenTogether are the subjects that several conditions of a statement let in together.
func (p *proof) writtenTogether(d *facts.Document, i int, keys []conditionKey) []probe {
	var found []probe
	for _, pattern := range p.jointly(d.Policy.Statement[i], keys) {
		for _, one := range instances(pattern) {
			one.place = d.InStatement(i, "Condition", keys[0].operator, keys[0].key)
			found = append(found, one)
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

// instances are subjects that a value speaks of. Of one with wildcards, those with little
// in their place are there too: another condition may exclude what is long.
func instances(value string) []probe {
	if !strings.ContainsAny(value, "*?") {
		return []probe{{subject: value, who: value, named: true}}
	}
	fill := func(filling string) string { return strings.NewReplacer("*", filling, "?", "x").Replace(value) }
	all := []probe{{subject: fill(stranger), who: "every subject " + value}}
	for _, filling := range []string{"x", ""} {
		if _, err := identity.ParseSubject(fill(filling)); err == nil {
			all = append(all, probe{subject: fill(filling), instead: fill(stranger), who: "every subject " + value})
		}
	}
	return all
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
