package diff

import (
	"maps"
	"slices"
	"strings"

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

// order is what to do first: a ServiceAccount must not name a role that is not there, neither
// before a deployment nor after it.
func (c *comparison) order(d Difference) []string {
	var steps []string
	gone := c.rolesGone()
	renamed := len(gone) > 0 && len(missing(c.now, c.base)) > 0
	left := slices.ContainsFunc(d.Objects, func(o Object) bool { return o.Action == Leave })
	if left && len(gone) > 0 {
		steps = append(steps, "delete from the clusters what no file has any more, before its role goes")
	}
	if len(d.Stacks) > 0 {
		steps = append(steps, "deploy "+strings.Join(stackNames(d.Stacks), ", "))
	}
	if slices.ContainsFunc(d.Objects, func(o Object) bool { return o.Action != Leave && o.Action != Move }) {
		step := "kubectl apply"
		switch {
		case renamed && slices.ContainsFunc(d.Objects, func(o Object) bool { return o.Action == Change }):
			step += ": right after it, because jobs on Pods that ask for " + strings.Join(nouns(gone), ", ") + " fail until they are new"
		case len(d.Stacks) > 0:
			step += ", after what its ServiceAccounts name is there"
		}
		steps = append(steps, step)
	}
	if left && len(gone) == 0 {
		steps = append(steps, "delete from the clusters what no file has any more")
	}
	if len(d.Workflows) > 0 {
		step := "copy " + strings.Join(d.Workflows, ", ") + " to the source repositories"
		if renamed && slices.ContainsFunc(d.Workflows, c.base.hasWorkflow) {
			step += ": their workflows name the old role, and refuse the new one"
		}
		steps = append(steps, step)
	}
	return steps
}

func stackNames(stacks []Stack) []string {
	var names []string
	for _, stack := range stacks {
		names = append(names, stack.Template)
	}
	return names
}

// rolesGone are those that a deployment deletes, or replaces by others, and whose names are gone
// with it. A stack without a template stays.
func (c *comparison) rolesGone() []resource {
	var deployed State
	for _, before := range c.base.templates {
		if c.now.stays(before) != nil {
			deployed.templates = append(deployed.templates, before)
		}
	}
	return missing(deployed, c.now)
}

// hasWorkflow reports whether a state has a workflow of the name.
func (s State) hasWorkflow(name string) bool {
	return slices.ContainsFunc(s.workflows, func(workflow file) bool { return workflow.name == name })
}

// missing are the roles of a state of which the other has no name.
func missing(of, from State) []resource {
	has := map[string]bool{}
	for _, t := range from.templates {
		for _, r := range t.resources {
			has[r.kind+r.name] = true
		}
	}
	var found []resource
	for _, t := range of.templates {
		for _, r := range t.resources {
			if r.kind == roleType && !has[r.kind+r.name] {
				found = append(found, r)
			}
		}
	}
	return found
}
