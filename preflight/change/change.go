// Package change finds who gained and who lost which push between two states of files.
//
// A policy can tell two requests apart only by its patterns. So principals and image
// repositories are cut into classes by the patterns of both states together, each state is
// asked about one of each class, and what differs is described. Roles are no part of the
// answer: a principal that can push through another role than before gained nothing.
package change

import (
	"cmp"
	"slices"

	"keyless-runners/preflight/chain"
)

// Kind is what became of a grant.
type Kind int

const (
	// Gained means that it is there now, or may be, and was not.
	Gained Kind = iota
	// Lost means that it was there, or may have been, and is not.
	Lost
)

func (k Kind) String() string { return [...]string{"gained", "lost"}[k] }

// Change is a push that someone gained or lost.
type Change struct {
	Kind Kind
	// Access is the grant as it is now, or as it was if it is lost. Its Possibly says why the
	// change is not certain; "" if it is.
	chain.Access
	// Before are whose jobs could push by the same ServiceAccount, if the ServiceAccount could
	// before and now; of a runner of a wider scope that is new there, whose jobs could push to
	// the image repository. None otherwise.
	Before []chain.Jobs
	// Roles are the names of each role through which, and Runners those of the runners, by any
	// of which a user may mean it.
	Roles   [][]string
	Runners []string
}

// Wider reports that a runner takes the jobs of a wider scope than it did.
func (c Change) Wider() bool {
	return c.Kind == Gained && len(c.Before) > 0 && !slices.ContainsFunc(c.Before, func(before chain.Jobs) bool {
		return width(before.Scope.Kind) >= width(c.Jobs.Scope.Kind)
	})
}

// width orders scopes by how many jobs they have. An unknown one may have all.
func width(kind chain.ScopeKind) int {
	if kind == chain.UnknownScope {
		return int(chain.Enterprise) + 1
	}
	return int(kind)
}

// Changes are all differences between two states.
type Changes struct {
	// All are sorted: gains first, and of them wider scopes and what is no runner.
	All []Change
	// Undetermined counts answers that the files leave open before and now, in the same way.
	// What they come to may have changed.
	Undetermined int
}

// Of finds the changes from one state to another.
func Of(base, now *chain.Chains) Changes {
	c := newComparison(base, now)
	var changes Changes
	axes := c.principalAxes()
	if c.tooMany(axes) {
		return Changes{All: []Change{{Kind: Gained, Access: chain.Access{
			ImageRepository: "(not known)", Who: "not known", Role: "(not compared)", Possibly: "who can push to what has more combinations than are compared",
		}}}}
	}
	c.findJobs(axes)
	for _, axis := range axes {
		changes.All = append(changes.All, c.along(axis)...)
	}
	loose, same := looseChanges(base, now)
	changes.All = append(changes.All, loose...)
	changes.Undetermined = same + c.sameJobsUnknown
	slices.SortStableFunc(changes.All, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.ImageRepository, b.ImageRepository),
			cmp.Compare(a.Who, b.Who), a.Jobs.Compare(b.Jobs), cmp.Compare(a.Role, b.Role))
	})
	return changes
}

// rank is by what a reviewer has to see first.
func (c Change) rank() int {
	switch {
	case c.Kind == Lost:
		return 3
	case c.Wider():
		return 0
	case !c.Runner:
		return 1
	}
	return 2
}

// looseChanges are those of grants that follow from no classes: they are compared as they
// are.
func looseChanges(base, now *chain.Chains) (changes []Change, same int) {
	key := func(loose chain.LooseGrant) string {
		return loose.ImageRepository + "\n" + loose.Who + "\n" + loose.Role + "\n" + loose.Possibly + "\n" + string(loose.On.JSON())
	}
	before, after := base.LooseGrants(), now.LooseGrants()
	was := map[string]bool{}
	for _, loose := range before {
		was[key(loose)] = true
	}
	is := map[string]bool{}
	for _, loose := range after {
		is[key(loose)] = true
		if loose.Judged {
			continue
		}
		if was[key(loose)] {
			if loose.Unknown {
				same++
			}
			continue
		}
		changes = append(changes, Change{Kind: Gained, Access: loose.Access, Roles: [][]string{{loose.Role}}})
	}
	for _, loose := range before {
		if !is[key(loose)] && !loose.Judged {
			changes = append(changes, Change{Kind: Lost, Access: loose.Access, Roles: [][]string{{loose.Role}}})
		}
	}
	return changes, same
}
