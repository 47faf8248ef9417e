package render

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/rogpeppe/go-internal/diff"
)

// Change is a file that is not on disk as it is rendered.
type Change struct {
	// Path is below dist/, with slashes.
	Path string
	// Before is what the file holds, nil where there is none.
	Before []byte
	// After is what is rendered, nil where the file is no longer.
	After []byte
}

// Changes are in the order of their paths.
type Changes []Change

// Compare finds what has to change below dist/, where the files before are, for it to
// hold the rendered ones and no others. Files that are not rendered do not count.
func Compare(before, after Files) Changes {
	before = before.rendered()
	paths := maps.Clone(before)
	maps.Copy(paths, after)
	var changes Changes
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if !bytes.Equal(before[path], after[path]) {
			changes = append(changes, Change{Path: path, Before: before[path], After: after[path]})
		}
	}
	return changes
}

// Kind is "created", "changed" or "removed".
func (c Change) Kind() string {
	switch {
	case c.Before == nil:
		return "created"
	case c.After == nil:
		return "removed"
	}
	return "changed"
}

// Diff shows the change line by line.
func (c Change) Diff() []byte {
	before, after := "dist/"+c.Path, "rendered/"+c.Path
	if c.Before == nil {
		before = os.DevNull
	}
	if c.After == nil {
		after = os.DevNull
	}
	return diff.Diff(before, c.Before, after, c.After)
}

// Lines counts the lines that the change adds and removes.
func (c Change) Lines() (added, removed int) {
	switch {
	case c.Before == nil:
		return countLines(c.After), 0
	case c.After == nil:
		return 0, countLines(c.Before)
	}
	for line := range bytes.Lines(c.Diff()) {
		switch {
		case bytes.HasPrefix(line, []byte("+++ ")), bytes.HasPrefix(line, []byte("--- ")):
		case line[0] == '+':
			added++
		case line[0] == '-':
			removed++
		}
	}
	return added, removed
}

func countLines(text []byte) (count int) {
	for range bytes.Lines(text) {
		count++
	}
	return count
}

// Apply makes the files below dist what they are rendered as. It moves them there from
// outdir, where all of them are before the first is moved, so a full disk leaves the
// old ones.
func (c Changes) Apply(dist, outdir string) error {
	err := c.move(outdir, dist)
	if !errors.Is(err, syscall.EXDEV) {
		return err
	}
	// dist is another file system, to which files are copied before they are moved.
	outdir, err = os.MkdirTemp(dist, ".keyless-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(outdir)
	if err := c.After().write(outdir); err != nil {
		return err
	}
	return c.move(outdir, dist)
}

// After are the files that the changes create or change.
func (c Changes) After() Files {
	files := Files{}
	for _, change := range c {
		if change.After != nil {
			files[change.Path] = change.After
		}
	}
	return files
}

func (c Changes) move(from, to string) error {
	for _, change := range c {
		if change.After == nil {
			continue
		}
		path := filepath.FromSlash(change.Path)
		if err := os.MkdirAll(filepath.Join(to, filepath.Dir(path)), 0o755); err != nil {
			return err
		}
		if err := os.Rename(filepath.Join(from, path), filepath.Join(to, path)); err != nil {
			return err
		}
	}
	for _, change := range c {
		if change.After == nil {
			if err := remove(to, change.Path); err != nil {
				return err
			}
		}
	}
	return nil
}

// remove removes a file, and the folder that it leaves empty.
func remove(dist, path string) error {
	file := filepath.Join(dist, filepath.FromSlash(path))
	if err := os.Remove(file); err != nil {
		return err
	}
	os.Remove(filepath.Dir(file)) // fails, as it should, where other files are left
	return nil
}
