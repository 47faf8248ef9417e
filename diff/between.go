package diff

import (
	"maps"
	"slices"

	"keyless-runners/preflight"
)

// Difference is what a change of files means.
type Difference struct {
	// Base and Now name the two states.
	Base, Now string
	Pushes    []Push
	// Undetermined counts answers that neither state determines.
	Undetermined int
	Troubles     []Trouble
	// RolesGone are the names of roles that no template has any more.
	RolesGone []string
	Stacks    []Stack
	Objects   []Object
	// Workflows are the names of the files that source repositories have copies of.
	Workflows []string
	// Order is what to do first, and then; empty if nothing is deployed.
	Order []string
	// Unused are the names of allowances for which no gain was found.
	Unused []string
}

// Push is a push that someone gained or lost.
type Push struct {
	preflight.Change
	// Allowed is the reason why the gain is no finding; "" if it is one.
	Allowed string
}

// Gains reports whether someone gained a push, or may have, that is not allowed for.
func (d Difference) Gains() bool {
	return slices.ContainsFunc(d.Pushes, func(push Push) bool { return push.Kind == preflight.Gained && push.Allowed == "" })
}

// Nothing reports that the two states come to the same.
func (d Difference) Nothing() bool {
	return len(d.Pushes)+len(d.Troubles)+len(d.Stacks)+len(d.Objects)+len(d.Workflows) == 0
}

// comparison is two states, while they are compared.
type comparison struct {
	base, now State
	objects   []Object
}

// Between compares two states. Gains of the roles and pools that are allowed by their names are
// no finding; the values are the reasons.
func Between(base, now State, allowed map[string]string) Difference {
	c := &comparison{base, now, compareObjects(base.facts.Objects, now.facts.Objects)}
	changes := preflight.Compare(base.facts, now.facts)
	d := Difference{Base: base.Label, Now: now.Label, Undetermined: changes.Undetermined, Stacks: c.stacks(), Objects: c.objects, Workflows: c.workflows()}
	used := map[string]bool{}
	for _, change := range changes.All {
		push := Push{Change: change}
		if names := allowing(change, allowed); change.Kind == preflight.Gained && names != nil {
			push.Allowed = allowed[names[0]]
			for _, name := range names {
				used[name] = true
			}
		}
		d.Pushes = append(d.Pushes, push)
	}
	for _, name := range slices.Sorted(maps.Keys(allowed)) {
		if !used[name] {
			d.Unused = append(d.Unused, name)
		}
	}
	d.Troubles = c.troubles()
	for _, r := range c.rolesGone() {
		d.RolesGone = append(d.RolesGone, r.name)
	}
	d.Order = c.order(d)
	return d
}

// allowing are the names by which a gain is allowed: one of the runner's, or one of each role's;
// nil if it is not.
func allowing(change preflight.Change, allowed map[string]string) (names []string) {
	in := func(name string) bool { return allowed[name] != "" }
	if i := slices.IndexFunc(change.Runners, in); i >= 0 {
		return []string{change.Runners[i]}
	}
	for _, role := range change.Roles {
		i := slices.IndexFunc(role, in)
		if i < 0 {
			return nil
		}
		names = append(names, role[i])
	}
	return names
}

// workflows are the names of those that are new or differ.
func (c *comparison) workflows() []string {
	var found []string
	for _, after := range c.now.workflows {
		if !slices.Contains(c.base.workflows, after) && !slices.Contains(found, after.name) {
			found = append(found, after.name)
		}
	}
	return found
}
