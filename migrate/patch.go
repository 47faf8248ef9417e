package migrate

import (
	"bytes"

	"github.com/rogpeppe/go-internal/diff"
)

// Patch is what changes in the source repository, as "git apply" reads it there; empty if
// nothing does.
func (r Result) Patch() []byte {
	var patch bytes.Buffer
	for _, change := range r.Changes {
		text := diff.Diff("a/"+change.Path, change.Before, "b/"+change.Path, change.After)
		_, hunks, _ := bytes.Cut(text, []byte("\n")) // the line "diff a/... b/..." has no --git
		patch.WriteString("diff --git a/" + change.Path + " b/" + change.Path + "\n")
		patch.Write(hunks)
	}
	return patch.Bytes()
}
