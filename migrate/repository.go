package migrate

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/source"
)

// Repository is a source repository as it lies in a folder.
type Repository struct {
	// Folder is as the user named it.
	Folder string
	// Name is the source repository's on GitHub.
	Name identity.SourceRepository
	// NamedBy says where the name is from.
	NamedBy string
	// files are its workflows and actions, by their paths from the folder, with slashes.
	files map[string][]byte
}

// workflows is the folder of a source repository's workflows.
const workflows = ".github/workflows"

// Open reads the workflows and actions in a folder. It returns an error if the folder or a
// file cannot be read, and if nothing says what the source repository's name is.
func Open(folder string) (Repository, error) {
	r := Repository{Folder: folder, files: map[string][]byte{}}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return r, &source.Error{Place: source.Place{File: folder}, Problem: "no such folder; want that of a source repository"}
	}
	if err := r.find(); err != nil {
		return r, err
	}
	if len(r.files) == 0 {
		return r, &source.Error{Place: source.Place{File: folder}, Problem: "no workflow in " + workflows + "; want the folder of a source repository"}
	}
	return r, r.name()
}

// find reads the workflows, and the actions wherever they lie.
func (r *Repository) find() error {
	return filepath.WalkDir(r.Folder, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return &source.Error{Place: source.Place{File: file}, Problem: err.Error()}
		}
		below, err := filepath.Rel(r.Folder, file)
		if err != nil {
			return err
		}
		below = filepath.ToSlash(below)
		switch {
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git"):
			return filepath.SkipDir
		case entry.IsDir() || !isWorkflow(below) && !isAction(below):
			return nil
		}
		content, err := source.Read(file)
		r.files[below] = content
		return err
	})
}

func isWorkflow(file string) bool {
	ending := path.Ext(file)
	return path.Dir(file) == workflows && (ending == ".yml" || ending == ".yaml")
}

func isAction(file string) bool {
	return path.Base(file) == "action.yml" || path.Base(file) == "action.yaml"
}

// name takes the source repository's name from the remote "origin", if that is on another machine,
// or from the folder and the one that it is in.
func (r *Repository) name() error {
	if origin := withoutUser(r.origin()); hasHost(origin) {
		r.Name, r.NamedBy = nameIn(origin), `the git remote "origin"`
		if err := r.Name.Check(); err != nil {
			return &source.Error{Place: source.Place{File: r.Folder}, Problem: fmt.Sprintf(`the git remote "origin" is %q: %v`, origin, err)}
		}
		return nil
	}
	whole, err := filepath.Abs(r.Folder)
	if err != nil {
		return err
	}
	r.Name, r.NamedBy = nameIn(filepath.ToSlash(whole)), "the names of the folders"
	if err := r.Name.Check(); err != nil {
		return &source.Error{Place: source.Place{File: r.Folder}, Problem: fmt.Sprintf(`no git remote "origin" on another machine, and by the names of the folders: %v`, err)}
	}
	return nil
}

// hasHost reports whether an address is of another machine: git takes all else for a path, whose
// folders say nothing of GitHub (git-clone, "GIT URLS").
func hasHost(address string) bool {
	if scheme, _, isURL := strings.Cut(address, "://"); isURL {
		return scheme != "file"
	}
	host, _, found := strings.Cut(address, ":")
	return found && !strings.Contains(host, "/")
}

// nameIn returns the name at the end of a source repository's address or path.
func nameIn(address string) identity.SourceRepository {
	path := address
	if _, rest, isURL := strings.Cut(address, "://"); isURL {
		_, path, _ = strings.Cut(rest, "/")
	} else if _, rest, ofHost := strings.Cut(address, ":"); ofHost {
		path = rest
	}
	parts := strings.Split(strings.Trim(strings.TrimSuffix(path, ".git"), "/"), "/")
	return identity.SourceRepository(strings.Join(parts[max(0, len(parts)-2):], "/"))
}

// withoutUser is an address without the name and the password that it may hold.
func withoutUser(address string) string {
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		return address
	}
	host, path, _ := strings.Cut(rest, "/")
	return scheme + "://" + host[strings.LastIndex(host, "@")+1:] + "/" + path
}

// paths returns the paths of the files, in order.
func (r *Repository) paths() (paths []string) {
	for file := range r.files {
		paths = append(paths, file)
	}
	slices.Sort(paths)
	return paths
}

// at is the name of a file as the user finds it.
func (r *Repository) at(file string) string {
	return filepath.Join(r.Folder, filepath.FromSlash(file))
}
