package initial

import (
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// addGrants declares the image repositories that the role may push to and pull from.
func (a *declaration) addGrants(r *runner) {
	pushes, pattern := a.reachedBy(r)
	if pattern {
		a.result.ask(Question{Place: r.role.pushing().fact.Place, About: r.about(), Text: "role " + quoted(r.role.pushing().fact.Title()) + " may push to image repositories by a pattern; PushesTo has those that the files name", Next: "take out of PushesTo what the pool's jobs do not push to, and name no pattern in the role's policy"})
	}
	for _, id := range pushes {
		repository := a.repository(id)
		if repository.CacheDays > 0 || a.isCache(r, id) {
			r.pool.CachesTo = &repository
			continue
		}
		r.pool.PushesTo = append(r.pool.PushesTo, repository)
	}
	for _, id := range a.pullsOf(r) {
		if !slices.Contains(pushes, id) {
			r.pool.PullsFrom = append(r.pool.PullsFrom, a.repository(id))
		}
	}
	a.addPullThrough(r)
	if len(r.pool.PushesTo) == 0 {
		a.result.ask(Question{Place: r.Place, About: r.about(), field: "pushesTo", Text: "where its jobs push is not known from the files", Next: "name the image repositories in PushesTo"})
	}
}

// reachedBy are the image repositories that the role may push to. Of a role that may push by a
// pattern, and of no role, they are those that jobs for the runner push to.
func (a *declaration) reachedBy(r *runner) (found []identity.ImageRepository, pattern bool) {
	if r.role.pushing().fact == nil {
		return a.pushedByJobs(r), false
	}
	for _, reach := range a.chains.PermissionsIn(access.Push, r.role.pushing().fact, r.role.session()).Reaches {
		if target, single := reach.Target(); single && reach.Possible() {
			found = append(found, target)
		} else {
			pattern = true
		}
	}
	if pushed := a.pushedByJobs(r); pattern && pushed != nil {
		found = pushed
	}
	return found, pattern
}

// pushedByJobs are the image repositories that jobs for the runner's labels push to.
func (a *declaration) pushedByJobs(r *runner) []identity.ImageRepository {
	var found []identity.ImageRepository
	for n := range a.facts().Jobs {
		job := &a.facts().Jobs[n]
		if !wants(job, r) {
			continue
		}
		for _, push := range job.Pushes {
			registry, err := identity.ParseRegistryHost(push.Registry.Value)
			id := identity.ImageRepository{Registry: registry, Name: identity.ImageRepositoryName(push.Name.Value)}
			if err == nil && push.Use == facts.Pushes && push.Name.Known() && !slices.Contains(found, id) {
				found = append(found, id)
			}
		}
	}
	return found
}

// wants reports whether GitHub may give the job to the runner, by its labels.
func wants(job *facts.Job, r *runner) bool {
	own := []string{string(identity.RunnerLabelSelfHosted)}
	for _, label := range r.RunnerLabels {
		own = append(own, strings.ToLower(label.Value))
	}
	return len(job.RunsOn) > 0 && !slices.ContainsFunc(job.RunsOn, func(label facts.Text) bool {
		return !slices.Contains(own, strings.ToLower(label.Value)) && !identity.RunnerLabel(label.Value).Implied()
	})
}

// isCache reports whether jobs for the runner keep their layers in the image repository.
func (a *declaration) isCache(r *runner, id identity.ImageRepository) bool {
	for n := range a.facts().Jobs {
		job := &a.facts().Jobs[n]
		if !wants(job, r) {
			continue
		}
		caches := func(use facts.Use) func(facts.Push) bool {
			return func(push facts.Push) bool {
				return push.Use == use && push.Name.Is(string(id.Name)) && push.Registry.Is(id.Registry.String())
			}
		}
		if slices.ContainsFunc(job.Pushes, caches(facts.CachesTo)) && !slices.ContainsFunc(job.Pushes, caches(facts.Pushes)) {
			return true
		}
	}
	return false
}

// policiesOf are the policies of which each statement is something that the runner may do: those of
// its role, or the session policy, which names what is left of them.
func (a *declaration) policiesOf(r *runner) []*facts.Document {
	if session := r.role.session(); session != nil {
		return []*facts.Document{session}
	}
	return a.chains.Policies(r.role.pushing().fact)
}

// pullsOf are the image repositories that statements of the policies name and let it pull
// from.
func (a *declaration) pullsOf(r *runner) []identity.ImageRepository {
	if r.role.pushing().fact == nil {
		return nil
	}
	var found []identity.ImageRepository
	for _, document := range a.policiesOf(r) {
		for _, statement := range document.Policy.Statement {
			if statement.Effect != policy.EffectAllow || !access.Includes(statement, "ecr:BatchGetImage") {
				continue
			}
			for _, resource := range statement.Resource {
				if id, err := identity.ParseImageRepositoryARN(resource); err == nil && !slices.Contains(found, id) {
					found = append(found, id)
				}
			}
		}
	}
	return found
}
