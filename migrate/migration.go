package migrate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"keyless-runners/fleet"
	"keyless-runners/preflight/source"
)

// migration moves one source repository to a fleet's pools.
type migration struct {
	Repository
	pools []fleet.Pool
	// before is the source repository as it is.
	before *tree
	// blocked are the jobs about which it came out later why they cannot be rewritten.
	blocked map[jobKey][]Remark
	// noted holds what came up in the rewrite.
	noted []Remark
}

// Result is the outcome for a source repository.
type Result struct {
	Repository Repository
	// Changes are the files that change, by their paths.
	Changes []Change
	// Rewritten are the jobs that change.
	Rewritten []Job
	// Left are the jobs that are left to a person, each with the reason.
	Left []Remark
	// Notes are about jobs that were rewritten.
	Notes []Remark
	// Secrets are the names of those that held keys, and where one is still in use.
	Secrets []Secret
}

// Job is a job that was rewritten for a pool.
type Job struct {
	Place source.Place
	ID    string
	Pool  fleet.Pool
	// PushesTo are the image repositories, as REGISTRY/NAME.
	PushesTo []string
}

// Change is a file with another content.
type Change struct {
	// Path is below the folder, with slashes.
	Path          string
	Before, After []byte
	// origin has the line before that each byte after is of.
	origin []int
}

// Migrate rewrites the source repository's workflows for the pools of a checked fleet. It
// returns a *source.Error about a file that is no workflow.
func (r Repository) Migrate(f fleet.Fleet) (Result, error) {
	texts := map[string]*fileText{}
	for file, content := range r.files {
		texts[file] = newText(content)
	}
	before, err := readTree(texts)
	if err != nil {
		return Result{}, r.located(err)
	}
	m := &migration{Repository: r, pools: f.Pools, before: before, blocked: map[jobKey][]Remark{}}
	for {
		jobs := m.plan()
		after, ok := m.rewrite(jobs)
		if ok {
			return m.result(jobs, after), nil
		}
	}
}

// plan finds the jobs that use AWS, each with its pool or with why it is left.
func (m *migration) plan() (jobs []*job) {
	for _, j := range m.before.all() {
		switch {
		case m.before.calls(j) == "" && j.member.Value.Has("uses"):
			m.callsElsewhere(j)
		case m.before.calls(j) != "" && len(j.keys) > len(j.ofWorkflow):
			// what it gives to the workflow that it calls goes with that
		case j.usesECR() || len(j.keys) > len(j.ofWorkflow):
			if m.choose(j); j.pool != nil {
				m.obstacles(m.before, j)
			}
		case len(j.ofWorkflow) > 0:
			m.bystander(j)
		default:
			continue
		}
		j.left = append(j.left, m.blocked[j.jobKey]...)
		jobs = append(jobs, j)
	}
	m.spread(jobs)
	return jobs
}

// callsElsewhere leaves a job that gives a key to a workflow of another source repository.
func (m *migration) callsElsewhere(j *job) {
	for _, fact := range j.facts {
		if call := fact.UnreadCall; call.Uses.There && (call.Inherits || len(j.keys) > 0) {
			j.leave(call.Uses.Place, fmt.Sprintf("job %q gives its secrets to the workflow %q, which is not in this source repository", j.id, call.Uses.Value),
				"migrate the source repository of that workflow first; then take the secrets out here")
		}
	}
}

// bystander looks at a job that uses no image repository and can read a key that the workflow
// has for all of its jobs.
func (m *migration) bystander(j *job) {
	for _, use := range m.before.usesOfAWS(j) {
		switch {
		case use.allowed:
		case use.unread:
			j.note(use.place, fmt.Sprintf("job %q runs %q without the key of the workflow's env, and whether that needs AWS is not known", j.id, use.what), "see that it needs none")
		default:
			j.leave(use.place, fmt.Sprintf("job %q runs %q with the key of the workflow's env", j.id, use.what), separateRole)
		}
	}
}

