package migrate

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// choose finds the one pool whose runners may take the job and push what it pushes, or leaves
// the job.
func (m *migration) choose(j *job) {
	first := m.firstPush(j)
	if first == nil {
		m.leaveWithoutPush(j)
		return
	}
	if !first.Name.Known() {
		j.leave(first.Place, fmt.Sprintf("job %q pushes to an image repository that the workflow does not name: %s", j.id, first.Name.Unknown),
			"write the image repository's name, then run this again")
		return
	}
	var fitting []*fleet.Pool
	for i := range m.pools {
		if m.serves(&m.pools[i]) && pushesAll(&m.pools[i], j) {
			fitting = append(fitting, &m.pools[i])
		}
	}
	fitting = nearest(fitting, j)
	switch len(fitting) {
	case 1:
		j.pool = fitting[0]
	case 0:
		j.leave(first.Place, fmt.Sprintf("no pool pushes to %s for jobs of %q%s", described(j), m.Name, m.near(j)),
			"declare a pool that does in fleet/declared.go, then run this again")
	default:
		j.leave(first.Place, fmt.Sprintf("several pools push to %s for jobs of %q: %s", described(j), m.Name, poolNames(fitting)),
			"write the labels of one of them as the job's runs-on, then run this again")
	}
}

// firstPush is the push that a remark about where the job pushes stands at: the first whose
// image repository is not known, or the first; nil if there is none.
func (m *migration) firstPush(j *job) (first *facts.Push) {
	j.pushes(func(_ *facts.Job, push *facts.Push) {
		if first == nil || first.Name.Known() && !push.Name.Known() {
			first = push
		}
	})
	return first
}

func (m *migration) leaveWithoutPush(j *job) {
	if action := j.givenKey(); action != nil {
		j.leave(action.Place, fmt.Sprintf("job %q gives a stored AWS key to the action %q, which is not read", j.id, action.Text),
			"if it pushes an image, use aws-actions/amazon-ecr-login and docker push instead, which need no key, then run this again; if not, give it a separate role")
		return
	}
	for _, fact := range j.facts {
		if len(fact.MayPush) > 0 {
			j.leave(fact.MayPush[0].Place, fmt.Sprintf("job %q has a stored AWS key, and where it pushes is not known: %s", j.id, fact.MayPush[0].Unknown),
				"write the image repository, then run this again")
			return
		}
	}
	for _, use := range m.before.usesOfAWS(j) {
		if !use.unread && !use.allowed {
			j.leave(use.place, fmt.Sprintf("job %q runs %q with a stored AWS key, and pushes to no image repository", j.id, use.what), separateRole)
			return
		}
	}
	at := j.member.Place
	if len(j.keys) > 0 {
		at = j.keys[0].Place
	}
	j.leave(at, fmt.Sprintf("job %q has a stored AWS key, and no step of it is seen to push to Amazon ECR", j.id), separateRole)
}

// separateRole is the next step for a job that uses AWS for something else than images.
const separateRole = "give it a separate role: a pool's role only pushes and pulls images"

// givenKey is the first action of others that a step gives a stored key, nil if none does. What
// is known of the actions that log in to Amazon ECR is in facts.
func (j *job) givenKey() *source.Node {
	steps := j.member.Value.Get("steps")
	if steps == nil {
		return nil
	}
	for _, step := range steps.Items {
		action := step.Get("uses")
		if !action.Scalar() || strings.HasPrefix(action.Text, "./") || len(usesOfAction(action)) == 0 && !strings.HasPrefix(action.Text, "docker://") {
			continue
		}
		given := placesIn(step)
		for _, key := range j.keys {
			if given.exact[key.Place] {
				return action
			}
		}
	}
	return nil
}

// serves reports whether the pool's runners take jobs of the source repository.
func (m *migration) serves(p *fleet.Pool) bool {
	switch scope := p.Scope; {
	case scope.SourceRepository != "":
		return strings.EqualFold(string(scope.SourceRepository), string(m.Name))
	case scope.Organization != "":
		return strings.EqualFold(string(scope.Organization), string(m.Name.Owner()))
	}
	return true // of the enterprise, whose organizations no file lists
}

// pushesAll reports whether all that the job pushes is known and among what the pool pushes to.
func pushesAll(p *fleet.Pool, j *job) bool {
	all := true
	j.pushes(func(of *facts.Job, push *facts.Push) {
		all = all && push.Name.Known() && mayBeOf(p, of, push) && among(may(p, push.Use), push.Name)
	})
	return all
}

