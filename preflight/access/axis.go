package access

import (
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// Axis is principals of one kind, or image repositories, cut into the classes that the
// documents of several states can tell apart.
type Axis struct {
	Classes []policy.Class
	// describe describes the classes for which the truth is not No.
	describe func([]policy.Truth) []group
}

// Words describe classes, of which SuchAs is one; "" if there is one.
type Words struct{ Who, SuchAs string }

// Describe puts the chosen classes into words.
func (a Axis) Describe(chosen func(class int) bool) []Words {
	truths := make([]policy.Truth, len(a.Classes))
	for i := range truths {
		if chosen(i) {
			truths[i] = policy.Yes
		}
	}
	var found []Words
	for _, group := range a.describe(truths) {
		words := Words{Who: group.words}
		if !group.class.Single {
			words.SuchAs = group.class.Representative
		}
		found = append(found, words)
	}
	return found
}

// newAxis adds the values that are in no universe to a partition's classes.
func newAxis(partition policy.Partition, words vocabulary, values []string) Axis {
	has := map[string]bool{}
	for _, class := range partition.Classes {
		has[class.Representative] = has[class.Representative] || class.Single
	}
	for _, value := range values {
		if !has[value] {
			has[value] = true
			partition.Classes = append(partition.Classes, policy.Class{Representative: value, Single: true})
		}
	}
	return Axis{partition.Classes, func(truths []policy.Truth) []group { return words.groups(partition, truths) }}
}

// ListAxis is an axis of the values alone, each a class, described by words.
func ListAxis(values []string, words func(value string) string) Axis {
	return newAxis(policy.Partition{}, vocabulary{single: words}, values)
}

// Trust is a trust policy, and an issuer whose tokens it may let in.
type Trust struct {
	Document *facts.Document
	Issuer   Issuer
}

// SubjectAxis cuts the subjects of one issuer by the trust policies, and by the values: subjects,
// and whatever else is to be a class.
func SubjectAxis(budget *Budget, trusts []Trust, values []string) (Axis, error) {
	if trusts == nil {
		return newAxis(policy.Partition{}, tokenWords, values), nil
	}
	universe, words := everySubject, subjectWords
	for _, trust := range trusts {
		if !trust.Issuer.Cluster {
			universe, words = anyText, tokenWords
		}
	}
	var patterns []policy.Pattern
	for _, trust := range trusts {
		more, err := universe.Patterns(policy.Attribute(trust.Issuer.Host+":sub"), trust.Issuer.request(), []policy.Document{knownDocument(trust.Document)})
		if err != nil {
			return Axis{}, err
		}
		patterns = append(patterns, more...)
	}
	for _, value := range values {
		patterns = append(patterns, policy.Exactly(value))
	}
	partition, err := budget.cut(universe, patterns)
	return newAxis(partition, words, values), err
}

// Decisions returns the decisions on the subjects of the axis.
func (t Trust) Decisions(budget *Budget, axis Axis) []Decision {
	decisions, err := t.Issuer.decisions(budget, t.Document, axis.Classes)
	if err != nil {
		return slices.Repeat([]Decision{undivided("", err, t.Document).Decision}, len(axis.Classes))
	}
	return decisions
}

// ImageRepositoryAxis cuts image repositories by what the policies of the roles say of the grants,
// and by the values: ARNs, and whatever else is to be a class.
func (r *ImageRepositories) ImageRepositoryAxis(grants []Grant, roles []Role, values []string) (Axis, error) {
	if roles == nil {
		return newAxis(policy.Partition{}, imageRepositoryWords, values), nil
	}
	var documents []policy.Document
	var patterns []policy.Pattern
	for _, value := range values {
		if _, err := identity.ParseImageRepositoryARN(value); err == nil {
			patterns = append(patterns, policy.Exactly(value))
		}
	}
	for _, role := range roles {
		own := role.documents()
		documents, patterns = append(documents, own...), append(patterns, registryPatterns(role, own)...)
	}
	universe := r.universe(documents, patterns)
	for _, role := range roles {
		for _, grant := range grants {
			found, err := grant.patterns(universe, role, role.documents())
			if err != nil {
				return Axis{}, err
			}
			patterns = append(patterns, found...)
		}
	}
	partition, err := r.budget.cut(universe, patterns)
	return newAxis(partition, imageRepositoryWords, values), err
}

// Decisions returns the decisions on the grant on the image repositories of the axis, for a role whose policies
// have patterns. Image repositories that the files or the policies name are asked about by name.
func (r *ImageRepositories) Decisions(role Role, grant Grant, axis Axis) []Decision {
	if err := r.budget.decide(len(axis.Classes) * len(grant.Actions())); err != nil {
		return slices.Repeat([]Decision{{Truth: policy.Possibly, Why: err.Error(), on: []dependence{{err.Error(), role.written}}}}, len(axis.Classes))
	}
	decisions := make([]Decision, len(axis.Classes))
	known, written, kind := role.known(), role.Written(grant), r.memory.kindOf(role)
	for i, class := range axis.Classes {
		arn, aspect := class.Representative, isInClass
		if class.Single && (r.known[arn] || slices.Contains(written, arn)) {
			aspect = isGranted
		}
		decisions[i] = r.remembered(question{kind, grant, arn, aspect}, func() Decision {
			switch {
			case aspect == isGranted && (r.mayHavePolicy(arn) || judge(role.Request(grant.first(), arn), role.Identity).allow.truth != policy.No):
				return r.AskFor(role, grant, arn)
			case aspect == isInClass && judge(role.Request(grant.first(), arn), known.Identity).allow.truth != policy.No:
				return role.mayBeyond(grant, arn)
			}
			return Decision{}
		})
	}
	return decisions
}

// written is all that limits what the role may do, in one document.
func (r Role) written() policy.Document {
	var all policy.Document
	for _, document := range r.documents() {
		all.Statement = append(all.Statement, document.Statement...)
	}
	return all
}

// mayHavePolicy reports whether an image repository of that name has a resource-based policy, or may:
// if not, nothing else lets a role in.
func (r *ImageRepositories) mayHavePolicy(arn string) bool {
	_, name, _ := strings.Cut(arn, ":repository/")
	return r.withPolicy[name]
}