// spread leaves the jobs that share a key, or an action or a workflow with one, with a job that
// is left.
func (m *migration) spread(jobs []*job) {
	for changed := true; changed; {
		changed = false
		for _, j := range jobs {
			for _, other := range jobs {
				if len(j.left) > 0 || len(other.left) == 0 {
					continue
				}
				if at, shared := m.shared(j, other); shared {
					j.cause = cmp.Or(other.cause, other)
					j.leave(at, fmt.Sprintf("job %q has this together with other jobs, of which job %q of %s is left as it is", j.id, j.cause.id, j.cause.file),
						fmt.Sprintf("see to job %q first, then run this again", j.cause.id))
					changed = true
				}
			}
		}
	}
}

// shared is the place of a key that two jobs can read, or of the call of the other.
func (m *migration) shared(j, other *job) (source.Place, bool) {
	for _, key := range j.keys {
		for _, theirs := range other.keys {
			if key.Place == theirs.Place {
				return key.Place, true
			}
		}
	}
	if m.before.calls(j) == other.file {
		return j.member.Value.Get("uses").Place, true
	}
	if m.before.calls(other) == j.file && len(other.keys) > 0 {
		return j.member.Place, true
	}
	return source.Place{}, false
}

// edits are the changes to the texts, one after the other, each to what the one before it made.
var edits = []func(*edit){removeKeys, removeUnused, changeRunners, writeOutRegistries, nameRegistries, changeTags, raiseVersions}

// rewrite makes the changes of all jobs that are not left. It is not ok if a job turns out to
// be one that has to be left.
func (m *migration) rewrite(jobs []*job) (after *tree, ok bool) {
	t := m.before
	m.noted = nil
	for _, step := range edits {
		e := &edit{migration: m, tree: t, splices: map[string][]splice{}}
		for _, j := range jobs {
			if len(j.left) == 0 && j.pool != nil {
				now := t.job(j.jobKey)
				now.pool = j.pool
				e.jobs = append(e.jobs, now)
			}
		}
		step(e)
		if !e.blocked {
			t = e.spliced()
		}
		if e.blocked {
			return nil, false
		}
	}
	return t, m.verify(t, jobs)
}

// edit is one step of a rewrite.
type edit struct {
	*migration
	tree *tree
	// jobs are the jobs that are rewritten, as they are in the tree.
	jobs    []*job
	splices map[string][]splice
	blocked bool
}

// block leaves a job after all.
func (e *edit) block(j *job, at source.Place, problem, fix string) {
	e.blocked = true
	e.migration.block(e.tree, j, at, problem, fix)
}

func (m *migration) block(t *tree, j *job, at source.Place, problem, fix string) {
	m.blocked[j.jobKey] = append(m.blocked[j.jobKey], Remark{t.origin(at), problem, fix})
}

// note says what to look at in what was changed, once for a place.
func (e *edit) note(at source.Place, problem, fix string) {
	remark := Remark{e.tree.origin(at), problem, fix}
	if !slices.Contains(e.noted, remark) {
		e.migration.noted = append(e.noted, remark)
	}
}

// add changes a file for a job, or leaves the job for the error.
func (e *edit) add(j *job, at source.Place, s splice, err error) {
	if err != nil {
		e.block(j, at, fmt.Sprintf("job %q cannot be rewritten here: %v", j.id, err), "rewrite it by hand, then run this again")
		return
	}
	e.splices[at.File] = append(e.splices[at.File], s)
}

// document is a file of the tree, which was read from the same text.
func (t *tree) document(file string) *document {
	d, err := newDocument(t.texts[file].content)
	if err != nil {
		panic(err)
	}
	return d
}

// spliced is the tree with the changes. If that cannot be read, the jobs are left.
func (e *edit) spliced() *tree {
	texts := maps.Clone(e.tree.texts)
	for file, splices := range e.splices {
		texts[file] = texts[file].spliced(splices)
	}
	after, err := readTree(texts)
	if err != nil {
		for _, j := range e.jobs {
			e.block(j, j.member.Place, fmt.Sprintf("job %q cannot be rewritten: the changes would make what cannot be read: %v", j.id, err), "rewrite it by hand, then run this again")
		}
	}
	return after
}
