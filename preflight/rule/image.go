package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/source"
)

// Job → image.
var (
	pushUnknown = kind("KR063", finding.Warning, "where the job pushes is not known")
	unsetTag    = kind("KR193", finding.Warning, "tag of a variable that nothing sets")
	fixedTag    = kind("KR068", finding.Warning, "fixed tag in an immutable image repository")
	repeatedTag = kind("KR140", finding.Note, "tag that a later run may push again")
	earlyPull   = kind("KR141", finding.Warning, "image that is pulled without a login")
	notPulled   = kind("KR216", finding.Error, "role may not pull the job's image")
	refusedName = kind("KR142", finding.Error, "image name that Docker refuses")
)

// jobTargets reports pushes to what is not known or cannot exist, and tags that can be pushed
// once.
func jobTargets(v View, report reporter) {
	pushers := map[pushedTag]*facts.Job{}
	withRole(v, func(job *chain.Job, r *chain.Runner) {
		for n := range job.Pushes {
			push := &job.Pushes[n]
			target, problem := v.TargetOf(job.Job, push, r)
			switch {
			case problem == nil:
				unsetTags(v, job, push, r, report)
				if repository := v.Repositories.Find(target); repository != nil && push.Use != facts.CachesFrom {
					tags(push, repository, target, job.OfContainer() && (r.Kind == "Job" || r.Kind == "Pod"), report)
					if repository.TagMutability.Is("IMMUTABLE") {
						unwrittenTags(push, repository, target, report)
						tagsOfOthers(job.Job, push, repository, target, pushers, report)
					}
				}
			case problem.Unknown != "":
				report(pushUnknown, push.Place, fmt.Sprintf("where %s pushes is not known: %s", job.Title(), problem.Unknown),
					cmp.Or(askedFor(problem.Unknown), "write the image repository out, or list the values that it can have"))
			case problem.Registry != nil:
				host := v.RegistryOf(job.Job, push, r)
				report(wrongRegistry, host.Place, problem.Registry.Error(), "write the registry of the image repository"+lostZeros(host.Value))
			default:
				report(badName, push.Place, problem.Name.Error(), "push to an image repository that ECR can have")
			}
		}
	})
}

// unsetTags reports tags with a variable in them that neither the workflow nor the runner sets.
func unsetTags(v View, job *chain.Job, push *facts.Push, r *chain.Runner, report reporter) {
	for _, variable := range push.Unset {
		if len(r.Containers) == 0 || !v.Variable(r.Workload, &r.Containers[0], variable.Value).There && !v.HasUnknownEnvFrom(r.Workload) {
			report(unsetTag, variable.Place, fmt.Sprintf("with which tag %s pushes is not known: %s", job.Title(), variable.Unknown),
				fmt.Sprintf("set it, for example with %s: ${{ github.sha }} in env", variable.Value))
		}
	}
}

// isBadName reports whether an image repository that a job pushes to at the place has a name
// that ECR refuses, which says enough.
func isBadName(job *facts.Job, at source.Place) bool {
	return slices.ContainsFunc(job.Pushes, func(push facts.Push) bool {
		return push.Place == at && push.Name.Known() && identity.ImageRepositoryName(push.Name.Value).Check() != nil
	})
}

// lostZeros adds to what there is to do where the account of a registry is a number that is
// too short.
func lostZeros(host string) string {
	account, _, _ := strings.Cut(host, ".")
	if len(account) == 0 || len(account) >= 12 || strings.Trim(account, "0123456789") != "" {
		return ""
	}
	return ", with the account in quotes: without them GitHub reads a number, which has no leading zeros"
}

// tags reports tags that every run pushes, where none of them can be pushed twice. What runs once is
// another object of Kubernetes each time, which may have another tag.
func tags(push *facts.Push, repository *facts.ImageRepository, target identity.ImageRepository, once bool, report reporter) {
	related := finding.Related{Place: repository.Place, What: "the image repository"}
	for _, tag := range append([]facts.Text{push.Tag}, push.MoreTags...) {
		switch written := cmp.Or(tag.Value, "latest"); {
		case tag.There && tag.Value == "" || !repository.KeepsTag(written): // refused, or not known, or may be pushed again
		case once:
			report(repeatedTag, tag.Place, fmt.Sprintf("the tag %q can be pushed once, because the tags of %q are immutable: the object fails if it is made again", written, target),
				"write another tag for each build", related)
		default:
			report(fixedTag, tag.Place, fmt.Sprintf("every run pushes the tag %q, and the tags of %q are immutable: the second run fails", written, target),
				"push a tag that names the commit", related)
		}
	}
}

// unwrittenTags reports tags that are not known and that more than one job or run pushes, where no tag can be
// pushed twice.
func unwrittenTags(push *facts.Push, repository *facts.ImageRepository, target identity.ImageRepository, report reporter) {
	related := finding.Related{Place: repository.Place, What: "the image repository"}
	for _, tag := range push.Shared {
		report(fixedTag, tag.Place, fmt.Sprintf("several jobs of the matrix push the same tag, and the tags of %q are immutable: the second job fails", target),
			"push a tag that names what the jobs differ in, and join them in one tag behind", related)
	}
	for _, tag := range push.Repeated {
		report(repeatedTag, tag.Place, fmt.Sprintf("a later run may push the same tag, because the branch, the day or the content of files alone makes it, and the tags of %q are immutable: %s", target, tag.Unknown),
			"push a tag that names the commit, or look first whether the tag is there", related)
	}
}

