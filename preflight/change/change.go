// Package change finds who gained and who lost which push or pull between two states of files.
//
// A policy can tell two requests apart only by its patterns. So principals and image
// repositories are cut into classes by the patterns of both states together, each state is
// asked about one of each class, and what differs is described. Roles are no part of the
// answer: a principal that can push through another role than before gained nothing. A pull
// that comes or goes with a push is told by the push.
package change

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
)

// Kind says how a grant changed.
type Kind int

const (
	// Gained means that it is there now, or may be, and was not.
	Gained Kind = iota
	// Lost means that it was there, or may have been, and is not.
	Lost
)

func (k Kind) String() string { return [...]string{"gained", "lost"}[k] }

// Change is a push or a pull that someone gained or lost.
type Change struct {
	Kind  Kind
	Grant access.Grant
	// Access is the grant as it is now, or as it was if it is lost. Its Possibly says why the
	// change is not certain; "" if it is.
	chain.Access
	// Before are whose jobs had the grant by the same ServiceAccount, if the ServiceAccount had it
	// before and now; of a runner of a wider scope that is new there, whose jobs had it on
	// the image repository. None otherwise.
	Before []chain.Jobs
	// OfJobs reports that the principal had the grant before and has it now: what differs is whose
	// jobs have it.
	OfJobs bool
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
	// Pushes are sorted: gains first, and of them wider scopes and what is no runner; and so are
	// Pulls, of which each comes without a push.
	Pushes, Pulls []Change
	// Undetermined counts answers that the files leave open before and now, in the same way.
	// What they come to may have changed.
	Undetermined int
}

// Of finds the changes from one state to another.
func Of(base, now *chain.Chains) Changes {
	var changes Changes
	changes.Pushes, changes.Undetermined = changesOf(base, now, nil, access.Push)
	pulls, undetermined := changesOf(base, now, changes.Pushes, access.Pull, access.Push)
	changes.Pulls, changes.Undetermined = pulls, changes.Undetermined+undetermined
	return changes
}

// changesOf finds the changes of the first of the grants, without those that accompany one of another.
func changesOf(base, now *chain.Chains, told []Change, grants ...access.Grant) (changes []Change, undetermined int) {
	c := newComparison(base, now, grants...)
	axes := c.principalAxes()
	if c.tooMany(axes) {
		return []Change{{Kind: Gained, Grant: grants[0], Access: chain.Access{
			ImageRepository: "(not known)", Who: "not known", Role: "(not compared)",
			Possibly: fmt.Sprintf("who can %s what has more combinations than are compared", grants[0].On()),
		}}}, 0
	}
	c.findJobs(axes)
	for _, axis := range axes {
		changes = append(changes, c.along(axis)...)
	}
	loose, same := looseChanges(base, now, grants)
	for _, change := range loose {
		if !slices.ContainsFunc(told, change.isToldBy) {
			changes = append(changes, change)
		}
	}
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.ImageRepository, b.ImageRepository),
			cmp.Compare(a.Who, b.Who), a.Jobs.Compare(b.Jobs), cmp.Compare(a.Role, b.Role))
	})
	return changes, same + c.sameJobsUnknown
}

// isToldBy reports whether a change that follows from no classes is that of another grant too.
func (c Change) isToldBy(other Change) bool {
	return c.Kind == other.Kind && c.ImageRepository == other.ImageRepository && c.Who == other.Who && c.Role == other.Role && c.Possibly == other.Possibly
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

// looseChanges returns the changes of grants that follow from no classes: they are compared as they
// are. Same counts what is unknown before and now, but for what is of another of the grants too.
func looseChanges(base, now *chain.Chains, grants []access.Grant) (changes []Change, same int) {
	before, after := base.LooseGrants(grants[0]), now.LooseGrants(grants[0])
	was, is, told := keys(before), keys(after), map[string]bool{}
	for _, grant := range grants[1:] {
		maps.Copy(told, keys(now.LooseGrants(grant)))
	}
	change := func(kind Kind, loose chain.LooseGrant) {
		changes = append(changes, Change{Kind: kind, Grant: grants[0], Access: loose.Access, Roles: [][]string{{loose.Role}}})
	}
	for _, loose := range after {
		switch {
		case loose.Judged:
		case !was[looseKey(loose)]:
			change(Gained, loose)
		case loose.Unknown && !told[looseKey(loose)]:
			same++
		}
	}
	for _, loose := range before {
		if !is[looseKey(loose)] && !loose.Judged {
			change(Lost, loose)
		}
	}
	return changes, same
}

// looseKey is the same for grants that are alike and depend on the same.
func looseKey(loose chain.LooseGrant) string {
	return loose.ImageRepository + "\n" + loose.Who + "\n" + loose.Role + "\n" + loose.Possibly + "\n" + string(loose.On.JSON())
}

func keys(all []chain.LooseGrant) map[string]bool {
	found := map[string]bool{}
	for _, loose := range all {
		found[looseKey(loose)] = true
	}
	return found
}
