package diff

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/preflight"
	"keyless-runners/preflight/account"
	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/eksctl"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github"
	"keyless-runners/preflight/source"
	"keyless-runners/preflight/terraform"
)

// State is files as they are, or as they were.
type State struct {
	// Label names the state for people, such as "dist" or "main".
	Label string
	// facts are the facts of the files. The names of files in them are within the state.
	facts     facts.Facts
	templates []template
	workflows []stateFile
	// others are deployed by other tools: of them only the facts are compared.
	others []stateFile
}

// Input is where a state is read from.
type Input struct {
	// Label names the state for people.
	Label string
	// Path is a file or a folder.
	Path string
	// Accounts are files of "aws iam get-account-authorization-details", as preflight has them.
	Accounts []string
	Settings cloudformation.Settings
}

// stateFile is a file by its name within the state, and its text.
type stateFile struct{ name, text string }

// Read reads a state. Every *source.Error of every file is in the error that is returned.
func Read(input Input) (State, error) {
	state := State{Label: input.Label}
	found, _, err := preflight.Read(preflight.Input{Paths: []string{input.Path}, Accounts: input.Accounts, Settings: input.Settings})
	if err != nil {
		return state, err
	}
	state.facts = found
	files, err := source.Files(input.Path)
	if err != nil {
		return state, err
	}
	for _, name := range files {
		text, err := source.Read(name)
		if err != nil {
			return state, err
		}
		// What preflight reads can be read here too.
		roots, err := source.Parse(name, text)
		var unreadable *source.Error
		if errors.As(err, &unreadable) {
			continue
		}
		for _, root := range roots {
			state.take(within(input.Path, name), string(text), root)
		}
	}
	for i := range state.facts.Objects {
		place := &state.facts.Objects[i].Place
		place.File = within(input.Path, place.File)
	}
	return state, nil
}

// take keeps what a tree is by its own nature. Objects of Kubernetes are in the facts.
func (s *State) take(name, text string, root *source.Node) {
	switch {
	case cloudformation.Recognize(root):
		s.templates = append(s.templates, newTemplate(name, root, s.facts))
	case github.Recognize(root):
		s.workflows = append(s.workflows, stateFile{name, text})
	case terraform.Recognize(root), account.Recognize(root), account.RecognizeDocument(root), eksctl.Recognize(root):
		s.others = append(s.others, stateFile{name, text})
	}
}

// within is the name of a file below the folder; "" if the file is all there is.
func within(folder, name string) string {
	below, err := filepath.Rel(folder, name)
	if err != nil || below == "." || strings.HasPrefix(below, "..") {
		return ""
	}
	return filepath.ToSlash(below)
}

// named is the template with the name, nil if there is none.
func (s State) named(name string) *template {
	i := slices.IndexFunc(s.templates, func(t template) bool { return t.name == name })
	if i < 0 {
		return nil
	}
	return &s.templates[i]
}
