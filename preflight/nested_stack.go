package preflight

import (
	"maps"
	"path"
	"path/filepath"
	"slices"

	"keyless-runners/preflight/facts"
)

// maxNesting is how many stacks within each other get their parameters.
const maxNesting = 5

// readNested reads the templates of nested stacks again, with the parameters that these give them. A template to which
// stacks give different ones is not read for them, nor one that imports what others export.
func readNested(files []inputFile, results []fileResult) {
	at := map[string]int{}
	for i := range files {
		at[path.Clean(filepath.ToSlash(files[i].name))] = i
	}
	for range maxNesting {
		changed := false
		for template, stacks := range nestedStacks(results) {
			i, there := at[template]
			parameters := stacks[0].Parameters
			same := !slices.ContainsFunc(stacks, func(stack *facts.Unread) bool { return !maps.Equal(stack.Parameters, parameters) })
			if there && same && len(results[i].importing) == 0 && !maps.Equal(parameters, files[i].nested) {
				files[i].nested, changed = parameters, true
				results[i] = readFile(files[i].with(parameters), nil)
			}
		}
		if !changed {
			break
		}
	}
	for template, stacks := range nestedStacks(results) {
		for _, stack := range stacks {
			if i, there := at[template]; there && !maps.Equal(stack.Parameters, files[i].nested) {
				stack.Template = ""
			}
		}
	}
}

// nestedStacks are the nested stacks whose templates may be among the files, by these.
func nestedStacks(results []fileResult) map[string][]*facts.Unread {
	stacks := map[string][]*facts.Unread{}
	for i := range results {
		for n := range results[i].facts.Unread {
			if stack := &results[i].facts.Unread[n]; stack.Template != "" {
				stacks[stack.Template] = append(stacks[stack.Template], stack)
			}
		}
	}
	return stacks
}

// with returns a file whose template has other parameters too.
func (f inputFile) with(parameters map[string]string) inputFile {
	all := map[string]string{}
	maps.Copy(all, f.settings.Parameters)
	maps.Copy(all, parameters)
	f.settings.Parameters = all
	return f
}
