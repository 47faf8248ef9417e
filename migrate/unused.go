package migrate

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// removeUnused cuts out the inputs and secrets of actions and workflows of the source
// repository that nothing in them uses any more and something did, and what is passed for them,
// until there are no more.
func removeUnused(e *edit) {
	for {
		round := &edit{migration: e.migration, tree: e.tree, jobs: e.jobs, splices: map[string][]splice{}}
		if !round.cutUnused() || round.blocked {
			e.blocked = round.blocked
			return
		}
		if e.tree = round.spliced(); round.blocked {
			e.blocked = true
			return
		}
	}
}

// cutUnused makes one round, and reports whether there was anything.
func (e *edit) cutUnused() bool {
	gone := map[string]map[*entry]bool{}
	documents := map[string]*document{}
	files := e.tree.workflowsAndActions()
	for _, file := range files {
		documents[file], gone[file] = e.tree.document(file), map[*entry]bool{}
	}
	for _, file := range files {
		d := documents[file]
		for _, declared := range d.declared(file) {
			if !e.fellOut(file, declared) {
				continue
			}
			calls := e.callsOf(documents, file, declared)
			if isWorkflow(file) && !e.before.called()[file] {
				e.letGo(d, file, declared)
				continue
			}
			if isWorkflow(file) {
				e.note(source.Place{File: file, Line: declared.key.Line}, fmt.Sprintf("the workflow no longer declares %s", declared.key.Value),
					"see that no other source repository calls it: a call that passes what is not declared fails")
			}
			gone[file][declared] = true
			for caller, entries := range calls {
				for _, given := range entries {
					gone[caller][given] = true
				}
			}
		}
	}
	for _, file := range files {
		if len(gone[file]) == 0 {
			continue
		}
		splices, err := documents[file].remove(slices.Collect(maps.Keys(gone[file])))
		if err != nil {
			e.blockAll(file, err)
		}
		e.splices[file] = append(e.splices[file], splices...)
	}
	return len(e.splices) > 0
}

// letGo has a workflow that others call no longer ask for a secret. It still declares it, because
// a workflow that is passed what it does not declare fails.
func (e *edit) letGo(d *document, file string, declared *entry) {
	at := source.Place{File: file, Line: declared.key.Line, Column: declared.key.Column}
	e.note(at, fmt.Sprintf("%s of the workflow is not used any more, and other source repositories may pass it", declared.key.Value), "take it out once none does")
	for _, required := range d.named(declared.value, "required") {
		if required.value.Value == "true" {
			s, err := d.replace(required, "false")
			if err != nil {
				e.blockAll(file, err)
			}
			e.splices[file] = append(e.splices[file], s)
		}
	}
}

// declared are the inputs and secrets that an action or a called workflow declares.
func (d *document) declared(file string) (found []*entry) {
	for _, e := range d.entries {
		switch in := e.in(); {
		case isWorkflow(file) && (in == "inputs" || in == "secrets") && e.around.in() == "workflow_call",
			!isWorkflow(file) && in == "inputs" && e.around.around == nil:
			found = append(found, e)
		}
	}
	return found
}

// fellOut reports whether the file used an input or a secret before and does not now.
func (e *edit) fellOut(file string, declared *entry) bool {
	used := regexp.MustCompile(`(?i)\b` + declared.in() + `\s*(\.\s*|\[\s*')` + regexp.QuoteMeta(declared.key.Value) + `\b`)
	uses := func(t *tree) bool { return used.Match(withoutComments(t.texts[file].content)) }
	return uses(e.before) && !uses(e.tree)
}

var comment = regexp.MustCompile(`(?m)^[ \t]*#.*$`)

func withoutComments(content []byte) []byte {
	return comment.ReplaceAll(content, nil)
}

// callsOf are the entries that pass something for what a file declares, by their files.
func (e *edit) callsOf(documents map[string]*document, file string, declared *entry) map[string][]*entry {
	section := "with"
	if declared.in() == "secrets" {
		section = "secrets"
	}
	found := map[string][]*entry{}
	for caller, d := range documents {
		for _, given := range d.entries {
			if given.in() != section || !strings.EqualFold(given.key.Value, declared.key.Value) {
				continue
			}
			if e.leadsTo(given.around.sibling("uses"), file) {
				found[caller] = append(found[caller], given)
			}
		}
	}
	return found
}

// leadsTo reports whether a step or a job uses the file.
func (e *edit) leadsTo(uses, file string) bool {
	if isWorkflow(file) {
		name, local := strings.CutPrefix(uses, "./")
		return local && name == file
	}
	return e.tree.action(uses) == file
}
