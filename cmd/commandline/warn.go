package commandline

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"keyless-runners/cmd/internal/command"
	"keyless-runners/diff"
	"keyless-runners/preflight/report"
	"keyless-runners/render"
)

// The folders of dist that are deployed, and applied.
const (
	infraFolder     = "infra/"
	manifestsFolder = "manifests/"
)

// warn says what deploying and applying the changes fails at, and what it leaves behind, if
// what dist held before was deployed and applied. It says nothing if that is nothing.
func warn(stderr io.Writer, dist render.Files, changes render.Changes) {
	before, after := deployable(dist, changes)
	if len(before) == 0 {
		return // nothing was there
	}
	found, err := diff.Deploying(before, after)
	if err != nil {
		fmt.Fprintf(stderr, "warning: what deploying will fail at or leave behind is not known: %s/%s\n", command.Dist, report.Plain(err.Error()))
		return
	}
	if len(found.Troubles) == 0 {
		return
	}
	fmt.Fprintf(stderr, "warning: if %s was deployed and applied as it stood, deploying fails or leaves something behind:\n", command.Dist)
	for _, trouble := range found.Troubles {
		printTrouble(stderr, trouble)
	}
	for _, object := range found.Objects {
		if kubectl := object.Command(); kubectl != "" {
			fmt.Fprintf(stderr, "        %s\n", kubectl)
		}
	}
	if found.Troubles[0].Fails { // those come first
		fmt.Fprintln(stderr, "  logical ids follow from the names of pools, clusters and image repositories, and templates from those of stacks: a name that stays in the fleet keeps them")
	}
}

// printTrouble names each resource with its logical id, in which the pool's name is.
func printTrouble(out io.Writer, trouble diff.Trouble) {
	things := make([]string, len(trouble.Things))
	for i, thing := range trouble.Things {
		things[i] = thing
		if len(trouble.LogicalIDs) > 0 {
			things[i] += " (" + trouble.LogicalIDs[i] + ")"
		}
	}
	outcome := "stays behind"
	if trouble.Fails {
		outcome = "deploying fails"
	}
	line := fmt.Sprintf("%s/%s: %s: %s: %s", command.Dist, trouble.Where, strings.Join(things, ", "), outcome, trouble.Why)
	fmt.Fprintf(out, "  %s\n      fix: %s\n", report.Plain(line), report.Plain(trouble.Fix))
}

// deployable returns what is deployed and applied, before and after the changes: of manifests
// those that change, and every template if one changes.
func deployable(dist render.Files, changes render.Changes) (before, after render.Files) {
	before, after = render.Files{}, render.Files{}
	for _, change := range changes {
		if strings.HasPrefix(change.Path, infraFolder) || strings.HasPrefix(change.Path, manifestsFolder) {
			put(before, change.Path, change.Before)
			put(after, change.Path, change.After)
		}
	}
	if !slices.ContainsFunc(changes, func(c render.Change) bool { return strings.HasPrefix(c.Path, infraFolder) }) {
		return before, after
	}
	changed := func(path string) bool { return before[path] != nil || after[path] != nil }
	for path, content := range dist {
		if strings.HasPrefix(path, infraFolder) && !changed(path) {
			put(before, path, content)
			put(after, path, content)
		}
	}
	return before, after
}

// put adds a file that there is.
func put(files render.Files, path string, content []byte) {
	if content != nil {
		files[path] = content
	}
}
