package migrate

import (
	"maps"
	"path"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github"
	"keyless-runners/preflight/source"
)

// tree is the files of a source repository as values, and what its jobs do.
type tree struct {
	texts map[string]*fileText
	roots map[string]*source.Node
	jobs  []facts.Job
}

// readTree reads texts. It returns a *source.Error for a workflow that cannot be read; an action
// that cannot be is none that a job's steps are found in.
func readTree(texts map[string]*fileText) (*tree, error) {
	t := &tree{texts: texts, roots: map[string]*source.Node{}}
	for _, file := range slices.Sorted(maps.Keys(texts)) {
		roots, err := source.Parse(file, texts[file].content)
		switch {
		case err == nil && len(roots) == 1 && (github.Recognize(roots[0]) || !isWorkflow(file)):
			t.roots[file] = roots[0]
		case err != nil && isWorkflow(file):
			return nil, err
		case isWorkflow(file):
			return nil, &source.Error{Place: source.Place{File: file}, Problem: "not a GitHub workflow: want one document with jobs"}
		}
	}
	called := t.called()
	for _, file := range slices.Sorted(maps.Keys(t.roots)) {
		if root := t.roots[file]; isWorkflow(file) && !(called[file] && github.OnlyCalled(root)) {
			t.jobs = append(t.jobs, github.Read(root, t.find).Jobs...)
		}
	}
	return t, nil
}

// find returns a file of the source repository, nil if there is none.
func (t *tree) find(file string) *source.Node {
	return t.roots[path.Clean(file)]
}

// called are the workflows that others of the source repository call.
func (t *tree) called() map[string]bool {
	called := map[string]bool{}
	for file, root := range t.roots {
		if isWorkflow(file) {
			for _, callee := range github.Calls(root) {
				called[callee] = true
			}
		}
	}
	return called
}

// action returns the file of the action that a step uses, "" if it is none of the source
// repository.
func (t *tree) action(uses string) string {
	folder, local := strings.CutPrefix(strings.TrimSpace(uses), "./")
	for _, name := range []string{"action.yml", "action.yaml"} {
		if file := path.Join(folder, name); local && t.roots[file] != nil {
			return file
		}
	}
	return ""
}

// reach are the files of actions that a job's steps use, and those that they use.
func (t *tree) reach(node *source.Node, found map[string]bool) map[string]bool {
	node.Walk(func(n *source.Node) bool {
		if uses := n.Get("uses"); uses.Scalar() {
			if file := t.action(uses.Text); file != "" && !found[file] {
				found[file] = true
				t.reach(t.roots[file].Get("runs", "steps"), found)
			}
		}
		return true
	})
	return found
}

// origin is a place in the file as it was.
func (t *tree) origin(place source.Place) source.Place {
	if text := t.texts[place.File]; text != nil && place.Line > 0 {
		if line := text.originOf(place.Line); line != place.Line {
			return source.Place{File: place.File, Line: line}
		}
	}
	return place
}
