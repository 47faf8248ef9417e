package github

import (
	"strings"

	"keyless-runners/preflight/github/shell"
)

// changes adds the names of the variables that the statements may set.
func changes(all []shell.Statement, names map[string]bool) {
	for _, st := range all {
		for _, name := range changed(st) {
			names[name] = true
		}
		for _, body := range st.Bodies {
			changes(body, names)
		}
	}
}

// changesInFunctions adds those that functions set for the whole script; any says
// that there is a function.
func changesInFunctions(all []shell.Statement, names map[string]bool) (any bool) {
	for _, st := range all {
		for _, body := range st.Bodies {
			if st.Kind == shell.Function {
				changes(body, names)
				any = true
			} else if changesInFunctions(body, names) {
				any = true
			}
		}
	}
	return any
}

// setters are commands whose words are the variables that they set, or
// assignments.
var setters = map[string]bool{
	"export": true, "readonly": true, "declare": true, "typeset": true, "local": true,
	"read": true, "mapfile": true, "readarray": true, "unset": true, "getopts": true,
}

// changed are the variables that a statement sets itself.
func changed(st shell.Statement) (names []string) {
	if st.Name != "" {
		names = append(names, st.Name)
	}
	setter := false
	for i, word := range st.Words {
		if st.Kind != shell.Simple {
			break
		}
		name, _, _, ok := word.Assignment()
		text := ""
		if !ok && len(word.Parts) > 0 && word.Parts[0].Kind == shell.Literal {
			text = word.Parts[0].Text
			name, _, _ = strings.Cut(text, "=")
		}
		switch {
		case ok && len(names) == i, setter && shell.IsName(name):
			names = append(names, name)
		case setters[text]:
			setter = true
		}
	}
	return names
}
