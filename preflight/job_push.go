package preflight

import (
	"cmp"
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// checkPushes asks for each image repository that the job names whether the
// runner's role may push to it.
func (p *proof) checkPushes(job *facts.Job, r *runner) {
	for i := range job.Pushes {
		push := &job.Pushes[i]
		if why := cmp.Or(push.Name.Unknown, push.Registry.Unknown); why != "" {
			p.find(pushUnknown, push.Place, fmt.Sprintf("where job %q pushes is not known: %s", job.ID, why),
				"write the image repository out, or list the values that it can have")
			continue
		}
		registry, ok := p.registry(job, push, r)
		if !ok {
			continue
		}
		target := identity.ImageRepository{Registry: registry, Name: identity.ImageRepositoryName(push.Name.Value)}
		if err := target.Name.Check(); err != nil {
			p.find(badName, push.Place, err.Error(), "push to an image repository that ECR can have")
			continue
		}
		r.named = true
		p.checkTag(push, target)
		if key := fmt.Sprint(target, push.Use); !r.pushesTo[key] {
			r.pushesTo[key] = true
			r.pushes = append(r.pushes, p.checkPush(r.identity.role, target, push.Use, Related{push.Place, fmt.Sprintf("job %q pushes there", job.ID)}))
		}
	}
}

// registry is where a push goes. A push that names none goes to that of the login:
// the role's account, in the region that the job names or else the cluster's, which
// EKS puts into the Pod.
func (p *proof) registry(job *facts.Job, push *facts.Push, r *runner) (registry identity.Registry, ok bool) {
	regions := p.loginRegions(job, r)
	if push.Registry.There {
		registry, err := identity.ParseRegistryHost(push.Registry.Value)
		if err != nil {
			p.find(wrongRegistry, push.Registry.Place, err.Error(), "write the registry of the image repository")
			return registry, false
		}
		if job.LogsIn && len(regions) > 0 && !slices.Contains(regions, string(registry.Region)) {
			p.find(wrongRegistry, push.Registry.Place,
				fmt.Sprintf("job %q logs in to region %s and pushes to %q", job.ID, quoted(regions), push.Registry.Value),
				"log in to the region of the registry (AWS_REGION)")
		}
		p.checkLoginAccount(job, push, registry)
		return registry, true
	}
	account := r.identity.role.Account
	if !account.Known() || len(regions) == 0 {
		p.find(pushUnknown, push.Place, fmt.Sprintf("the registry that job %q logs in to is not known", job.ID), "set AWS_REGION in the job, and tell the role's account")
		return registry, false
	}
	registry = identity.Registry{Account: identity.AccountID(account.Value), Region: identity.Region(regions[0])}
	if err := registry.Check(); err != nil {
		p.find(wrongRegistry, push.Place, err.Error(), "correct the job's region")
		return registry, false
	}
	return registry, true
}

// checkLoginAccount reports a push to a registry that is not among those that the
// login names.
func (p *proof) checkLoginAccount(job *facts.Job, push *facts.Push, registry identity.Registry) {
	var accounts []string
	for _, account := range job.LoginAccounts {
		if account.MayBe(string(registry.Account)) {
			return
		}
		accounts = append(accounts, account.Value)
	}
	if accounts != nil {
		p.find(wrongRegistry, push.Registry.Place, fmt.Sprintf("job %q logs in to the registry of account %s and pushes to %q", job.ID, quoted(accounts), push.Registry.Value),
			"name the registry's account in the login's registries")
	}
}

// loginRegions are the regions that the job's tools take; none if that is not known,
// or is no region.
func (p *proof) loginRegions(job *facts.Job, r *runner) []string {
	var regions []string
	for _, region := range job.Regions {
		if !region.Known() {
			return nil
		}
		if err := identity.Region(region.Value).Check(); err != nil {
			p.find(unknownRegion, region.Place, err.Error(), "write the registry's region")
			return nil
		}
		regions = append(regions, region.Value)
	}
	if regions != nil {
		return regions
	}
	for _, issuer := range r.identity.issuers {
		if region := identity.Issuer("https://" + issuer.host).Region(); region != "" {
			regions = append(regions, string(region))
		}
	}
	return regions
}

// checkTag reports a tag that every run pushes, where no tag can be pushed twice.
func (p *proof) checkTag(push *facts.Push, target identity.ImageRepository) {
	repository := p.imageRepository(target)
	if repository == nil || push.Tag.Unknown != "" || push.Use == facts.CachesFrom || !repository.TagMutability.Is("IMMUTABLE") {
		return
	}
	tag := push.Tag.Value
	if tag == "" {
		tag = "latest"
	}
	p.find(fixedTag, push.Place, fmt.Sprintf("every run pushes the tag %q, and the tags of %q are immutable: the second run fails", tag, target),
		"push a tag that names the commit", Related{repository.Place, "the image repository"})
}
