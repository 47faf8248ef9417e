package migrate

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"keyless-runners/preflight/github/shell"
	"keyless-runners/preflight/source"
)

// ofRole are the inputs of aws-actions/configure-aws-credentials that say how to assume a role.
var ofRole = []string{"role-to-assume", "role-session-name", "role-duration-seconds", "role-external-id", "role-skip-session-tagging",
	"role-chaining", "web-identity-token-file", "audience"}

// removeKeys cuts out stored keys, and roles that the pool's replaces.
func removeKeys(e *edit) {
	entries := map[string][]*entry{}
	documents := map[string]*document{}
	document := func(file string) *document {
		if documents[file] == nil {
			documents[file] = e.tree.document(file)
		}
		return documents[file]
	}
	lines := map[string]map[int]*job{}
	for _, j := range e.jobs {
		for _, key := range j.keys {
			d := document(key.Place.File)
			switch found := d.at(key.Place); {
			case found != nil && e.removable(found):
				entries[key.Place.File] = append(entries[key.Place.File], found)
			case found != nil && e.passedOn(found):
				// it goes once what it is passed to does not use it any more
			case key.Place.Column == 0 && d.script(key.Place.Line) != nil && onlySetsKey(string(d.line(key.Place.Line))):
				if lines[key.Place.File] == nil {
					lines[key.Place.File] = map[int]*job{}
				}
				lines[key.Place.File][key.Place.Line] = j
			default:
				e.block(j, key.Place, fmt.Sprintf("job %q uses a stored AWS key where it cannot be cut out: %s", j.id, key.What),
					"take it out by hand: the runner's Pod has the pool's role; then run this again")
			}
		}
		for _, fact := range j.facts {
			for _, role := range fact.Assumed {
				at := role.ARN.Place
				if found := document(at.File).at(at); found != nil && found.in() == "with" {
					entries[at.File] = append(entries[at.File], document(at.File).named(found.mapping, ofRole...)...)
				} else {
					e.block(j, at, fmt.Sprintf("job %q assumes a role here", j.id), "take it out: the runner's Pod has the pool's role; then run this again")
				}
			}
		}
	}
	for _, file := range slices.Sorted(maps.Keys(lines)) {
		e.removeLines(document(file), file, lines[file])
	}
	for _, file := range slices.Sorted(maps.Keys(entries)) {
		splices, err := document(file).remove(entries[file])
		if err != nil {
			e.blockAll(file, err)
		}
		e.splices[file] = append(e.splices[file], splices...)
	}
}

// blockAll leaves the jobs that have the key which cannot be cut out of a file, or all jobs if
// none has.
func (e *edit) blockAll(file string, err error) {
	var where *notAlone
	for _, j := range e.jobs {
		for _, key := range j.keys {
			if key.Place.File == file && errors.As(err, &where) && where.line == key.Place.Line {
				e.block(j, key.Place, fmt.Sprintf("a key of job %q cannot be cut out: %v", j.id, err), "take it out by hand, then run this again")
				break
			}
		}
	}
	if e.blocked {
		return
	}
	for _, j := range e.jobs {
		e.block(j, j.member.Place, fmt.Sprintf("what job %q does not need any more cannot be cut out of %s: %v", j.id, file, err), "take it out by hand, then run this again")
	}
}

// removable reports whether an entry is a key for AWS tools and nothing else.
func (e *edit) removable(found *entry) bool {
	switch found.in() {
	case "env":
		return found.value.Kind == yaml.ScalarNode
	case "with":
		name, _, _ := strings.Cut(strings.ToLower(found.around.sibling("uses")), "@")
		return name == "aws-actions/configure-aws-credentials" || name == "docker/login-action"
	}
	return false
}

// passedOn reports whether an entry gives a key to an action or a workflow of the source
// repository.
func (e *edit) passedOn(found *entry) bool {
	if in := found.in(); in != "with" && in != "secrets" {
		return false
	}
	uses := found.around.sibling("uses")
	name, local := strings.CutPrefix(uses, "./")
	return local && (e.tree.action(uses) != "" || e.tree.find(name) != nil)
}

// script is the entry of the script that has a line of the file, nil if none has.
func (d *document) script(line int) *entry {
	for _, e := range d.entries {
		if e.key.Value == "run" && e.value.Kind == yaml.ScalarNode && e.key.Line < line && line <= d.lastLine(e) {
			return e
		}
	}
	return nil
}

// removeLines cuts lines out of scripts, each for a job. Of a script something has to be left.
func (e *edit) removeLines(d *document, file string, jobs map[int]*job) {
	for _, line := range slices.Sorted(maps.Keys(jobs)) {
		j, script, left := jobs[line], d.script(line), ""
		for other := script.key.Line + 1; other <= d.lastLine(script); other++ {
			if jobs[other] == nil {
				left += string(d.line(other)) + "\n"
			}
		}
		at := source.Place{File: file, Line: script.key.Line}
		switch {
		case strings.TrimSpace(left) == "":
			e.block(j, at, fmt.Sprintf("a step of job %q does nothing but set a stored AWS key", j.id), "take the step out, then run this again")
			return
		case shell.Parse(left).Unread != "":
			e.block(j, source.Place{File: file, Line: line}, fmt.Sprintf("a script of job %q needs this line around it", j.id), "take the key out by hand, then run this again")
			return
		}
		e.add(j, at, splice{start: d.starts[line-1], end: lineEnd(d.starts, line-1, d.content)}, nil)
	}
}
