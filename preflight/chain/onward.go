package chain

import (
	"cmp"
	"fmt"
	"slices"

	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// Onward is a role of the files that a job assumes with the role of its runner's Pod, and pushes
// with.
type Onward struct {
	Job        *Job
	From, Role *facts.Role
	// Action is what Decision is about: the first of the actions that is not certainly allowed.
	Action   string
	Decision access.Decision
}

func (o *Onward) state() State {
	switch {
	case o.Decision.Allowed():
		return Proved
	case o.Decision.Possible():
		return Unknown
	}
	return Broken
}

// Text implements Reason.
func (o *Onward) Text() string {
	switch o.state() {
	case Proved:
		return fmt.Sprintf("role %q may assume role %q, as job %q does", o.From.Title(), o.Role.Title(), o.Job.ID)
	case Unknown:
		return fmt.Sprintf("whether role %q may assume role %q, as job %q does, is not known: %s", o.From.Title(), o.Role.Title(), o.Job.ID, o.Decision.Why)
	}
	return fmt.Sprintf("role %q may not %s on role %q, as job %q does", o.From.Title(), o.Action, o.Role.Title(), o.Job.ID)
}

// Onward are the roles that the job goes on to from its runners with a role; nil: it goes on to
// none, or from one of them it is not followed.
func (j *Job) Onward() []*Onward {
	var all []*Onward
	for _, r := range j.Followed() {
		if r.Role() == nil {
			continue
		}
		onward := r.OnwardOf(j)
		if onward == nil {
			return nil
		}
		all = append(all, onward)
	}
	return all
}

// OnwardOf is the role that a job goes on to from a runner; nil: none, or it is not followed.
func (r *Runner) OnwardOf(job *Job) *Onward {
	for _, onward := range r.onward {
		if onward.Job == job {
			return onward
		}
	}
	return nil
}

// goOn follows a job from the role of its runner to the one that it assumes. It is followed if
// that is its only one, is among the files and in the same account, so that the registries stay
// the same, and comes before the logins.
func (c *Chains) goOn(job *Job, r *Runner) {
	if !job.AssumesOther(r) || job.IDToken || len(job.Assumed) != 1 || !job.Assumed[0].Sure {
		return
	}
	assumed := &job.Assumed[0]
	role, behind := c.find(assumed.ARN).Role, false
	if _, unknown := c.SessionOf(job.Job); unknown == "" {
		behind, _ = loginsBehind(job.Job, assumed.ARN)
	}
	if !behind || role == nil || !role.Account.Known() || !r.roleAccount().Is(role.Account.Value) {
		return
	}
	onward := &Onward{Job: job, From: r.Role(), Role: role}
	onward.Action, onward.Decision = c.mayTake(r.Role(), role, assumed)
	for _, session := range sessionsOf(r) {
		if limit := access.Decide(c.permissions[r.Role()].Request(onward.Action, assumed.ARN.Value), session.Policies...); limit.Truth < onward.Decision.Truth {
			onward.Decision = limit
		}
	}
	r.onward = append(r.onward, onward)
}

// onwardTo are the ways by which jobs go on to a role, or may, one from each role.
func (c *Chains) onwardTo(role *facts.Role) []*Onward {
	var all []*Onward
	for _, r := range c.Runners {
		for _, onward := range r.onward {
			if onward.Role == role && onward.Decision.Possible() && !slices.ContainsFunc(all, func(o *Onward) bool { return o.From == onward.From }) {
				all = append(all, onward)
			}
		}
	}
	return all
}

// TargetsOf are the ARNs of the roles to which associations and jobs go on from a role.
func (c *Chains) TargetsOf(role *facts.Role) []string {
	targets := slices.Clone(c.Index.TargetsOf(role))
	for _, r := range c.Runners {
		for _, onward := range r.onward {
			if onward.From == role {
				targets = append(targets, onward.Role.ARN())
			}
		}
	}
	return targets
}

// addOnward finds who can go on to the role of a job from a role that a runner has: all who can
// assume that.
func (c *Chains) addOnward(h *Held) {
	for _, onward := range c.onwardTo(h.Role) {
		first := &Held{Role: onward.From, Holders: c.holders[onward.From], Providers: index.ProvidersIn(&onward.From.Trust)}
		c.addPrincipals(first)
		for _, one := range first.Principals {
			one.Kind, one.Possibly = ByFirst, cmp.Or(one.Possibly, onward.Decision.Why)
			h.Principals = append(h.Principals, one)
		}
	}
}

// isOnward reports whether a statement of a role's trust policy names nothing but a role from
// which jobs go on to it.
func (c *Chains) isOnward(h *Held, group access.Group) bool {
	return group.Single && slices.ContainsFunc(c.onwardTo(h.Role), func(onward *Onward) bool { return onward.From.ARN() == group.Representative })
}
