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
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

// built are the programs of all tests here.
var built programs

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) (status int) {
	repository, err := filepath.Abs("..")
	folder, folderErr := os.MkdirTemp("", "keyless-programs-")
	if err := errors.Join(err, folderErr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	built = programs{repository: repository, folder: folder, byFleet: map[string]func() (string, error){}}
	return m.Run()
}

// TestScripts runs the commands as a user does, at the top of this repository, without
// touching fleet/declared.go: their fleet is testdata/declared.go. What make installs has to
// be there.
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
	declared := filepath.Join(repository, "cmd/testdata/declared.go")
	flags, err := overlay(filepath.Join(built.folder, "overlay.json"), repository, map[string]string{"fleet/declared.go": declared})
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:  "testdata",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"build": built.build, "make-keyless": built.makeKeyless},
		Setup: func(env *testscript.Env) error {
			env.Setenv("REPO", repository)
			env.Setenv("DECLARED", declared)
			env.Setenv("JSII_NODE", filepath.Join(repository, "node_modules/.bin/node"))
			env.Setenv("HOME", os.Getenv("HOME"))
			env.Setenv("PATH", filepath.Join(env.WorkDir, "bin")+":"+filepath.Join(repository, "node_modules/.bin")+":"+os.Getenv("PATH"))
			env.Setenv("npm_config_userconfig", filepath.Join(env.WorkDir, "npmrc")) // the user's own may make npm talk
			env.Setenv("GOFLAGS", flags)
			env.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(env.WorkDir, "gitconfig")) // the user's own may sign commits, or name branches
			env.Setenv("GIT_CONFIG_NOSYSTEM", "1")
			return os.Mkdir(filepath.Join(env.WorkDir, "bin"), 0o755)
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

// programs are keyless for the fleets of the scripts. Scripts of the same fleet share one: to
// compile and link it takes Go longer than to run it.
type programs struct {
	repository, folder string
	lock               sync.Mutex
	byFleet            map[string]func() (string, error)
}

// build is a command for scripts, and makes keyless for the fleet of testdata/declared.go, or
// of the script's own declared.go, and the programs of cmd/ that are named.
func (p *programs) build(script *testscript.TestScript, _ bool, more []string) {
	work := script.Getenv("WORK")
	file := filepath.Join(work, "declared.go")
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		file = script.Getenv("DECLARED")
	}
	program, err := p.of(file)
	script.Check(err)
	link := filepath.Join(work, "bin/keyless")
	os.Remove(link)
	script.Check(os.Symlink(program, link))
	for _, name := range more {
		script.Check(p.link(filepath.Join(filepath.Dir(program), name), name, script.Getenv("GOFLAGS")))
	}
}

// of returns the path of the program for the fleet that a file declares.
func (p *programs) of(declared string) (string, error) {
	content, err := os.ReadFile(declared)
	if err != nil {
		return "", err
	}
	p.lock.Lock()
	built, ok := p.byFleet[string(content)]
	if !ok {
		program := filepath.Join(p.folder, fmt.Sprint(len(p.byFleet)), "keyless")
		built = sync.OnceValues(func() (string, error) {
			flags, err := overlay(program+".json", p.repository, map[string]string{"fleet/declared.go": declared})
			if err == nil {
				err = p.link(program, "keyless", flags)
			}
			return program, err
		})
		p.byFleet[string(content)] = built
	}
	p.lock.Unlock()
	return built()
}

// makeKeyless is a command for scripts in a copy of this repository. It builds bin/keyless and
// notes of it what make does, but compiles here, with the named files of the copy in place of
// ours: at another path Go would compile all packages anew.
func (p *programs) makeKeyless(script *testscript.TestScript, _ bool, changed []string) {
	began := time.Now()
	theirs := map[string]string{}
	for _, file := range changed {
		theirs[file] = script.MkAbs(file)
	}
	program := script.MkAbs("bin/keyless")
	flags, err := overlay(filepath.Join(script.Getenv("WORK"), "overlay.json"), p.repository, theirs)
	script.Check(err)
	script.Check(p.link(program, "keyless", flags))
	script.Check(script.Exec("go", "env", "GOVERSION", "GOFLAGS", "GOWORK"))
	script.Check(os.WriteFile(program+".built", []byte(script.ReadFile("stdout")), 0o644))
	for _, file := range []string{program, program + ".built"} {
		script.Check(os.Chtimes(file, began, began))
	}
}

// link builds a program of cmd/.
func (p *programs) link(program, name, flags string) error {
	build := exec.Command("go", "build", "-o", program, "./cmd/"+name)
	build.Dir, build.Env = p.repository, append(os.Environ(), "GOFLAGS="+flags)
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, output)
	}
	return nil
}

// overlay returns the flags with which the go command reads other files in place of files of
// the repository, which it writes to a file. Programs get no table of symbols, which nothing
// here reads.
func overlay(file, repository string, others map[string]string) (flags string, err error) {
	replace := map[string]string{}
	for ours, other := range others {
		replace[filepath.Join(repository, ours)] = other
	}
	content, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	return "-buildvcs=false -ldflags=-s -overlay=" + file, errors.Join(
		os.MkdirAll(filepath.Dir(file), 0o755),
		os.WriteFile(file, content, 0o644),
	)
}
