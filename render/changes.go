package render

import (
	"bytes"
	"errors"
	"fmt"
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
	// Before is the file's content, nil if there is no file.
	Before []byte
	// After is the rendered content, nil if the file is no longer rendered.
	After []byte
}

// Changes are in the order of their paths.
type Changes []Change

// Compare finds what has to change below dist/, where the files before are, for it to
// hold the files after and nothing else that was rendered.
func Compare(before, after Files) Changes {
	paths := before.rendered()
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
	switch { // which needs no diff
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

// Apply makes the files below dist what they are rendered as, in outdir. Every file is
// beside its place before the first is put there, so a full disk, or a folder that
// takes no file, leaves the old ones. So does someone's own file in the place of a
// rendered one: the error names it.
func (c Changes) Apply(outdir, dist string) error {
	if err := c.checkOwn(dist); err != nil {
		return err
	}
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
		file := filepath.Join(dist, change.Path)
		if info, err := os.Lstat(file); err == nil && info.IsDir() {
			return fmt.Errorf("%s is a folder: a file has to be there", file)
		}
		temporary := filepath.Join(filepath.Dir(file), ".keyless-"+filepath.Base(outdir)+"-"+filepath.Base(file))
		staged[temporary] = file
		if err := stage(filepath.Join(outdir, change.Path), temporary, change.After); err != nil {
			return err
		}
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

// stage moves a rendered file, or copies it where the other place is on another file
// system.
func stage(rendered, temporary string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(temporary), 0o755); err != nil {
		return err
	}
	err := os.Rename(rendered, temporary)
	if errors.Is(err, syscall.EXDEV) {
		err = os.WriteFile(temporary, content, 0o644)
	}
	return err
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

// remove removes a file, and the folder that it leaves empty.
func remove(dist, path string) error {
	file := filepath.Join(dist, filepath.FromSlash(path))
	if err := os.Remove(file); err != nil {
		return err
	}
	os.Remove(filepath.Dir(file)) // fails, as it should, where other files are left
	return nil
}
