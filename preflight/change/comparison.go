package change

import (
	"slices"

	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
)

// extent is how far a class is let in, and what a possible answer depends on.
type extent struct {
	truth policy.Truth
	why   string
	// ways are the ways in which it may be let in.
	ways []way
}

// way lists what has to hold for a possible answer: what each decision depends on, in order.
type way []string

func extentOf(decision access.Decision) extent {
	if decision.Truth != policy.Possibly {
		return extent{truth: decision.Truth}
	}
	return extent{decision.Truth, decision.Why, []way{{decision.Basis()}}}
}

// or is the further of two extents; of two that are possible, either way.
func (e extent) or(other extent) extent {
	switch {
	case other.truth > e.truth:
		return other
	case other.truth == e.truth:
		e.ways = slices.Concat(e.ways, other.ways)
	}
	return e
}

// and is the one that is less far; of two that are possible, both have to hold.
func (e extent) and(other extent) extent {
	switch {
	case other.truth < e.truth:
		return other
	case other.truth == e.truth && e.truth == policy.Possibly:
		var both []way
		for _, a := range e.ways {
			for _, b := range other.ways {
				both = append(both, union(a, b))
			}
		}
		e.ways = both
	}
	return e
}

// union is both lists in order, each text once.
func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// within reports whether an extent gives no more than the other, for certain: each of its ways
// wants all that one of the other's wants.
func (e extent) within(other extent) bool {
	if e.truth != policy.Possibly || other.truth != policy.Possibly {
		return e.truth <= other.truth
	}
	return !slices.ContainsFunc(e.ways, func(narrow way) bool {
		return !slices.ContainsFunc(other.ways, func(wide way) bool {
			return !slices.ContainsFunc(wide, func(wanted string) bool { return !slices.Contains(narrow, wanted) })
		})
	})
}

// extents are the extents of classes, by their numbers. A class that is not among them is let in nowhere.
type extents map[int]extent

// add keeps the further of two extents.
func (e extents) add(class int, more extent) {
	if more.truth != policy.No {
		e[class] = e[class].or(more)
	}
}

// holding is a role of one of the two states that has one of the grants on something, in the
// sessions of a session policy or in all others.
type holding struct {
	*chain.Held
	chains *chain.Chains
	// permissions are where it has each of the grants.
	permissions map[access.Grant]*chain.Permissions
	// reaches are how far it has each grant.
	reaches map[access.Grant]extents
}

func (h *holding) role() access.Role {
	for _, permissions := range h.permissions {
		return permissions.Role
	}
	return access.Role{}
}

// all returns what the role reaches by any of the grants.
func (h *holding) all() (reaches []access.Reach) {
	for _, permissions := range h.permissions {
		reaches = append(reaches, permissions.Reaches...)
	}
	return reaches
}

// undivided reports whether all image repositories are one class to the role, because its
// policies are too entangled.
func (h *holding) undivided() bool {
	return slices.ContainsFunc(h.all(), func(reach access.Reach) bool { return reach.ARN == "" })
}

func (h *holding) wide() bool {
	return slices.ContainsFunc(h.all(), func(reach access.Reach) bool { return !reach.Single && reach.ARN != "" })
}

// state is the roles of one state.
type state []*holding

// arns returns the ARNs of the image repositories of the state's files; none if it has no role.
func (s state) arns() []string {
	if len(s) == 0 {
		return nil
	}
	return s[0].chains.Repositories.ARNs()
}

// comparison is two states, of which the first of the grants is compared.
type comparison struct {
	// grants are the one that is compared, and those that make a separate row, with which it is
	// not told again.
	grants       []access.Grant
	budget       access.Budget
	states       [2]state
	repositories access.Axis
	// undecided says why the image repositories could not be cut; "" if they were.
	undecided string
	// jobs are the jobs that had the grant on a class of image repositories in the state before.
	jobs map[int][]chain.Jobs
	// sameJobsUnknown counts runners of which neither state shows whose jobs they take.
	sameJobsUnknown int
}

func newComparison(base, now *chain.Chains, grants ...access.Grant) *comparison {
	c := &comparison{grants: grants}
	for state, chains := range []*chain.Chains{base, now} {
		for _, held := range chains.HeldFor(grants...) {
			for _, h := range held.BySession() {
				one := &holding{h, chains, map[access.Grant]*chain.Permissions{}, map[access.Grant]extents{}}
				for _, grant := range grants {
					one.permissions[grant], one.reaches[grant] = chains.PermissionsIn(grant, h.Role, h.Session), extents{}
				}
				c.states[state] = append(c.states[state], one)
			}
		}
	}
	c.findReaches(base.Repositories)
	return c
}

func (c *comparison) holdings() []*holding { return slices.Concat(c.states[0], c.states[1]) }

// findReaches cuts the image repositories, and finds how far each role reaches each class.
// Roles that reach nothing but single image repositories need not be asked.
func (c *comparison) findReaches(repositories *access.ImageRepositories) {
	var arns, classes []string
	var wide []access.Role
	for _, h := range c.holdings() {
		for _, reach := range h.all() {
			if reach.Single {
				arns = append(arns, reach.ARN)
			} else if reach.ARN == "" || !h.wide() {
				classes = append(classes, reach.Name)
			}
		}
		if h.wide() && !h.undivided() {
			wide = append(wide, h.role())
		}
	}
	if wide != nil {
		// Those of the files are asked about by name, so they are no part of a class.
		arns = slices.Concat(arns, c.states[0].arns(), c.states[1].arns())
	}
	axis, err := repositories.ImageRepositoryAxis(c.grants, wide, slices.Concat(arns, classes))
	if err != nil {
		axis, c.undecided = c.undividedAxis(repositories, arns), err.Error()
	}
	c.repositories = axis
	number := numbers(axis)
	for _, h := range c.holdings() {
		for _, grant := range c.grants {
			if err == nil && h.wide() && !h.undivided() {
				for class, decision := range h.chains.Repositories.Decisions(h.role(), grant, axis) {
					h.reaches[grant].add(class, extentOf(decision))
				}
				continue
			}
			for _, reach := range h.permissions[grant].Reaches {
				if reach.Single {
					h.reaches[grant].add(number[reach.ARN], extentOf(reach.Decision))
				} else {
					h.reaches[grant].add(number[reach.Name], extentOf(reach.Decision))
				}
			}
		}
	}
}

// undividedAxis has the classes of each role as they are described, because those of all roles
// together are too many.
func (c *comparison) undividedAxis(repositories *access.ImageRepositories, arns []string) access.Axis {
	values := slices.Clone(arns)
	for _, h := range c.holdings() {
		for _, reach := range h.all() {
			if !reach.Single {
				values = append(values, reach.Name)
			}
		}
	}
	axis, _ := repositories.ImageRepositoryAxis(c.grants, nil, values)
	return axis
}

func numbers(axis access.Axis) map[string]int {
	found := map[string]int{}
	for i, class := range axis.Classes {
		found[class.Representative] = i
	}
	return found
}
