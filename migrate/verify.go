package migrate

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// verify reads the jobs that were rewritten again and leaves those that do not do what a job of
// their pool does, or still have a key. It reports whether there is none.
func (m *migration) verify(t *tree, jobs []*job) bool {
	before := len(m.blocked)
	m.spareOthers(t, jobs)
	for _, planned := range jobs {
		if len(planned.left) > 0 {
			continue
		}
		j := t.job(planned.jobKey)
		if j.pool = planned.pool; j.pool != nil {
			j.verify()
			j.namesNoKey(t)
			if !slices.Equal(pushesTo(planned), pushesTo(j)) {
				j.leave(planned.member.Place, fmt.Sprintf("job %q cannot be rewritten: it would push to %s, and pushes to %s", j.id, facts.Quoted(pushesTo(j)), facts.Quoted(pushesTo(planned))),
					"rewrite it by hand, then run this again")
			}
		}
		for _, key := range j.keys {
			j.leave(key.Place, fmt.Sprintf("job %q uses a stored AWS key where it cannot be cut out: %s", j.id, key.What),
				"take it out by hand: the runner's Pod has the pool's role; then run this again")
		}
		if len(j.left) > 0 {
			m.block(t, j, j.left[0].Place, j.left[0].Problem, j.left[0].Fix)
		}
	}
	return len(m.blocked) == before
}

// verify leaves a job that does not do what a job of its pool does.
func (j *job) verify() {
	if j.assumes() {
		j.leave(j.member.Place, fmt.Sprintf("job %q assumes a role that cannot be cut out", j.id), "take it out by hand, then run this again")
	}
	if !everyRunAsks(j, j.pool) {
		j.leave(j.member.Place, fmt.Sprintf("job %q cannot be made to ask for pool %q", j.id, j.pool.Name), "write runs-on: "+runsOnText(j.pool))
	}
	for i := range j.facts {
		for n := range j.facts[i].Pushes {
			j.verifyPush(&j.facts[i], &j.facts[i].Pushes[n])
		}
	}
	for _, tag := range j.fixedTags() {
		j.leave(tag.Place, fmt.Sprintf("every run of job %q pushes the tag %q, and the tags there are immutable: the second run fails", j.id, tag.Value),
			"push a tag that names the commit, or name it in MutableTags in fleet/declared.go; then run this again")
	}
}

// keyNames are the names of keys in variables, inputs and outputs.
var keyNames = regexp.MustCompile(`(?i)aws[_-](access[_-]key[_-]id|secret[_-]access[_-]key|session[_-]token)`)

// namesNoKey leaves a job that still names a key, as a script that hands one on does.
func (j *job) namesNoKey(t *tree) {
	roots := []*source.Node{j.member.Value}
	for _, file := range slices.Sorted(maps.Keys(j.actions)) {
		roots = append(roots, t.roots[file].Get("runs"))
	}
	for _, root := range roots {
		root.Walk(func(n *source.Node) bool {
			for i, line := range strings.Split(n.Text, "\n") {
				if name := keyNames.FindString(line); name != "" && !strings.HasPrefix(strings.TrimSpace(line), "#") {
					j.leave(lineOf(n, i), fmt.Sprintf("job %q still uses %s, which it no longer has", j.id, name), "take it out by hand: the runner's Pod has the pool's role; then run this again")
				}
			}
			return true
		})
	}
}

// verifyPush leaves a job that pushes elsewhere than its pool, or without being logged in.
func (j *job) verifyPush(of *facts.Job, push *facts.Push) {
	switch registry := j.pool.Registry(); {
	case !among(may(j.pool, push.Use), push.Name):
		j.leave(push.Place, fmt.Sprintf("job %q pushes to %q, and pool %q does not", j.id, said(push.Name), j.pool.Name), "add the image repository to the pool's PushesTo in fleet/declared.go, then run this again")
	case push.Registry.There && !isRegistry(push.Registry, j.pool):
		j.leave(push.Place, fmt.Sprintf("job %q pushes to the registry %q, and pool %q to %q", j.id, said(push.Registry), j.pool.Name, registry), "write the registry out, then run this again")
	case len(push.Repeated) > 0 && immutable(j.pool, push.Name, "*"):
		j.leave(push.Repeated[0].Place, fmt.Sprintf("a later run of job %q may push the same tag, and the tags there are immutable: %s", j.id, push.Repeated[0].Unknown),
			"push a tag that names the commit, or name it in MutableTags in fleet/declared.go; then run this again")
	case !j.loggedIn(of, push):
		j.leave(push.Place, fmt.Sprintf("job %q pushes to %q without a login to it before, in every run", j.id, registry), "add a step with aws-actions/amazon-ecr-login before it, then run this again")
	}
}

// isRegistry reports whether a host is the pool's registry. That of the role's account is where
// the workflow asks AWS for the account.
func isRegistry(host facts.Text, p *fleet.Pool) bool {
	named, err := identity.ParseRegistryHost(strings.ReplaceAll(host.Value, facts.RoleAccount, string(p.PushingRole().Account)))
	return host.Known() && err == nil && named == p.Registry()
}

// loggedIn reports whether a login to the pool's registry comes before each push.
func (j *job) loggedIn(of *facts.Job, push *facts.Push) bool {
	return slices.ContainsFunc(push.Before, func(before facts.Before) bool {
		login := of.Logins[before.Login]
		region, want := login.Region, j.pool.Registry()
		return before.Always && !login.Out && !login.KeyID.There && (!region.There || region.Is(string(want.Region))) &&
			(!login.Host.There || isRegistry(login.Host, j.pool)) && (!login.Account.There || login.Account.Is(string(want.Account)))
	})
}

// place is where an entry's value stands, in the file of a job.
func (e *edit) place(j *job, found *entry) source.Place {
	return source.Place{File: j.file, Line: found.value.Line, Column: found.value.Column}
}
