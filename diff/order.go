package diff

import (
	"slices"
	"strings"

	"keyless-runners/preflight"
)

// order returns the steps in order. A ServiceAccount must not name a role that is not there, neither
// before a deployment nor after it; and no runner must take a job that it can't do any more, or
// not yet.
func (c *comparison) order(d Difference) []string {
	var steps []string
	add := func(step string) {
		if step != "" {
			steps = append(steps, step)
		}
	}
	leftovers, workflows, taken := deletion(d), c.copies(d), c.takesFromLeft(d)
	deletesFirst, copiesFirst := leftovers != "" && taken != "", associates(d) && slices.ContainsFunc(d.Workflows, c.base.hasWorkflow)
	if deletesFirst {
		add(leftovers + ", before its " + taken + " goes")
	}
	if copiesFirst {
		add(workflows + ", before the new association is there: the old ones may refuse its Pods")
	}
	if len(d.Stacks) > 0 {
		add("deploy " + strings.Join(stackNames(d.Stacks), ", "))
	}
	add(c.apply(d))
	if !deletesFirst {
		add(leftovers)
	}
	if !copiesFirst {
		add(workflows)
	}
	return steps
}

// apply is the step of kubectl, "" if it has nothing to do.
func (c *comparison) apply(d Difference) string {
	if !slices.ContainsFunc(d.Objects, func(o Object) bool { return o.Action != Leave && o.Action != Move }) {
		return ""
	}
	switch {
	case c.renames() && slices.ContainsFunc(d.Objects, func(o Object) bool { return o.Action == Change }):
		return "kubectl apply: right after it, because jobs on Pods that ask for " + strings.Join(nouns(c.rolesGone()), ", ") + " fail until they are new"
	case len(d.Stacks) > 0:
		return "kubectl apply, after what its ServiceAccounts name is there"
	}
	return "kubectl apply"
}

// deletion is the step about objects that are left in the clusters, "" if there are none.
func deletion(d Difference) string {
	if !slices.ContainsFunc(d.Objects, func(o Object) bool { return o.Action == Leave }) {
		return ""
	}
	return "delete from the clusters what no file has any more"
}

// copies is the step about workflows, "" if none is new.
func (c *comparison) copies(d Difference) string {
	if len(d.Workflows) == 0 {
		return ""
	}
	step := "copy " + strings.Join(d.Workflows, ", ") + " to the source repositories"
	if c.renames() && slices.ContainsFunc(d.Workflows, c.base.hasWorkflow) {
		step += ": their workflows name the old role, and refuse the new one"
	}
	return step
}

// renames reports whether roles go and others come.
func (c *comparison) renames() bool {
	return len(c.rolesGone()) > 0 && len(missing(c.now, c.base)) > 0
}

// takesFromLeft returns what deploying takes from runners that are left in the clusters: their role,
// or the push; "" if it takes nothing.
func (c *comparison) takesFromLeft(d Difference) string {
	if len(c.rolesGone()) > 0 {
		return "role"
	}
	if len(d.Stacks) == 0 {
		return ""
	}
	for _, object := range d.Objects {
		loses := func(push Grant) bool {
			return push.Kind == preflight.Lost && !push.OfJobs && slices.Contains(push.Runners, object.Title())
		}
		if object.Action == Leave && slices.ContainsFunc(d.Pushes, loses) {
			return "push"
		}
	}
	return ""
}

// associates reports whether new Pods get their role by an association, and those that run
// keep the annotation of their ServiceAccount.
func associates(d Difference) bool {
	if slices.ContainsFunc(d.Objects, func(o Object) bool { return o.Kind == "ServiceAccount" && o.Action != Leave }) {
		return false
	}
	return slices.ContainsFunc(d.Stacks, func(stack Stack) bool {
		return slices.ContainsFunc(stack.Resources, func(r Resource) bool {
			return r.Action == Create && strings.HasPrefix(r.Title, "AWS::EKS::PodIdentityAssociation ")
		})
	})
}

func stackNames(stacks []Stack) []string {
	var names []string
	for _, stack := range stacks {
		names = append(names, stack.Template)
	}
	return names
}

// rolesGone returns the roles that a deployment deletes, or replaces by others, and whose names are gone
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
	return slices.ContainsFunc(s.workflows, func(workflow stateFile) bool { return workflow.name == name })
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
