package render

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"keyless-runners/fleet"
)

// isRendered reports whether the file at a path was rendered to that very path. Its mark
// is in the file itself, so it goes where the file goes: into a clone, a branch, a copy
// of dist/. A copy of the file under another name is its owner's.
func isRendered(path string, content []byte) bool {
	return bytes.Contains(content, []byte(fleet.Mark(path)))
}

// unmarked is what every file had that version 0.1 rendered, which had no mark: the
// comment of a workflow, the label of an object, the tag of a resource. It may be
// replaced, never removed.
var unmarked = regexp.MustCompile(`(?m)^# Rendered by keyless-runners for pool |^    app\.kubernetes\.io/managed-by: keyless-runners$|^ +"Value": "keyless-runners"$`)

// checkOwn reports files that would have to be replaced and were not rendered.
func (c Changes) checkOwn(dist string) error {
	var foreign []string
	for _, change := range c {
		if change.Before != nil && !isRendered(change.Path, change.Before) && !unmarked.Match(change.Before) {
			foreign = append(foreign, filepath.Join(dist, change.Path))
		}
	}
	switch len(foreign) {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("%s is in the way: a rendered file of this name has to be there, and this one was not rendered; nothing was written\nmove it elsewhere, or remove it if it is not needed, and run the command again", foreign[0])
	}
	return fmt.Errorf("%d files are in the way: rendered files of these names have to be there, and these were not rendered; nothing was written:\n  %s\nmove them elsewhere, or remove them if they are not needed, and run the command again",
		len(foreign), strings.Join(foreign, "\n  "))
}
