package rule

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
)

// Job → role.
var (
	otherRoleWanted = kind("KR067", finding.Error, "job names another role")
	profileInJob    = kind("KR105", finding.Warning, "job points AWS tools at a credentials file")
	selfAssumed     = kind("KR146", finding.Error, "role that does not trust itself")
)

// rolesOfJobs reports roles that jobs name and their runners do not have, and those that they
// assume.
func rolesOfJobs(v View, report reporter) {
	for _, job := range v.Jobs {
		if job.AssumesRole.There {
			assumed(v, job, report)
		}
		for _, arn := range job.RoleARNs {
			wantedRole(job, arn, report)
		}
	}
}

func wantedRole(job *chain.Job, arn facts.Text, report reporter) {
	for _, r := range job.Runners {
		if r.Role() == nil || !r.Role().Name.Known() {
			continue
		}
		own := r.Identity.By.RoleARN()
		if arn.Known() && own.Known() && !own.Is(arn.Value) && !job.AssumesRole.Is(arn.Value) {
			report(otherRoleWanted, arn.Place, fmt.Sprintf("job %q names role %q, its runners have %q", job.ID, arn.Value, own.Value),
				"name the runners' role", finding.Related{Place: own.Place, What: "the runners' role"})
			return
		}
	}
}

// assumed reports a job that goes on to a role of its own, and one that assumes the role
// that its runner's Pod has.
func assumed(v View, job *chain.Job, report reporter) {
	_, unknown := v.SessionOf(job.Job)
	own := slices.IndexFunc(job.Runners, func(r *chain.Runner) bool { return r.Role() != nil && !job.AssumesOther(r) })
	switch arn := job.AssumesRole; {
	case unknown != "":
		report(jobRoleUnknown, arn.Place, fmt.Sprintf("job %q takes role %q with a session policy, and what that leaves of the role's permissions is not known: %s", job.ID, arn, unknown),
			"leave the session policy out: the runner's Pod has its role, whose own policies can be as narrow")
	case job.IDToken:
		report(jobRoleUnknown, arn.Place, fmt.Sprintf("job %q takes role %q with GitHub's token (id-token: write), not with the role of the runner's Pod, and whether it may is not looked at", job.ID, arn),
			"leave configure-aws-credentials out, or the permission: the runner's Pod has its role")
	case own >= 0:
		assumedByItself(v, job, job.Runners[own].Role(), report)
	default:
		report(jobRoleUnknown, arn.Place, fmt.Sprintf("job %q goes on to take role %q, and whether it may is not looked at", job.ID, arn),
			"leave configure-aws-credentials out: the runner's Pod has its role")
	}
}

func assumedByItself(v View, job *chain.Job, role *facts.Role, report reporter) {
	arn := job.AssumesRole
	switch verdict := v.MayAssumeItself(role, arn.Value); {
	case verdict.Allowed():
	case verdict.Possible():
		report(jobRoleUnknown, arn.Place, fmt.Sprintf("whether role %q may assume itself, as job %q does, is not known: %s", arn.Value, job.ID, verdict.Why),
			"leave role-to-assume out: the runner's Pod has the role")
	default:
		report(selfAssumed, arn.Place, fmt.Sprintf("job %q assumes role %q, which its runner's Pod has, and the trust policy does not let the role assume itself", job.ID, arn.Value),
			"leave role-to-assume out: the runner's Pod has the role", finding.Related{Place: role.Trust.Place, What: "the trust policy"})
	}
}

// jobProfiles reports what points the AWS tools of a job at a file.
func jobProfiles(v View, report reporter) {
	for _, job := range v.Jobs {
		for _, profile := range job.Profiles {
			report(profileInJob, profile.Place, fmt.Sprintf("job %q sets %s, and what AWS tools find there is not known", job.ID, profile.Value),
				"take it out, so that they take the role of the runner's Pod")
		}
	}
}
