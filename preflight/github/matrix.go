package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// What a matrix may have at the most: 256 jobs is GitHub's own limit
// (https://docs.github.com/en/actions/reference/limits).
const (
	maxCombinations = 256
	maxKeys         = 64
)

// Why a matrix is not known.
const (
	tooLarge = "the matrix is too large"
	runMakes = "the run makes the matrix"
)

// matrixOf are the combinations of a matrix, each an object; nil without one.
func (s scope) matrixOf(matrix *source.Node) value {
	if matrix == nil || matrix.Kind == source.Null {
		return nil
	}
	if matrix.Kind != source.Map {
		return unknownValue(kindUnknown, runMakes)
	}
	combinations, why := s.combinations(matrix)
	switch {
	case why != "":
		return unknownValue(kindUnknown, why)
	case len(combinations) == 0:
		return nil
	}
	from := s.conditions.next()
	v := make(value, 0, len(combinations))
	for i, c := range combinations {
		v = append(v, alternative{node: c, world: world{{from, i}}})
	}
	return v
}

// combinations returns the combinations of the lists, without what is excluded and with what is
// included (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax,
// "jobs.<job_id>.strategy.matrix"). why says what makes them unknown.
func (s scope) combinations(matrix *source.Node) (combinations []*source.Node, why string) {
	combinations = []*source.Node{{Kind: source.Map}}
	var keys []string
	for _, member := range matrix.Members {
		if member.Name == "include" || member.Name == "exclude" {
			continue
		}
		items := s.items(member.Value)
		if len(keys) == maxKeys || len(items)*len(combinations) > maxCombinations {
			return nil, tooLarge
		}
		keys = append(keys, member.Name)
		combinations = product(combinations, member, items)
	}
	if len(keys) == 0 {
		combinations = nil
	}
	for _, list := range []*source.Node{matrix.Get("exclude"), matrix.Get("include")} {
		if list != nil && !list.Is(source.Null) && !list.Is(source.List) {
			return nil, runMakes
		}
	}
	combinations, why = s.excluded(combinations, matrix.Get("exclude"))
	if why != "" {
		return nil, why
	}
	return s.included(combinations, keys, matrix.Get("include"))
}

// items are the values of one key of a matrix.
func (s scope) items(node *source.Node) []*source.Node {
	if node.Kind == source.List {
		return node.Items
	}
	if v := s.value(node); len(v) == 1 && v[0].node != nil && v[0].node.Kind == source.List {
		return v[0].node.Items
	}
	return []*source.Node{{Kind: source.Unknown, Text: runMakes, Place: node.Place}}
}

// product adds each item to each combination.
func product(combinations []*source.Node, member source.Member, items []*source.Node) []*source.Node {
	larger := make([]*source.Node, 0, len(combinations)*len(items))
	for _, c := range combinations {
		for _, item := range items {
			larger = append(larger, &source.Node{Kind: source.Map, Place: item.Place,
				Members: append(slices.Clone(c.Members), source.Member{Name: member.Name, Place: member.Place, Value: item})})
		}
	}
	return larger
}

// excluded leaves out the combinations that an object of the list is part of. One
// that may be stays.
func (s scope) excluded(combinations []*source.Node, list *source.Node) (left []*source.Node, why string) {
	for _, exclude := range list.Elements() {
		if !s.compares(combinations, exclude) {
			return nil, tooLarge
		}
		combinations = slices.DeleteFunc(combinations, func(c *source.Node) bool {
			agrees, sure := agree(c, exclude, nil)
			return agrees && sure
		})
	}
	return combinations, ""
}

// compares reports whether comparing an object with the combinations is not too much
// work.
func (s scope) compares(combinations []*source.Node, object *source.Node) bool {
	return len(object.Members) <= maxKeys && s.spend(16*len(combinations)*(1+len(object.Members)))
}

// agree reports whether the combination has every value of the object; if keys are
// given, others do not count. sure is false if a run decides.
func agree(c, object *source.Node, keys []string) (agrees, sure bool) {
	agrees, sure = true, true
	for _, member := range object.Members {
		if keys != nil && !slices.Contains(keys, member.Name) {
			continue
		}
		has := c.Get(member.Name)
		switch {
		case has == nil:
			agrees = false
		case !settled(has) || !settled(member.Value):
			sure = false
		default:
			agrees = agrees && scalar(has) == scalar(member.Value)
		}
	}
	return agrees, sure || !agrees
}

// settled reports whether the value is a text without expressions.
func settled(node *source.Node) bool {
	return node.Scalar() && !strings.Contains(node.Text, "${{")
}

// included adds the objects of the list: to every combination that agrees with one
// in the matrix's own keys, or else as a separate combination.
func (s scope) included(combinations []*source.Node, keys []string, list *source.Node) (all []*source.Node, why string) {
	keys = append([]string{}, keys...) // not nil: without any, none counts
	original := len(combinations)
	for _, include := range list.Elements() {
		if !s.compares(combinations, include) {
			return nil, tooLarge
		}
		added := false
		for _, c := range combinations[:original] {
			agrees, sure := agree(c, include, keys)
			if !sure {
				return nil, runMakes
			}
			if agrees {
				added = true
				setMembers(c, include.Members)
			}
			if len(c.Members) > 2*maxKeys {
				return nil, tooLarge
			}
		}
		if !added {
			combinations = append(combinations, &source.Node{Kind: source.Map, Place: include.Place, Members: slices.Clone(include.Members)})
		}
		if len(combinations) > maxCombinations {
			return nil, tooLarge
		}
	}
	return combinations, ""
}

// setMembers sets members of an object.
func setMembers(object *source.Node, members []source.Member) {
	for _, member := range members {
		if has := object.Member(member.Name); has != nil {
			has.Value = member.Value
			continue
		}
		object.Members = append(object.Members, member)
	}
}

// isCertain says that every run comes to the alternative, and that it is one text in all of it.
func (s scope) isCertain(a alternative) bool {
	return len(s.guards)+len(s.given)+len(a.world) == 0 && a.string().sameInJobs()
}

// matrixJobs are the jobs of the matrix, by their places in it, that certainly come to the
// alternative, if it is one text in all of them. A condition that is not the matrix's own leaves
// it open, and so does what the job or its files make.
func (s scope) matrixJobs(a alternative) (jobs []int) {
	if len(s.matrix) < 2 || len(s.matrix[0].world) == 0 || len(s.guards) > 0 || !a.string().sameInJobs() {
		return nil
	}
	source := s.matrix[0].world[0].source
	if slices.ContainsFunc(a.world, func(p pick) bool { return p.source != source }) {
		return nil
	}
	for other := range s.given {
		if other != source {
			return nil
		}
	}
	for _, combination := range s.here(s.matrix) {
		if _, both := combination.world.and(a.world); both {
			jobs = append(jobs, combination.world[0].choice)
		}
	}
	return jobs
}