// may are the image repositories with which the pool may do something.
func may(p *fleet.Pool, use facts.Use) []fleet.ImageRepository {
	if use == facts.CachesFrom || use == facts.Pulls {
		return slices.Concat(p.PushesTo, p.PullsFrom)
	}
	return p.PushesTo
}

func among(repositories []fleet.ImageRepository, name facts.Text) bool {
	return slices.ContainsFunc(repositories, func(r fleet.ImageRepository) bool { return name.Is(string(r.Name)) })
}

// mayBeOf reports whether a push may be to the pool's registry: it is, or the workflow leaves it
// open, as where the account is that of the key.
func mayBeOf(p *fleet.Pool, of *facts.Job, push *facts.Push) bool {
	if push.Registry.There {
		return !push.Registry.Known() || isRegistry(push.Registry, p)
	}
	account := of.Logins[push.Login].Account
	return !account.Known() || account.Is(string(p.Registry().Account))
}

// nearest are the pools that the job asks for already, or else those of the narrowest scope, and
// among them those in whose region the job logs in.
func nearest(pools []*fleet.Pool, j *job) []*fleet.Pool {
	for _, prefers := range []func(p *fleet.Pool) bool{
		func(p *fleet.Pool) bool { return everyRunAsks(j, p) },
		func(p *fleet.Pool) bool { return p.Scope.SourceRepository != "" },
		func(p *fleet.Pool) bool { return p.Scope.Organization != "" },
		func(p *fleet.Pool) bool { return logsInTo(j, p.Registry().Region) },
	} {
		preferred := slices.DeleteFunc(slices.Clone(pools), func(p *fleet.Pool) bool { return !prefers(p) })
		if len(preferred) > 0 {
			pools = preferred
		}
	}
	return pools
}

// everyRunAsks reports whether every run of the job asks for the pool.
func everyRunAsks(j *job, p *fleet.Pool) bool {
	return len(j.facts) > 0 && !slices.ContainsFunc(j.facts, func(f facts.Job) bool { return !asksFor(f.RunsOn, p) })
}

// asksFor reports whether the labels are the pool's, with any that its runners have anyway.
func asksFor(labels []facts.Text, p *fleet.Pool) bool {
	want := p.RunsOn()
	for _, label := range want {
		if !slices.ContainsFunc(labels, func(t facts.Text) bool { return t.Known() && label.Equal(identity.RunnerLabel(t.Value)) }) {
			if label != identity.RunnerLabelSelfHosted {
				return false
			}
		}
	}
	for _, t := range labels {
		label := identity.RunnerLabel(t.Value)
		if !t.Known() || !slices.ContainsFunc(want, label.Equal) && (p.ScaleSet != nil || !label.Implied()) {
			return false
		}
	}
	return true
}

func logsInTo(j *job, region identity.Region) bool {
	for _, fact := range j.facts {
		for _, login := range fact.Logins {
			if login.Region.Is(string(region)) {
				return true
			}
		}
	}
	return false
}

// described lists the image repositories that a job pushes to.
func described(j *job) string {
	var all []string
	j.pushes(func(_ *facts.Job, push *facts.Push) {
		image := push.Name.Value
		if push.Registry.Known() {
			image = strings.ReplaceAll(push.Registry.Value, facts.RoleAccount, "ACCOUNT") + "/" + image
		}
		if !slices.Contains(all, image) {
			all = append(all, image)
		}
	})
	return facts.Quoted(all)
}

// near says which pool comes near to fitting.
func (m *migration) near(j *job) string {
	for i := range m.pools {
		if p := &m.pools[i]; pushesAll(p, j) {
			return fmt.Sprintf("; pool %q does, for %s", p.Name, p.Scope.URL())
		}
	}
	for i := range m.pools {
		if p := &m.pools[i]; m.serves(p) {
			var all []string
			for _, r := range p.PushesTo {
				all = append(all, r.ID().String())
			}
			return fmt.Sprintf("; pool %q takes its jobs and pushes to %s", p.Name, facts.Quoted(all))
		}
	}
	return ""
}

func poolNames(pools []*fleet.Pool) string {
	var all []string
	for _, p := range pools {
		all = append(all, string(p.Name))
	}
	return facts.Quoted(all)
}
