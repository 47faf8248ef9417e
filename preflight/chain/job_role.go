package chain

import (
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// MayAssumeItself decides whether a role may assume itself as a job's step does: since 2022 no
// role trusts itself unless its trust policy allows that (AWS Security Blog, "Announcing an update
// to IAM role trust policy behavior"). Action is the one that the decision is about.
func (c *Chains) MayAssumeItself(role *facts.Role, job *facts.Job) (action string, verdict access.Decision) {
	n := slices.IndexFunc(job.Assumed, func(a facts.AssumedRole) bool { return !a.Command })
	return c.mayTake(role, role, &job.Assumed[n])
}

// mayTake decides whether a role may assume another as a step of a job does, which tags the
// session unless it is told not to (configure-aws-credentials, src/assumeRole.ts).
func (c *Chains) mayTake(role, target *facts.Role, assumed *facts.AssumedRole) (action string, verdict access.Decision) {
	ask := func(action string) access.Decision {
		return c.mayAssume(c.permissions[role].Request(action, assumed.ARN.Value), role, target)
	}
	if verdict = ask(access.AssumeRole); !verdict.Allowed() || strings.EqualFold(assumed.Untagged.Value, "true") {
		return access.AssumeRole, verdict
	}
	if verdict = ask(access.TagSession); !verdict.Allowed() && assumed.Untagged.Unknown != "" {
		verdict = access.Decision{Truth: policy.Possibly, Why: assumed.Untagged.Unknown}
	}
	return access.TagSession, verdict
}
