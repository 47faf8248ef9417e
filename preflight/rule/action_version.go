package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
)

// version is that of an action: major, minor and patch. One that is cut short, such as v2,
// moves with the newest, so what it leaves out is larger than any number.
type version [3]int

const newest = int(^uint(0) >> 1)

// sinceVersion has the first versions of actions that may ask the EKS Pod Identity agent
// (amazon-ecr-login issue 624 and its release 2.1.0; the others' older major versions were
// released before EKS Pod Identity was, in November 2023).
var sinceVersion = map[string]version{
	"aws-actions/amazon-ecr-login":          {2, 1, 0},
	"aws-actions/configure-aws-credentials": {4, 0, 0},
	"docker/login-action":                   {3, 0, 0},
}

// prefersPod is the version of amazon-ecr-login that asks the agent even where the job has
// configured other credentials (its issues 951 and 952, mended in 2.1.1).
var prefersPod = version{2, 1, 0}

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
	if r.Role() == nil {
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
	since, listed := sinceVersion[strings.ToLower(name)]
	configured := job.AssumesRole.There || len(job.StoredKeys) > 0
	used, known := parseVersion(reference)
	switch {
	case !listed:
	case configured && known && used == prefersPod && since == prefersPod:
		report(preferredRole, action.Place, fmt.Sprintf("job %q logs in by %q, which takes the role of the runner's Pod even where other credentials are configured", job.ID, action.Value),
			"use v2.1.1 or newer")
	case configured: // they come before the agent
	case !known:
		report(unknownVersion, action.Place, fmt.Sprintf("whether %q of job %q can use EKS Pod Identity is not known: the reference is no version; %s and newer can", action.Value, job.ID, since),
			fmt.Sprintf("see that it is %s or newer", since))
	case slices.Compare(used[:], since[:]) < 0:
		report(oldAction, action.Place, fmt.Sprintf("job %q uses %q, which cannot use EKS Pod Identity: it fails with \"169.254.170.23 is not a valid container metadata service hostname\"", job.ID, action.Value),
			fmt.Sprintf("use %s or newer, or the AWS CLI", since))
	}
}

func (v version) String() string { return fmt.Sprintf("v%d.%d.%d", v[0], v[1], v[2]) }

var versionTag = regexp.MustCompile(`^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?$`)

// parseVersion reads a reference of an action. A default branch is the newest version; a
// commit and any other reference is not known.
func parseVersion(reference string) (v version, known bool) {
	v = version{newest, newest, newest}
	if reference == "main" || reference == "master" {
		return v, true
	}
	parts := versionTag.FindStringSubmatch(reference)
	if parts == nil {
		return v, false
	}
	for i, part := range parts[1:] {
		if number, err := strconv.Atoi(part); err == nil {
			v[i] = number
		}
	}
	return v, true
}
