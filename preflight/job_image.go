package preflight

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/facts"
)

// checkImages reports what goes wrong with the images of a job on a runner with a role,
// whether or not the job logs in to Amazon ECR.
func (p *proof) checkImages(job *facts.Job, index map[string][]*runner) {
	if onHosted(job) || len(job.Refused)+len(job.MayPush)+len(job.StartImages)+len(job.Pulls) == 0 {
		return
	}
	runners, _ := p.matching(job, index)
	runners = slices.DeleteFunc(runners, func(r *runner) bool { return r.role() == nil })
	if len(runners) == 0 {
		return
	}
	for _, name := range job.Refused {
		p.find(refusedName, name.Place, fmt.Sprintf("Docker refuses the image name %q of job %q", name.Value, job.ID), "write REGISTRY/NAME:TAG, without https:// and in lower case")
	}
	for _, may := range job.MayPush {
		p.find(pushUnknown, may.Place, fmt.Sprintf("where job %q pushes is not known: %s", job.ID, may.Unknown),
			"write the image repository out, or list the values that it can have")
	}
	p.checkStartImages(job, runners)
	p.checkPulls(job, runners[0])
}

// checkStartImages reports images that the runner pulls before any step can log in. Where
// job containers are Pods, it is the node that pulls, with a role of its own.
func (p *proof) checkStartImages(job *facts.Job, runners []*runner) {
	if !slices.ContainsFunc(runners, func(r *runner) bool { return !startsPods(r.Workload) }) {
		return
	}
	for _, image := range job.StartImages {
		p.find(earlyPull, image.Place, fmt.Sprintf("the runner pulls image %q of job %q before the first step, so no step can log in for it", image.Value, job.ID),
			"run it in a step behind the login (docker run), or give the job's container or service its credentials")
	}
}

// checkPulls reports pulls of scripts without a login before them.
func (p *proof) checkPulls(job *facts.Job, r *runner) {
	for i := range job.Pulls {
		pull := &job.Pulls[i]
		host := p.registryOf(job, pull, r)
		switch {
		case host.Unknown != "":
		case len(job.Logins) == 0:
			p.find(earlyPull, pull.Place, fmt.Sprintf("job %q pulls from %q, and no step of it logs in there", job.ID, host.Value), "log in first")
		default:
			p.checkLoggedIn(job, pull, host, r)
		}
	}
}
