package migrate

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

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
	for _, j := range e.jobs {
		for _, key := range j.keys {
			d := document(key.Place.File)
			switch found := d.at(key.Place); {
			case found != nil && e.removable(found):
				entries[key.Place.File] = append(entries[key.Place.File], found)
			case found != nil && e.passedOn(found):
				// it goes once what it is passed to does not use it any more
			default:
				e.removeLine(j, d, key.Place, key.What)
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
	for file, found := range entries {
		splices, err := document(file).remove(found)
		if err != nil {
			e.blockAll(file, err)
		}
		e.splices[file] = append(e.splices[file], splices...)
	}
}

// blockAll leaves all jobs that have keys in a file.
func (e *edit) blockAll(file string, err error) {
	for _, j := range e.jobs {
		for _, key := range j.keys {
			if key.Place.File == file {
				e.block(j, key.Place, fmt.Sprintf("a key of job %q cannot be cut out: %v", j.id, err), "take it out by hand, then run this again")
				break
			}
		}
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

// removeLine cuts out the line of a script that does nothing but set a key.
func (e *edit) removeLine(j *job, d *document, at source.Place, what string) {
	if at.Column == 0 && onlySetsKey(string(d.line(at.Line))) {
		e.splices[at.File] = append(e.splices[at.File], splice{start: d.starts[at.Line-1], end: lineEnd(d.starts, at.Line-1, d.content)})
		return
	}
	e.block(j, at, fmt.Sprintf("job %q uses a stored AWS key where it cannot be cut out: %s", j.id, what),
		"take it out by hand: the runner's Pod has the pool's role; then run this again")
}
