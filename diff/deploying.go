package diff

import (
	"bytes"
	"maps"
	"slices"

	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// Deploying returns what deploying and applying a change of files does, what fails then and
// what stays behind. Before and after are texts by the names of their files: every template,
// because one stack may have a name that another wants, and of all other files those that
// differ. Who can push isn't compared. It returns the *source.Error of the first file that can't
// be read.
func Deploying(before, after map[string][]byte) (Difference, error) {
	names := map[string][]byte{}
	maps.Copy(names, before)
	maps.Copy(names, after)
	var base, now State
	for _, name := range slices.Sorted(maps.Keys(names)) {
		file, err := deployable(name, before[name])
		base.add(file)
		if err == nil && !bytes.Equal(before[name], after[name]) {
			file, err = deployable(name, after[name])
		}
		if err != nil {
			return Difference{}, err
		}
		now.add(file)
	}
	c := &comparison{base, now, compareObjects(base.facts.Objects, now.facts.Objects)}
	return Difference{Stacks: c.stacks(), Objects: c.objects, Troubles: c.troubles()}, nil
}

// add adds the templates and objects of another state.
func (s *State) add(other State) {
	s.templates = append(s.templates, other.templates...)
	s.facts.Objects = append(s.facts.Objects, other.facts.Objects...)
}

// deployable are the templates and objects in a file's text; nil: there is no file.
func deployable(name string, text []byte) (State, error) {
	var state State
	if text == nil {
		return state, nil
	}
	roots, err := source.Parse(name, text)
	for _, root := range roots {
		switch {
		case cloudformation.Recognize(root):
			where := cloudformation.ReadTemplate(root, len(text), cloudformation.Settings{})
			state.templates = append(state.templates, newTemplate(name, root, facts.Facts{Templates: []facts.Template{where}}))
		case kubernetes.Recognize(root):
			state.facts.Objects = append(state.facts.Objects, kubernetes.Read(root).Objects...)
		}
	}
	return state, err
}
