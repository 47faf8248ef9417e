package keyless_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	keyless "keyless-runners"
)

// here is a copy of this repository, but for what is installed and built.
func here(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name := entry.Name(); name != "." && strings.HasPrefix(name, ".") || name == "node_modules" || name == "bin" {
				return fs.SkipDir
			}
			return nil
		}
		content, err := os.ReadFile(file)
		files[filepath.ToSlash(file)] = &fstest.MapFile{Data: content}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestProgramKnowsItsSources(t *testing.T) {
	repository := here(t)
	for _, test := range []struct {
		name   string
		change map[string]string
		want   bool
	}{
		{"nothing", nil, true},
		{"the fleet", map[string]string{"fleet/declared.go": "package fleet"}, false},
		{"a package deep down", map[string]string{"preflight/report/sarif.go": "package report"}, false},
		{"what is generated", map[string]string{"imports/actionssummerwinddev/main.go": "package actionssummerwinddev"}, false},
		{"a template", map[string]string{"workflows/push.yaml.tmpl": "on: push"}, false},
		{"what Node.js runs", map[string]string{"internal/kernel/kernel.cjs": "'use strict';"}, false},
		{"the modules", map[string]string{"go.mod": "module keyless-runners"}, false},
		{"a new file", map[string]string{"fleet/teams.go": "package fleet"}, false},
		{"a new package", map[string]string{"teams/pools/pools.go": "package pools"}, false},
		{"a workspace", map[string]string{"go.work": "go 1.26"}, false},
		{"a vendored module", map[string]string{"vendor/example.com/a/a.go": "package a"}, false},
		{"a test", map[string]string{"fleet/new_test.go": "package fleet", "render/files_test.go": "package render"}, true},
		{"test data", map[string]string{"policy/testdata/a.go": "package a"}, true},
		{"what Go does not look at", map[string]string{"fleet/.declared.go": "", "fleet/_old.go": "", "_old/a.go": ""}, true},
		{"other programs", map[string]string{"bench/main.go": "package main", "rehearsal/main.go": "package main"}, true},
		{"what else lies in a room", map[string]string{"fleet/teams.json": "[]"}, false},
		{"what lies elsewhere", map[string]string{"README.md": "# Another", "docs/fleet.md": "# Fleet", "dist/runner.yaml": "kind: Pod"}, true},
	} {
		changed := maps.Clone(repository)
		for file, content := range test.change {
			changed[file] = &fstest.MapFile{Data: []byte(content)}
		}
		if got, err := keyless.AreSources(changed, time.Now()); got != test.want || err != nil {
			t.Errorf("change of %s: got %t, %v, want %t", test.name, got, err, test.want)
		}
	}
	linked := maps.Clone(repository)
	linked["teams"] = &fstest.MapFile{Data: []byte("../teams"), Mode: fs.ModeSymlink}
	if got, err := keyless.AreSources(linked, time.Now()); got || err != nil {
		t.Errorf("with a link that leads elsewhere: got %t, %v, want false", got, err)
	}
	delete(repository, "render/record.go")
	if got, err := keyless.AreSources(repository, time.Now()); got || err != nil {
		t.Errorf("without a file: got %t, %v, want false", got, err)
	}
}

func TestSourcesThatCannotBeRead(t *testing.T) {
	if got, err := keyless.AreSources(os.DirFS("no-such-folder"), time.Now()); got || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %t, %v, want false and that the folder does not exist", got, err)
	}
}

// A file that is saved while Go builds may be in the program as text, and not as code.
func TestProgramIsNotSureOfWhatChangedSinceItWasBuilt(t *testing.T) {
	repository, built := here(t), time.Now()
	for _, test := range []struct {
		file  string
		after time.Duration
		want  bool
	}{
		{"fleet/declared.go", -time.Millisecond, true},
		{"fleet/declared.go", 0, false},
		{"fleet/declared.go", time.Second, false},
		{"fleet/pool_test.go", time.Second, true},
		{"README.md", time.Second, true},
		{"bench/main.go", time.Second, true},
	} {
		changed, file := maps.Clone(repository), *repository[test.file]
		file.ModTime = built.Add(test.after)
		changed[test.file] = &file
		if got, err := keyless.AreSources(changed, built); got != test.want || err != nil {
			t.Errorf("%s changed %s after: got %t, %v, want %t", test.file, test.after, got, err, test.want)
		}
	}
}

// Whatever Go compiles of this repository makes a difference if it is changed.
func TestEverySourceOfTheProgramCounts(t *testing.T) {
	output, err := exec.Command("go", "list", "-deps", "-json=Dir,Module,GoFiles,EmbedFiles", "./cmd/keyless").Output()
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	compiled, count := keyless.Compiled(), 0
	for decoder := json.NewDecoder(strings.NewReader(string(output))); decoder.More(); {
		var pkg struct {
			Dir                 string
			Module              struct{ Main bool }
			GoFiles, EmbedFiles []string
		}
		if err := decoder.Decode(&pkg); err != nil {
			t.Fatal(err)
		}
		if !pkg.Module.Main {
			continue
		}
		if pkg.Dir == root {
			pkg.EmbedFiles = nil // all that is looked at
		}
		for _, name := range append(pkg.GoFiles, pkg.EmbedFiles...) {
			count++
			file, err := filepath.Rel(root, filepath.Join(pkg.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if text, counts := compiled[file]; !counts || string(text) != read(t, file) {
				t.Errorf("%s is not among what counts, or is another", file)
			}
		}
	}
	if count < 500 {
		t.Errorf("got %d files, want all of the program", count)
	}
}
