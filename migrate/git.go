package migrate

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

var errNoGit = errors.New("it is not the top of a git repository, so the change could not be undone")

// git runs git in the folder, if that is the top of a git repository.
func (r *Repository) git(args ...string) (string, error) {
	top, err := r.run("rev-parse", "--show-toplevel")
	if err != nil && strings.Contains(err.Error(), "not a git repository") {
		return "", errNoGit
	}
	if err != nil {
		return "", err
	}
	here, err := filepath.EvalSymlinks(r.Folder)
	if err == nil {
		here, err = filepath.Abs(here)
	}
	if err != nil || here != strings.TrimSpace(top) {
		return "", errNoGit
	}
	return r.run(args...)
}

func (r *Repository) run(args ...string) (string, error) {
	command := exec.Command("git", append([]string{"-C", r.Folder}, args...)...)
	var out, failure bytes.Buffer
	command.Stdout, command.Stderr = &out, &failure
	command.Env = append(os.Environ(), "LC_ALL=C")
	if err := command.Run(); err != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(failure.String()), "\n")
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, first)
	}
	return out.String(), nil
}

// origin returns the address of the remote "origin", "" if there is none.
func (r *Repository) origin() string {
	address, err := r.git("remote", "get-url", "origin")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(address)
}

// uncommitted returns the files with changes that no commit has.
func (r *Repository) uncommitted(files []string) ([]string, error) {
	status, err := r.git(append([]string{"status", "--porcelain", "-z", "--untracked-files=all", "--ignored", "--"}, files...)...)
	if err != nil {
		return nil, err
	}
	var changed []string
	for _, line := range strings.Split(status, "\x00") {
		if len(line) > len("XY ") {
			changed = append(changed, line[len("XY "):])
		}
	}
	return changed, nil
}