// pushedTag is a tag that a run of a workflow pushes, by its key. A job of a called workflow is in
// that one's file.
type pushedTag struct {
	file, workflow string
	target         identity.ImageRepository
	key            string
}

// tagsOfOthers reports tags that another job of the same run pushes, where no tag can be pushed
// twice.
func tagsOfOthers(job *facts.Job, push *facts.Push, repository *facts.ImageRepository, target identity.ImageRepository, pushers map[pushedTag]*facts.Job, report reporter) {
	for _, tag := range push.Certain {
		pushed := pushedTag{job.Place.File, job.Workflow, target, tag.Key}
		if first, again := pushers[pushed]; !again {
			pushers[pushed] = job
		} else if first.ID != job.ID {
			report(fixedTag, tag.Tag.Place, fmt.Sprintf("%s pushes the same tag as %s, and the tags of %q are immutable: the second of the two fails", job.Title(), first.Title(), target),
				"push a tag in one of the two that names what it differs in, and join them in one tag behind", finding.Related{Place: repository.Place, What: "the image repository"})
		}
	}
}

// images reports what goes wrong with the images of jobs, whether or not they log in.
func images(v View, report reporter) {
	for _, job := range v.ImageJobs {
		for _, name := range job.Refused {
			if isBadName(job.Job, name.Place) {
				continue
			}
			fix := "write REGISTRY/NAME:TAG, without https:// and in lower case"
			if strings.Contains(name.Value, " ") {
				fix = "write each image on its own line, or a comma between two (not \">\" in YAML, which joins lines)"
			}
			if strings.Contains(name.Value, ",") {
				fix = "name each tag separately: docker push takes one image, and docker build a --tag for each"
			}
			report(refusedName, name.Place, fmt.Sprintf("Docker refuses the image name %q of %s", name.Value, job.Title()), fix)
		}
		for _, may := range job.MayPush {
			report(pushUnknown, may.Place, fmt.Sprintf("where %s pushes is not known: %s", job.Title(), may.Unknown),
				"write the image repository out, or list the values that it can have")
		}
		startImages(job, report)
		pulls(v, job, report)
	}
}

// startImages reports images that the runner pulls before any step can log in. Where job
// containers are Pods, it is the node that pulls, with its own role.
func startImages(job *chain.ImageJob, report reporter) {
	if !slices.ContainsFunc(job.Runners, func(r *chain.Runner) bool { return !r.StartsPods() }) {
		return
	}
	for _, image := range job.StartImages {
		report(earlyPull, image.Place, fmt.Sprintf("the runner pulls image %q of %s before the first step, so no step can log in for it", image.Value, job.Title()),
			"run it in a step behind the login (docker run), or give the job's container or service its credentials")
	}
}

// pulls reports pulls of scripts without a login before them, and those that the role may not do.
func pulls(v View, job *chain.ImageJob, report reporter) {
	r := job.Runners[0]
	for n := range job.Pulls {
		pull := &job.Pulls[n]
		host := v.RegistryOf(job.Job, pull, r)
		switch {
		case host.Unknown != "":
		case len(job.Logins) == 0:
			report(earlyPull, pull.Place, fmt.Sprintf("%s pulls from %q, and no step of it logs in there", job.Title(), host.Value), "log in first")
		default:
			loginBefore(v, job.Job, pull, host, r, report)
		}
		switch as := v.PullOf(job.Job, pull, r); {
		case as == nil || pull.MayFail:
		case as.Denied == nil:
			firstPull(v, as, pull, report)
		default:
			missingActions(v, as, notPulled, "docker pull", []finding.Related{{Place: pull.Place, What: job.Title() + " pulls there"}}, report)
		}
	}
}

// firstPull reports a pull through a cache that may not have the image yet, by a role that may not have it fetched
// (Amazon ECR user guide, "IAM permissions required to sync an upstream registry with an Amazon ECR private registry").
func firstPull(v View, as *chain.Push, pull *facts.Push, report reporter) {
	cache := v.PullThroughCache(as.Target)
	if cache == nil || v.Repositories.Find(as.Target) != nil {
		return
	}
	lacking := slices.DeleteFunc([]string{"ecr:BatchImportUpstreamImage", createRepository}, func(action string) bool {
		return v.May(as.Role, action, as.ARN).Possible()
	})
	if len(lacking) > 0 {
		report(permissionUnknown, pull.Place, fmt.Sprintf("whether role %q may pull %q is not known: the first pull through the cache %q takes %s", as.Role.Title(), as.Target, cache.Prefix.Value, facts.Quoted(lacking)),
			fmt.Sprintf("allow %s on %q", facts.Quoted(lacking), as.ARN), finding.Related{Place: cache.Place, What: "the cache"})
	}
}
