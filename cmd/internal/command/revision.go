package command

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// checkOut writes dist as it is at a git revision below a folder.
func checkOut(ctx context.Context, revision, folder string) error {
	notThere := fmt.Sprintf("%q is neither a file nor a folder", revision)
	if _, err := exec.LookPath("git"); err != nil {
		return fmt.Errorf("%s, and git, which would know revisions, is not installed: install git, or name a folder", notThere)
	}
	if _, err := git(ctx, "rev-parse", "--git-dir"); err != nil {
		return fmt.Errorf("%s, and this folder is in no git repository: name a file or a folder", notThere)
	}
	commit, err := git(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return fmt.Errorf(`%s, and git knows no revision of that name: see "git log", or in CI fetch it first`, notThere)
	}
	archive, err := git(ctx, "archive", "--format=tar", strings.TrimSpace(commit), "--", Dist)
	if err != nil {
		return fmt.Errorf("git revision %q has no %s in this folder: name a revision that has, or a folder (%w)", revision, Dist, err)
	}
	return unpack(archive, folder)
}

// unpack writes the files of an archive below a folder.
func unpack(archive, folder string) error {
	for reader := tar.NewReader(strings.NewReader(archive)); ; {
		header, err := reader.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if header.Typeflag != tar.TypeReg || !filepath.IsLocal(header.Name) {
			continue
		}
		text, err := io.ReadAll(reader)
		if err != nil {
			return err
		}
		file := filepath.Join(folder, header.Name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, text, 0o644)); err != nil {
			return err
		}
	}
}

// git runs git and returns what it prints.
func git(ctx context.Context, arguments ...string) (string, error) {
	process := exec.CommandContext(ctx, "git", arguments...)
	var said bytes.Buffer
	process.Stderr = &said
	out, err := process.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %s", arguments[0], strings.TrimSpace(said.String()))
	}
	return string(out), nil
}
