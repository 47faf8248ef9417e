package migrate

import (
	"path"
	"slices"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Remark is about a place in a file of a source repository.
type Remark struct {
	Place source.Place
	// Problem says what is wrong, and Fix what to do about it.
	Problem, Fix string
}

// jobKey identifies a job of a source repository.
type jobKey struct{ file, id string }

// job is a job of a workflow in a tree.
type job struct {
	jobKey
	root   *source.Node
	member source.Member
	// facts hold what the job does, once for each runner that it may ask for and each call of
	// its workflow.
	facts []facts.Job
	// actions are the files of the source repository's actions that its steps use.
	actions map[string]bool
	// keys are the stored keys that it can read, and ofWorkflow those among them that are
	// in the workflow's env, for all of its jobs.
	keys, ofWorkflow []facts.StoredKey

	pool *fleet.Pool
	// left is why the job is not rewritten, empty if it is.
	left []Remark
	// cause is the job because of which this one is left, if there is one.
	cause *job
	notes []Remark
}

// all are the jobs of the tree's workflows.
func (t *tree) all() (jobs []*job) {
	for _, file := range t.workflows() {
		for _, member := range t.roots[file].Get("jobs").Members {
			jobs = append(jobs, t.job(jobKey{file, member.Name}))
		}
	}
	return jobs
}

func (t *tree) workflows() (files []string) {
	for file := range t.roots {
		if isWorkflow(file) {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	return files
}

func (t *tree) job(key jobKey) *job {
	root := t.roots[key.file]
	j := &job{jobKey: key, root: root, member: *root.Get("jobs").Member(key.id)}
	for _, fact := range t.jobs {
		_, id := path.Split(strings.ReplaceAll(fact.ID, " / ", "/"))
		if fact.Place.File == key.file && id == key.id {
			j.facts = append(j.facts, fact)
		}
	}
	j.actions = t.reach(j.member.Value, map[string]bool{})
	t.findKeys(j)
	return j
}

// findKeys finds the stored keys of all jobs that this one can read too: the reader has each
// with one job alone.
func (t *tree) findKeys(j *job) {
	own, ofWorkflow := placesIn(j.member.Value), placesIn(j.root.Get("env"))
	seen := map[source.Place]bool{}
	for _, fact := range t.jobs {
		for _, key := range fact.StoredKeys {
			switch {
			case seen[key.Place]:
				continue
			case ofWorkflow.has(key.Place):
				j.ofWorkflow = append(j.ofWorkflow, key)
			case !own.has(key.Place) && !j.actions[key.Place.File]:
				continue
			}
			seen[key.Place] = true
			j.keys = append(j.keys, key)
		}
	}
}

// places are where values stand, and the lines of their texts.
type places struct {
	exact map[source.Place]bool
	lines map[source.Place]bool
}

func placesIn(node *source.Node) places {
	p := places{map[source.Place]bool{}, map[source.Place]bool{}}
	node.Walk(func(n *source.Node) bool {
		p.exact[n.Place] = true
		for line := range strings.Count(n.Text, "\n") + 1 {
			p.lines[source.Place{File: n.Place.File, Line: n.Place.Line + 1 + line}] = true
		}
		return true
	})
	return p
}

func (p places) has(place source.Place) bool {
	return p.exact[place] || place.Column == 0 && p.lines[place]
}

// calls is the workflow of the source repository that the job calls, "" if it calls none.
func (t *tree) calls(j *job) string {
	uses := j.member.Value.Get("uses")
	if !uses.Scalar() {
		return ""
	}
	name, local := strings.CutPrefix(uses.Text, "./")
	if name = path.Clean(name); !local || t.roots[name] == nil {
		return ""
	}
	return name
}

// pushes are the job's pushes in all of its runs, each with the job that it is of.
func (j *job) pushes(visit func(of *facts.Job, push *facts.Push)) {
	for i := range j.facts {
		for n := range j.facts[i].Pushes {
			visit(&j.facts[i], &j.facts[i].Pushes[n])
		}
	}
}

// usesECR reports whether the job logs in to Amazon ECR or pushes there.
func (j *job) usesECR() bool {
	return slices.ContainsFunc(j.facts, func(f facts.Job) bool { return len(f.Logins)+len(f.Pushes) > 0 })
}

// leave records why the job is not rewritten.
func (j *job) leave(at source.Place, problem, fix string) {
	j.left = append(j.left, Remark{at, problem, fix})
}

func (j *job) note(at source.Place, problem, fix string) {
	j.notes = append(j.notes, Remark{at, problem, fix})
}
