package diff

import (
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
// differ. Who can push isn't compared. It returns the *source.Error
// of the first file that can't be read.
func Deploying(before, after map[string][]byte) (Difference, error) {
	base, err := deployed(before)
	if err != nil {
		return Difference{}, err
	}
	now, err := deployed(after)
	if err != nil {
		return Difference{}, err
	}
	c := &comparison{base, now, compareObjects(base.facts.Objects, now.facts.Objects)}
	return Difference{Stacks: c.stacks(), Objects: c.objects, Troubles: c.troubles()}, nil
}

// deployed is the state of texts by the names of their files, with the templates and objects
// alone.
func deployed(texts map[string][]byte) (State, error) {
	var state State
	var found []facts.Facts
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		roots, err := source.Parse(name, texts[name])
		if err != nil {
			return state, err
		}
		for _, root := range roots {
			switch {
			case cloudformation.Recognize(root):
				read := cloudformation.Read(root, len(texts[name]), cloudformation.Settings{})
				state.templates = append(state.templates, newTemplate(name, root, read))
			case kubernetes.Recognize(root):
				found = append(found, kubernetes.Read(root))
			}
		}
	}
	state.facts.Add(found...)
	return state, nil
}
