package migrate

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Write changes the files of the source repository: all of them, or none. It returns an error,
// and changes nothing, if one has changes that are not committed, or if the folder is not the top
// of a git repository.
func (r Result) Write() error {
	if len(r.Changes) == 0 {
		return nil
	}
	var files []string
	for _, change := range r.Changes {
		files = append(files, change.Path)
	}
	changed, err := r.Repository.uncommitted(files)
	if err != nil {
		return fmt.Errorf("%s: nothing was written: %w", r.Repository.Folder, err)
	}
	if len(changed) > 0 {
		return fmt.Errorf("%s: nothing was written: %s has changes that are not committed; commit them or put them aside, then run this again",
			r.Repository.Folder, strings.Join(changed, ", "))
	}
	return r.write()
}

// write puts the new contents beside the files before the first is put in its place, and puts
// the old ones back if one cannot be.
func (r Result) write() (err error) {
	var staged []string
	defer func() {
		for _, temporary := range staged {
			os.Remove(temporary)
		}
	}()
	for _, change := range r.Changes {
		temporary, err := stage(r.Repository.at(change.Path), change.After)
		if err != nil {
			return err
		}
		staged = append(staged, temporary)
	}
	for i, change := range r.Changes {
		if err := os.Rename(staged[i], r.Repository.at(change.Path)); err != nil {
			return errors.Join(err, r.restore(r.Changes[:i]))
		}
	}
	return nil
}

// stage writes a content beside the file that it is for, with the file's permissions.
func stage(file string, content []byte) (temporary string, err error) {
	info, err := os.Lstat(file)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is a link: write to what it leads to", file)
	}
	temporary = filepath.Join(filepath.Dir(file), ".keyless-"+filepath.Base(file))
	return temporary, os.WriteFile(temporary, content, info.Mode().Perm())
}

func (r Result) restore(changes []Change) (err error) {
	for _, change := range changes {
		err = errors.Join(err, os.WriteFile(r.Repository.at(change.Path), change.Before, 0o644))
	}
	return err
}
