package preflight

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/facts"
)

// checkAssumed reports a job that goes on to a role of its own, and one that assumes the role
// that its runner's Pod has.
func (p *proof) checkAssumed(job *facts.Job, runners []*runner) {
	limited := slices.ContainsFunc(job.Assumed, func(role facts.AssumedRole) bool { return role.Session.There || len(role.SessionPolicies) > 0 })
	for _, r := range runners {
		if r.role() != nil && !assumesOther(job, r) && !limited && !job.IDToken {
			p.checkSelfAssumed(job, r)
			return
		}
	}
	switch {
	case limited:
		p.find(notKnown, job.AssumesRole.Place, fmt.Sprintf("job %q takes role %q with a session policy, and what that leaves of the role's permissions is not looked at", job.ID, spell(job.AssumesRole)),
			"leave the session policy out: the runner's Pod has its role, whose own policies can be as narrow")
	case job.IDToken:
		p.find(notKnown, job.AssumesRole.Place, fmt.Sprintf("job %q takes role %q with GitHub's token (id-token: write), not with the role of the runner's Pod, and whether it may is not looked at", job.ID, spell(job.AssumesRole)),
			"leave configure-aws-credentials out, or the permission: the runner's Pod has its role")
	default:
		p.find(notKnown, job.AssumesRole.Place, fmt.Sprintf("job %q goes on to take role %q, and whether it may is not looked at", job.ID, spell(job.AssumesRole)),
			"leave configure-aws-credentials out: the runner's Pod has its role")
	}
}

// assumesOther reports whether the job takes a role that the runner's Pod does not have.
func assumesOther(job *facts.Job, r *runner) bool {
	return job.AssumesRole.There && !(r.identity != nil && r.identity.by.roleARN().Is(job.AssumesRole.Value))
}

// checkSelfAssumed reports a role that does not let itself be assumed by itself: since 2022 no
// role trusts itself unless its trust policy says so (AWS Security Blog, "Announcing an update
// to IAM role trust policy behavior").
func (p *proof) checkSelfAssumed(job *facts.Job, r *runner) {
	role := r.role()
	verdict := p.mayTake(p.permissionsOf(role).Request(takeRole, job.AssumesRole.Value), role, role)
	switch {
	case verdict.Allowed():
	case verdict.Possible():
		p.find(notKnown, job.AssumesRole.Place, fmt.Sprintf("whether role %q may assume itself, as job %q does, is not known: %s", job.AssumesRole.Value, job.ID, verdict.Why),
			"leave role-to-assume out: the runner's Pod has the role")
	default:
		p.find(selfAssumed, job.AssumesRole.Place, fmt.Sprintf("job %q assumes role %q, which its runner's Pod has, and the trust policy does not let the role assume itself", job.ID, job.AssumesRole.Value),
			"leave role-to-assume out: the runner's Pod has the role", Related{role.Trust.Place, "the trust policy"})
	}
}

// otherRole stands for a push that a job makes with a role that is not the runner's.
func (p *proof) otherRole(job *facts.Job, push *facts.Push, target fmt.Stringer) Link {
	return Link{LinkPush, Unknown, fmt.Sprintf("whether role %q of job %q may push to %q is not looked at", spell(job.AssumesRole), job.ID, target), push.Place,
		"role " + spell(job.AssumesRole), "image repository " + target.String()}
}
