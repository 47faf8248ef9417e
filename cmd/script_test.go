package cmd_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs the commands as a user does, at the top of this repository.
// A script that has a declared.go of its own has it in place of
// fleet/declared.go, without touching that. What make installs has to be there.
func TestScripts(t *testing.T) {
	repository, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	if output, err := exec.Command("make", "-C", repository, "setup").CombinedOutput(); err != nil {
		t.Fatalf("make setup: %v\n%s", err, output)
	}
	before := usersFiles(t, repository)
	t.Run("at once", func(t *testing.T) { runScripts(t, repository) })
	if diff := cmp.Diff(before, usersFiles(t, repository)); diff != "" {
		t.Errorf("the scripts changed files of the user (-before +after):\n%s", diff)
	}
}

func runScripts(t *testing.T, repository string) {
	linked := programs{repository: repository, folder: t.TempDir(), byFleet: map[string]func() (string, error){}}
	testscript.Run(t, testscript.Params{
		Dir:  "testdata",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"build": linked.build},
		Setup: func(env *testscript.Env) error {
			env.Setenv("REPO", repository)
			env.Setenv("JSII_NODE", filepath.Join(repository, "node_modules/.bin/node"))
			env.Setenv("HOME", os.Getenv("HOME"))
			env.Setenv("PATH", filepath.Join(env.WorkDir, "bin")+":"+filepath.Join(repository, "node_modules/.bin")+":"+os.Getenv("PATH"))
			env.Setenv("npm_config_userconfig", filepath.Join(env.WorkDir, "npmrc")) // the user's own may make npm talk
			flags, err := overlay(env.WorkDir, repository)
			env.Setenv("GOFLAGS", flags)
			return errors.Join(err, os.Mkdir(filepath.Join(env.WorkDir, "bin"), 0o755))
		},
	})
}

// usersFiles are the sizes and times of the files that a user edits or makes.
func usersFiles(t *testing.T, repository string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, folder := range []string{"bin", "cdk.out", "cdk8s.out", "dist", "fleet"} {
		err := fs.WalkDir(os.DirFS(repository), folder, func(file string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) && file == folder {
				return nil
			}
			if err != nil {
				return err
			}
			info, err := entry.Info()
			if err == nil {
				found[file] = fmt.Sprint(info.Size(), " bytes of ", info.ModTime())
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// programs are keyless for the fleets of the scripts. Scripts that declare the same
// fleet share one: to link it takes Go longer than to run it.
type programs struct {
	repository, folder string
	lock               sync.Mutex
	byFleet            map[string]func() (string, error)
}

// build is a command for scripts, and makes keyless for the fleet that declared.go
// declares now, and the programs of cmd/ that are named.
func (p *programs) build(script *testscript.TestScript, _ bool, more []string) {
	work := script.Getenv("WORK")
	declared, err := os.ReadFile(filepath.Join(work, "declared.go"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		script.Fatalf("%v", err)
	}
	program, err := p.of(string(declared), script.Getenv("GOFLAGS"))
	script.Check(err)
	link := filepath.Join(work, "bin/keyless")
	os.Remove(link)
	script.Check(os.Symlink(program, link))
	for _, name := range more {
		build := exec.Command("go", "build", "-ldflags=-s", "-o", filepath.Join(filepath.Dir(program), name), "./cmd/"+name)
		build.Dir, build.Env = p.repository, append(os.Environ(), "GOFLAGS="+script.Getenv("GOFLAGS"))
		output, err := build.CombinedOutput()
		if err != nil {
			script.Fatalf("go build: %v\n%s", err, output)
		}
	}
}

// of returns the path of the program for a fleet, which Go builds with the flags. The
// program has no table of symbols, which nothing here reads.
func (p *programs) of(declared, flags string) (string, error) {
	p.lock.Lock()
	linked, ok := p.byFleet[declared]
	if !ok {
		program := filepath.Join(p.folder, fmt.Sprint(len(p.byFleet)), "keyless")
		linked = sync.OnceValues(func() (string, error) {
			build := exec.Command("go", "build", "-ldflags=-s", "-o", program, "./cmd/keyless")
			build.Dir, build.Env = p.repository, append(os.Environ(), "GOFLAGS="+flags)
			output, err := build.CombinedOutput()
			if err != nil {
				err = fmt.Errorf("go build: %w\n%s", err, output)
			}
			return program, err
		})
		p.byFleet[declared] = linked
	}
	p.lock.Unlock()
	return linked()
}

// overlay has the go command read the script's declared.go, if it has one, and makes its
// folder the top of a fleet.
func overlay(work, repository string) (flags string, err error) {
	declared := filepath.Join(work, "declared.go")
	if _, err := os.Stat(declared); err != nil {
		return "-buildvcs=false", nil
	}
	content, err := json.Marshal(map[string]any{
		"Replace": map[string]string{filepath.Join(repository, "fleet/declared.go"): declared},
	})
	if err != nil {
		return "", err
	}
	file := filepath.Join(work, "overlay.json")
	return "-buildvcs=false -overlay=" + file, errors.Join(
		os.WriteFile(file, content, 0o644),
		os.Mkdir(filepath.Join(work, "fleet"), 0o755),
		os.Symlink(declared, filepath.Join(work, "fleet/declared.go")),
	)
}
