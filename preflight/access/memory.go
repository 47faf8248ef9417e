package access

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// memory holds decisions that are the same for every role of a kind. In an account most roles that
// can pull have one and the same policy.
type memory struct {
	kinds     map[string]kind
	decisions map[question]Decision
}

// kind is a number of roles to which all image repositories without a resource-based policy are
// alike; 0 is of roles that are like no other.
type kind int

// question is a question about a kind of role.
type question struct {
	kind
	grant  Grant
	arn    string
	aspect aspect
}

// aspect is which of the questions about an image repository it is.
type aspect int

const (
	isGranted aspect = iota
	isAllowed
	isInClass
)

// kindOf is the kind of a role. What its policies say must follow from action and resource alone,
// so roles with conditions, variables or anything unknown in them are like no other.
func (m *memory) kindOf(role Role) kind {
	parts := []string{role.Account}
	add := func(what string, document *facts.Document) bool {
		parts = append(parts, what, string(document.Policy.JSON()))
		return isPlain(document)
	}
	for _, document := range role.Identity {
		if !add("identity", document) {
			return 0
		}
	}
	for _, limit := range role.Organization {
		if !add(fmt.Sprintf("organization %q %t %t", limit.Name, limit.Attached, limit.Control != nil), limit.Document) {
			return 0
		}
	}
	for _, limit := range role.limiting() {
		if !add("limit", limit) {
			return 0
		}
	}
	key := strings.Join(parts, "\n")
	if m.kinds[key] == 0 {
		m.kinds[key] = kind(len(m.kinds) + 1)
	}
	return m.kinds[key]
}

// isPlain reports whether what a document says follows from action and resource alone.
func isPlain(document *facts.Document) bool {
	return document.Unknown == "" && document.Problem == nil && len(document.Maybe) == 0 &&
		!slices.ContainsFunc(document.Policy.Statement, func(s policy.Statement) bool {
			return len(s.Condition) > 0 || slices.ContainsFunc(slices.Concat(s.Resource, s.NotResource), func(resource string) bool { return strings.Contains(resource, "${") })
		})
}

// remembered is the answer to a question, which is asked once of each kind of role.
func (r *ImageRepositories) remembered(q question, ask func() Decision) Decision {
	if q.kind == 0 || r.mayHavePolicy(q.arn) {
		return ask()
	}
	decision, known := r.memory.decisions[q]
	if !known {
		decision = ask()
		r.memory.decisions[q] = decision
	}
	return decision
}
