package migrate

import (
	"fmt"

	"keyless-runners/preflight/source"
)

// sameJob reports whether a job is what it was: in its workflow, and in the actions that its
// steps use.
func (m *migration) sameJob(key jobKey, after *tree) bool {
	before, now := m.before.job(key), after.job(key)
	if !same(before.member.Value, now.member.Value) {
		return false
	}
	for file := range before.actions {
		if !same(m.before.roots[file].Get("runs"), after.roots[file].Get("runs")) {
			return false
		}
	}
	return true
}

// same reports whether two values are one, wherever they stand.
func same(a, b *source.Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Items) != len(b.Items) || len(a.Members) != len(b.Members) {
		return false
	}
	for i := range a.Items {
		if !same(a.Items[i], b.Items[i]) {
			return false
		}
	}
	for i := range a.Members {
		if a.Members[i].Name != b.Members[i].Name || !same(a.Members[i].Value, b.Members[i].Value) {
			return false
		}
	}
	return true
}

// spareOthers leaves the jobs that have something in common with a job that is not rewritten
// and that is another afterwards: an action, or what an alias repeats.
func (m *migration) spareOthers(t *tree, jobs []*job) {
	rewritten := map[jobKey]*job{}
	for _, j := range jobs {
		if len(j.left) == 0 && j.pool != nil {
			rewritten[j.jobKey] = j
		}
	}
	for _, other := range m.before.all() {
		if rewritten[other.jobKey] != nil || m.before.calls(other) != "" || m.sameJob(other.jobKey, t) {
			continue
		}
		for _, j := range rewritten {
			if j.file == other.file || common(j.actions, other.actions) {
				m.block(m.before, j, j.member.Place, fmt.Sprintf("job %q has an action or an alias together with job %q of %s, which would change too", j.id, other.id, other.file),
					"give each its own, then run this again")
			}
		}
	}
}

func common(a, b map[string]bool) bool {
	for file := range a {
		if b[file] {
			return true
		}
	}
	return false
}
