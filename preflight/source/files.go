package source

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Stdin is the name that stands for standard input.
const Stdin = "-"

// endings of the files that are read of a folder.
var endings = []string{".json", ".template", ".yaml", ".yml"}

// Files finds what there is to read at a path: the file itself, or the JSON and
// YAML files below a folder, sorted. What tools hide in folders that begin with a
// dot is left out, but for GitHub's, and so is what npm installs. It returns an
// *Error if there is no such path or no such file below it.
func Files(path string) ([]string, error) {
	if path == Stdin {
		return []string{Stdin}, nil
	}
	if path == "" {
		return nil, problem(Place{File: `""`}, "the name is empty; want a file, a folder or %q for standard input", Stdin)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, readError(path, err)
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	var files []string
	err = filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return readError(file, err)
		case entry.IsDir() && file != path && skipped(entry.Name()):
			return filepath.SkipDir
		case !entry.IsDir() && slices.Contains(endings, strings.ToLower(filepath.Ext(file))):
			files = append(files, file)
		}
		return nil
	})
	if err == nil && len(files) == 0 {
		err = problem(Place{File: path}, "no file below this folder ends in %s", strings.Join(endings, ", "))
	}
	return files, err
}

func skipped(folder string) bool {
	return folder == "node_modules" || strings.HasPrefix(folder, ".") && folder != ".github"
}

// Read returns the text of a file, or an *Error.
func Read(file string) ([]byte, error) {
	if file == Stdin {
		return readLimited(file, os.Stdin)
	}
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, readError(file, err)
	case !info.Mode().IsRegular():
		return nil, problem(Place{File: file}, "not a file; want a file, a folder or %q for standard input", Stdin)
	case info.Size() > MaxSize:
		return nil, tooLarge(file, info.Size())
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, readError(file, err)
	}
	return text, nil
}

// readLimited reads no more than a file may have and one byte.
func readLimited(name string, from io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(from, MaxSize+1))
	if err != nil {
		return nil, readError(name, err)
	}
	if len(text) > MaxSize {
		return nil, problem(Place{File: name}, "more than %d bytes; split the file", MaxSize)
	}
	return text, nil
}

// readError says what the operating system said, without the system call.
func readError(file string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return problem(Place{File: file}, "%v", err)
}
