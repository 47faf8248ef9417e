package rule

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
)

// prefersPod is the version of amazon-ecr-login that asks the agent even where the job has
// configured other credentials (its issues 951 and 952, mended in 2.1.1).
var prefersPod = identity.Version{2, 1, 0}

// actionVersions looks whether the actions of a job can use the role that the runner's Pod has
// by EKS Pod Identity.
func actionVersions(v View, report reporter) {
	for _, job := range v.Jobs {
		if slices.ContainsFunc(job.Followed(), hasPodIdentity) {
			jobActions(job, report)
		}
	}
}

func hasPodIdentity(r *chain.Runner) bool {
	if r.Identity == nil {
		return false
	}
	_, is := r.Identity.By.(chain.PodIdentity)
	return is
}

func jobActions(job *chain.Job, report reporter) {
	actions := []facts.Text{job.Configures}
	for _, login := range job.Logins {
		if login.KeyID.There {
			continue
		}
		actions = append(actions, login.Action)
	}
	for i, action := range actions {
		if action.Known() && !slices.ContainsFunc(actions[:i], func(before facts.Text) bool { return before.Place == action.Place }) {
			checkAction(job, action, report)
		}
	}
}

func checkAction(job *chain.Job, action facts.Text, report reporter) {
	name, reference, _ := strings.Cut(strings.TrimSpace(action.Value), "@")
	since, listed := identity.PodIdentitySince(name)
	configured := job.AssumesRole.There || len(job.StoredKeys) > 0
	used, known := identity.ParseVersion(reference)
	switch {
	case !listed:
	case configured && known && used == prefersPod && since == prefersPod:
		report(preferredRole, action.Place, fmt.Sprintf("job %q logs in by %q, which takes the role of the runner's Pod even where other credentials are configured", job.ID, action.Value),
			"use v2.1.1 or newer")
	case configured: // they come before the agent
	case !known:
		report(unknownVersion, action.Place, fmt.Sprintf("whether %q of job %q can use EKS Pod Identity is not known: the reference is no version; %s and newer can", action.Value, job.ID, since),
			fmt.Sprintf("see that it is %s or newer", since))
	case used.Before(since):
		report(oldAction, action.Place, fmt.Sprintf("job %q uses %q, which cannot use EKS Pod Identity: it fails with \"169.254.170.23 is not a valid container metadata service hostname\"", job.ID, action.Value),
			fmt.Sprintf("use %s or newer, or the AWS CLI", since))
	}
}
