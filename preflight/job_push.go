package preflight

import (
	"cmp"
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// checkPushes asks for each image repository that the job names whether it is logged
// in there, and whether the runner's role may push to it.
func (p *proof) checkPushes(job *facts.Job, r *runner) {
	for i := range job.Pushes {
		push := &job.Pushes[i]
		host := p.registryOf(job, push, r)
		if why := cmp.Or(push.Name.Unknown, host.Unknown); why != "" {
			p.find(pushUnknown, push.Place, fmt.Sprintf("where job %q pushes is not known: %s", job.ID, why),
				"write the image repository out, or list the values that it can have")
			continue
		}
		registry, err := identity.ParseRegistryHost(host.Value)
		if err != nil {
			p.find(wrongRegistry, host.Place, err.Error(), "write the registry of the image repository"+lostZeros(host.Value))
			continue
		}
		p.checkLoggedIn(job, push, host, r)
		target := identity.ImageRepository{Registry: registry, Name: identity.ImageRepositoryName(push.Name.Value)}
		if err := target.Name.Check(); err != nil {
			p.find(badName, push.Place, err.Error(), "push to an image repository that ECR can have")
			continue
		}
		r.named = true
		p.checkTag(push, target)
		if key := fmt.Sprint(target, push.Use); !r.pushesTo[key] {
			r.pushesTo[key] = true
			if assumesOther(job, r) {
				r.pushes = append(r.pushes, p.otherRole(job, push, target))
				continue
			}
			r.pushes = append(r.pushes, p.pushFrom(r, target, push.Use, Related{push.Place, fmt.Sprintf("job %q pushes there", job.ID)}))
		}
	}
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

// registryOf is the host that a push goes to. One that names none goes to that of a
// login.
func (p *proof) registryOf(job *facts.Job, push *facts.Push, r *runner) facts.Text {
	if push.Registry.There || push.Login >= len(job.Logins) {
		return r.spelled(push.Registry)
	}
	host := p.hostOf(&job.Logins[push.Login], r)
	host.Place = push.Place
	return host
}

// checkTag reports tags that every run pushes, where no tag can be pushed twice.
func (p *proof) checkTag(push *facts.Push, target identity.ImageRepository) {
	repository := p.repositories.Find(target)
	if repository == nil || push.Use == facts.CachesFrom || !repository.TagMutability.Is("IMMUTABLE") {
		return
	}
	for _, tag := range append([]facts.Text{push.Tag}, push.MoreTags...) {
		if tag.Value != "" || !tag.There { // an empty one is refused
			p.find(fixedTag, tag.Place, fmt.Sprintf("every run pushes the tag %q, and the tags of %q are immutable: the second run fails", cmp.Or(tag.Value, "latest"), target),
				"push a tag that names the commit", Related{repository.Place, "the image repository"})
		}
	}
	for _, tag := range push.Repeated {
		p.find(repeatedTag, tag.Place, fmt.Sprintf("a later run may push the same tag, for the branch or the content of files alone makes it, and the tags of %q are immutable: %s", target, tag.Unknown),
			"push a tag that names the commit, or look first whether the tag is there", Related{repository.Place, "the image repository"})
	}
}
