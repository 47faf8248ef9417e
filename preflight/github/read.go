package github

import (
	"path/filepath"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Repository finds a file of the workflow's source repository by its path from the top;
// nil, as the function may be, if that is not among the files.
type Repository func(path string) *source.Node

// Read returns the jobs of a workflow. A job whose runner has alternatives is there
// once for each. A key of the workflow's env is with its first job only, and so is
// any other that several jobs share.
func Read(root *source.Node, repository Repository) facts.Facts {
	r := newReader(root)
	r.repository = repository
	return facts.Facts{Jobs: r.all()}
}

// all are the jobs of the workflow, and those of the workflows that it calls.
func (r *reader) all() (all []facts.Job) {
	jobs := r.root.Get("jobs")
	found := map[string][]facts.Job{}
	for _, member := range jobs.Entries() {
		r.member(jobs, member, found)
	}
	for _, member := range jobs.Entries() {
		all = append(all, found[member.Name]...)
	}
	if len(all) > 0 {
		all[0].Refusals = append(all[0].Refusals, refusalsOf(r.root)...)
	}
	return all
}

// member reads a job, and before it those that it needs: they hand it their outputs.
func (r *reader) member(jobs *source.Node, member source.Member, found map[string][]facts.Job) {
	if _, done := found[member.Name]; done {
		return
	}
	found[member.Name] = nil // a job that needs itself is read once
	for _, name := range needs(member.Value) {
		if needed := jobs.Member(name); needed != nil {
			r.member(jobs, *needed, found)
		}
	}
	switch {
	case member.Value.Has("uses"):
		found[member.Name] = r.called(member)
	case member.Value.Kind == source.Map:
		found[member.Name] = r.jobs(member)
	}
}

// needs are the jobs that a job waits for.
func needs(job *source.Node) (names []string) {
	for _, name := range job.Get("needs").Values() {
		names = append(names, name.Text)
	}
	return names
}

type reader struct {
	scope scope
	root  *source.Node
	// name is the workflow's.
	name       string
	repository Repository
	// granted are the permissions of the job that calls it, nil if nothing sets them.
	granted *source.Node
	// depth is how many workflows called this one.
	depth int
	// held are the concurrency groups that the run holds, and waits is the one that it is to wait for
	// nevertheless, nil if there is none.
	held  []string
	waits *source.Node
	// failing are the jobs that fail in every run, in lower case, and blockedBy is one that the job which calls the
	// workflow needs, at blockedAt; "" if there is none.
	failing   map[string]bool
	blockedBy string
	blockedAt source.Place
	// building are the jobs that make images, and skipped those that no run comes to, in lower case.
	building, skipped map[string]bool
	// blocks are the texts that YAML has on separate lines.
	blocks map[*source.Node]bool
	// keys are the places of the stored keys and whatever else some job has already.
	keys map[source.Place]bool
}

func newReader(root *source.Node) *reader {
	left := budget(1<<18 + 8*sizeOf(root))
	s := scope{budget: &left, conditions: &conditions{named: map[string]int{}}, needs: map[string]value{}}
	s.inputs, s.tagged, s.events = s.inputsOf(trigger(root)), startedByTags(trigger(root)), eventsOf(trigger(root))
	s.on = trigger(root)
	s.merges = startedByPullRequests(trigger(root), s.events)
	r := &reader{root: root, scope: s.with(root.Get("env")), blocks: blocksIn(root), keys: map[source.Place]bool{}, failing: map[string]bool{}, building: map[string]bool{}, skipped: map[string]bool{}}
	if root != nil {
		r.name = filepath.Base(root.Place.File)
	}
	if name := root.Get("name"); name.Scalar() && name.Text != "" {
		r.name = name.Text
	}
	r.enter(root.Get("concurrency"))
	return r
}

// blocksIn returns the texts of a tree that are on separate lines: those of several lines
// for which there is room before what follows.
func blocksIn(root *source.Node) map[*source.Node]bool {
	blocks := map[*source.Node]bool{}
	var last *source.Node
	root.Walk(func(n *source.Node) bool {
		if last != nil {
			lines := strings.Count(strings.TrimRight(last.Text, "\n"), "\n") + 1
			blocks[last] = n.Place.Line > last.Place.Line+lines
		}
		last = nil
		if n.Kind == source.String && strings.Contains(n.Text, "\n") {
			last = n
		}
		return true
	})
	if last != nil {
		blocks[last] = true
	}
	return blocks
}

// line is the place of a line of a text, counted from 0: the text's own, if YAML
// has it elsewhere than on separate lines.
func (r *reader) line(node *source.Node, line int) source.Place {
	if !r.blocks[node] {
		return node.Place
	}
	return source.Place{File: node.Place.File, Line: node.Place.Line + 1 + line}
}
