package preflight

import (
	"path"
	"path/filepath"
	"strings"

	"keyless-runners/preflight/github"
	"keyless-runners/preflight/source"
)

// sourceRepository finds files that workflows use of their source repository, wherever that
// lies.
type sourceRepository struct {
	files map[string]string // names by those with slashes
	read  map[string]*source.Node
}

func newSourceRepository(files []inputFile) *sourceRepository {
	r := &sourceRepository{files: map[string]string{}, read: map[string]*source.Node{}}
	for _, file := range files {
		r.files[path.Clean(filepath.ToSlash(file.name))] = file.name
	}
	return r
}

// of finds the files of the source repository that a workflow is in: those below the
// folder that has its ".github", or else below the folder that it is in.
func (r *sourceRepository) of(workflow string) github.Repository {
	folder := path.Dir(path.Clean(filepath.ToSlash(workflow)))
	if top, is := strings.CutSuffix(folder, ".github/workflows"); is {
		folder = path.Clean(top + ".")
	}
	return func(name string) *source.Node { return r.find(path.Join(folder, name)) }
}

// find is the tree of a file, nil if it is not among the files or is no one tree.
func (r *sourceRepository) find(name string) *source.Node {
	file, among := r.files[name]
	if !among {
		return nil
	}
	if root, done := r.read[file]; done {
		return root
	}
	r.read[file] = nil
	text, err := source.Read(file)
	if err != nil || file == source.Stdin {
		return nil // it is reported where every file is read
	}
	if roots, err := source.Parse(file, text); err == nil && len(roots) == 1 {
		r.read[file] = roots[0]
	}
	return r.read[file]
}
