package render

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"

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

// Apply makes the files below dist what they are rendered as. Every file is
// written beside its place before the first is put there, so a full disk leaves
// the old ones.
func (c Changes) Apply(dist string) error {
	staged := map[string]string{}
	defer func() {
		for temporary := range staged {
			os.Remove(temporary)
		}
	}()
	for _, change := range c {
		if change.After == nil {
			continue
		}
		file := filepath.Join(dist, filepath.FromSlash(change.Path))
		temporary, err := stage(file, change.After)
		if err != nil {
			return err
		}
		staged[temporary] = file
	}
	for temporary, file := range staged {
		if err := os.Rename(temporary, file); err != nil {
			return err
		}
		delete(staged, temporary)
	}
	for _, change := range c {
		if change.After == nil {
			if err := remove(dist, change.Path); err != nil {
				return err
			}
		}
	}
	return nil
}

// stage writes content to a new file beside the one that it is for.
func stage(file string, content []byte) (temporary string, err error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".keyless-")
	if err != nil {
		return "", err
	}
	_, writeErr := f.Write(content)
	if err := errors.Join(writeErr, f.Chmod(0o644), f.Close()); err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
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
