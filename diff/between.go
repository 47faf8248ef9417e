package diff

import (
	"cmp"
	"maps"
	"slices"

	"keyless-runners/preflight"
)

// Difference says what a change of files means.
type Difference struct {
	// Base and Now name the two states.
	Base, Now string
	// Pushes and Pulls are what someone gained or lost; a pull that comes or goes with a push is
	// told by the push.
	Pushes, Pulls []Grant
	// Undetermined counts answers that neither state determines.
	Undetermined int
	Troubles     []Trouble
	// RolesGone are the names of roles that no template has any more.
	RolesGone []string
	Stacks    []Stack
	Objects   []Object
	// Workflows are the names of the files that source repositories have copies of.
	Workflows []string
	// GrantsAlone are the names of files that differ and of which pushes and pulls alone are
	// compared, such as those of Terraform.
	GrantsAlone []string
	// Order lists the steps of the deployment in order; empty if nothing is deployed.
	Order []string
	// Unused are the names of allowances for which no gain was found.
	Unused []string
}

// Grant is a push or a pull that someone gained or lost.
type Grant struct {
	preflight.Change
	// Allowed is the reason why the gain is no finding; "" if it is one.
	Allowed string
}

// Grants are the pushes and pulls: gains first, and of them and of losses pushes first.
func (d Difference) Grants() []Grant {
	all := slices.Concat(d.Pushes, d.Pulls)
	slices.SortStableFunc(all, func(a, b Grant) int { return cmp.Compare(a.Kind, b.Kind) })
	return all
}

// Gains reports whether someone gained a push or a pull, or may have, that is not allowed for.
func (d Difference) Gains() bool {
	return slices.ContainsFunc(d.Grants(), func(grant Grant) bool { return grant.Kind == preflight.Gained && grant.Allowed == "" })
}

// Nothing reports that the two states come to the same.
func (d Difference) Nothing() bool {
	return len(d.Pushes)+len(d.Pulls)+len(d.Troubles)+len(d.Stacks)+len(d.Objects)+len(d.Workflows)+len(d.GrantsAlone) == 0
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
	d := Difference{Base: base.Label, Now: now.Label, Undetermined: changes.Undetermined, Stacks: c.stacks(), Objects: c.objects, Workflows: changed(c.base.workflows, c.now.workflows), GrantsAlone: c.grantsAlone()}
	used := map[string]bool{}
	d.Pushes, d.Pulls = newGrants(changes.Pushes, allowed, used), newGrants(changes.Pulls, allowed, used)
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

// newGrants are the changes, with the reasons of those that are allowed, whose names are then used.
func newGrants(changes []preflight.Change, allowed map[string]string, used map[string]bool) []Grant {
	var found []Grant
	for _, change := range changes {
		grant := Grant{Change: change}
		if names := allowing(change, allowed); change.Kind == preflight.Gained && names != nil {
			grant.Allowed = allowed[names[0]]
			for _, name := range names {
				used[name] = true
			}
		}
		found = append(found, grant)
	}
	return found
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

// grantsAlone are the names of files of other tools that come, go or differ.
func (c *comparison) grantsAlone() []string {
	names := slices.Concat(changed(c.base.others, c.now.others), changed(c.now.others, c.base.others))
	for i, name := range names {
		names[i] = cmp.Or(name, c.now.Label)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// changed are the names of files that are new or differ.
func changed(base, now []stateFile) []string {
	var found []string
	for _, after := range now {
		if !slices.Contains(base, after) && !slices.Contains(found, after.name) {
			found = append(found, after.name)
		}
	}
	return found
}
