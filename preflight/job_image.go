package preflight

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/facts"
)

// checkMayPush reports where a job of a runner with a role pushes to nobody knows where,
// though it does not log in to Amazon ECR.
func (p *proof) checkMayPush(job *facts.Job, index map[string][]*runner) {
	if len(job.MayPush) == 0 || onHosted(job) {
		return
	}
	runners, _ := p.matching(job, index)
	if !slices.ContainsFunc(runners, func(r *runner) bool { return r.role() != nil }) {
		return
	}
	for _, may := range job.MayPush {
		p.find(pushUnknown, may.Place, fmt.Sprintf("where job %q pushes is not known: %s", job.ID, may.Unknown),
			"write the image repository out, or list the values that it can have")
	}
}
