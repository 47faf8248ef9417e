package migrate

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// raiseVersions has jobs use versions of the actions that log in which can use the pool's role.
// A major version that is older than EKS Pod Identity is for a Node.js that runners no longer
// have.
func raiseVersions(e *edit) {
	for _, j := range e.jobs {
		for _, fact := range j.facts {
			e.raise(j, fact.Configures)
			for _, login := range fact.Logins {
				e.raise(j, login.Action)
			}
		}
	}
}

func (e *edit) raise(j *job, action facts.Text) {
	name, reference, _ := strings.Cut(strings.TrimSpace(action.Value), "@")
	since, listed := identity.PodIdentitySince(name)
	used, known := identity.ParseVersion(reference)
	if listed && !known && j.pool.UsesPodIdentity() {
		e.note(action.Place, fmt.Sprintf("whether %q of job %q can use EKS Pod Identity is not known: the reference is no version", action.Value, j.id), fmt.Sprintf("see that it is %s or newer", since))
	}
	if !action.Known() || !listed || !known || used[0] >= since[0] && !(j.pool.UsesPodIdentity() && used.Before(since)) {
		return
	}
	d := e.tree.document(action.Place.File)
	if found := d.at(action.Place); found != nil {
		s, err := d.replace(found, fmt.Sprintf("%s@v%d", name, since[0]))
		e.add(j, action.Place, s, err)
	}
}
