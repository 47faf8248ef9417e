package render

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Files is a tree of files: content by path, with slashes, below the tree's root.
type Files map[string][]byte

// ReadFiles reads every file below a folder. A folder that does not exist is empty.
func ReadFiles(root string) (Files, error) {
	var paths []string
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if os.IsNotExist(err) && file == root {
			return nil
		}
		if err == nil && (entry.Type().IsRegular() || leadsToFile(file)) {
			paths = append(paths, file)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	contents, err := each(paths, os.ReadFile)
	if err != nil {
		return nil, err
	}
	files := make(Files, len(paths))
	for i, file := range paths {
		name, err := filepath.Rel(root, file)
		if err != nil {
			return nil, err
		}
		files[filepath.ToSlash(name)] = contents[i]
	}
	return files, nil
}

// each calls of for each value, on all processors at once.
func each[From, To any](values []From, of func(From) (To, error)) ([]To, error) {
	all := make([]To, len(values))
	workers := runtime.GOMAXPROCS(0)
	var group errgroup.Group
	for first := range workers {
		group.Go(func() (err error) {
			for i := first; i < len(values) && err == nil; i += workers {
				all[i], err = of(values[i])
			}
			return err
		})
	}
	return all, group.Wait()
}

// leadsToFile reports whether a path is that of a link to a file.
func leadsToFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Digests are of what each file holds, by path.
func (f Files) Digests() map[string]Digest {
	paths := slices.Collect(maps.Keys(f))
	sums, _ := each(paths, func(path string) (Digest, error) { return sha256.Sum256(f[path]), nil })
	digests := make(map[string]Digest, len(f))
	for i, path := range paths {
		digests[path] = sums[i]
	}
	return digests
}

// rendered returns the files that were rendered to the place where they are.
func (f Files) rendered() Files {
	rendered := Files{}
	for path, content := range f {
		if isRendered(path, content) {
			rendered[path] = content
		}
	}
	return rendered
}

// write writes files below a folder.
func (f Files) write(root string) error {
	for name, content := range f {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// maxTemplate is how many bytes CloudFormation reads, by way of S3 (CloudFormation
// quotas).
const maxTemplate = 1_000_000

// checkTemplates reports a template that CloudFormation would refuse for its size.
func (f Files) checkTemplates() error {
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if size := len(f[name]); strings.HasPrefix(name, "infra/") && size > maxTemplate {
			return fmt.Errorf("%s has %d bytes, limit %d, nothing was written; give some pools another stack", name, size, maxTemplate)
		}
	}
	return nil
}
