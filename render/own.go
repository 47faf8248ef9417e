package render

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/fleet"
)

// isRendered reports whether the file at a path was rendered to that very path. Its mark
// is in the file itself, so it goes where the file goes: into a clone, a branch, a copy
// of dist/. A copy of the file under another name is its owner's.
func isRendered(path string, content []byte) bool {
	return bytes.Contains(content, []byte(fleet.Mark(path)))
}

// unmarked matches every file that version 0.1 rendered, which had no mark: the comment of a
// workflow, the label of an object, the tag of a resource. Such a file may be replaced, never
// removed.
var unmarked = regexp.MustCompile(`(?m)^# Rendered by keyless-runners for pool |^    app\.kubernetes\.io/managed-by: keyless-runners$|^ +"Value": "keyless-runners"$`)

// checkOwn reports files that would have to be replaced and were not rendered. It reads
// them once more: what was compared leaves out what a link to a folder leads to.
func (c Changes) checkOwn(dist string) error {
	var foreign []string
	for _, path := range slices.Sorted(maps.Keys(c.After())) {
		if file := filepath.Join(dist, path); inTheWay(file, path) {
			foreign = append(foreign, file)
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

// inTheWay reports whether a file is there that was not rendered, or that cannot be read,
// such as a link that leads nowhere.
func inTheWay(file, path string) bool {
	content, err := os.ReadFile(file)
	if err != nil {
		info, err := os.Lstat(file)
		return err == nil && !info.IsDir()
	}
	return !isRendered(path, content) && !unmarked.Match(content)
}
