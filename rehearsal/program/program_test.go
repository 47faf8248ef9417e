package program

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// hello is a recipe of a module that builds at once.
func hello(t *testing.T, source string) recipe {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module hello\n\ngo 1.26\n")
	write(t, filepath.Join(dir, "main.go"), source)
	return recipe{name: "hello", version: "v1.0.0", dir: dir, pkg: "."}
}

const source = "package main\n\nfunc main() { print(\"hello\") }\n"

func TestBuild(t *testing.T) {
	folder, r := t.TempDir(), hello(t, source)
	if got := missing(folder, []recipe{r}); len(got) != 1 {
		t.Fatalf("%d programs are missing, want 1", len(got))
	}
	var steps []Step
	if err := build(t.Context(), folder, []recipe{r}, func(s Step) { steps = append(steps, s) }); err != nil {
		t.Fatal(err)
	}
	if want := (Step{Program: "hello v1.0.0", Number: 1, Of: 1}); steps[0] != want {
		t.Errorf("the first step is %+v, want %+v", steps[0], want)
	}
	if got := missing(folder, []recipe{r}); len(got) != 0 {
		t.Errorf("%d programs are missing after the build", len(got))
	}
	output, err := exec.CommandContext(t.Context(), filepath.Join(folder, r.file())).CombinedOutput()
	if err != nil || string(output) != "hello" {
		t.Errorf("the program says %q, error %v", output, err)
	}
	if got := entries(t, folder); !slices.Equal(got, []string{filepath.Dir(r.file())}) {
		t.Errorf("the folder has %q, want the program alone", got)
	}
}

func TestBuildSaysWhatGoSays(t *testing.T) {
	folder, r := t.TempDir(), hello(t, "package main\n\nfunc main() { undefined() }\n")
	err := build(t.Context(), folder, []recipe{r}, func(Step) {})
	want := "build hello v1.0.0: go build: exit status 1\n# hello\n./main.go:3:15: undefined: undefined"
	if err == nil || err.Error() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
	if got := entries(t, folder); len(got) != 0 {
		t.Errorf("the folder has %q, want nothing", got)
	}
}

func TestBuildEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	folder := t.TempDir()
	if err := build(ctx, folder, []recipe{hello(t, source)}, func(Step) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want that the context was cancelled", err)
	}
	if got := entries(t, folder); len(got) != 0 {
		t.Errorf("the folder has %q, want nothing", got)
	}
}

func TestBuildWithAChange(t *testing.T) {
	folder, r := t.TempDir(), hello(t, source)
	r.change = &change{File: "main.go", Old: `"hello"`, New: `"changed"`}
	if err := build(t.Context(), folder, []recipe{r}, func(Step) {}); err != nil {
		t.Fatal(err)
	}
	output, err := exec.CommandContext(t.Context(), filepath.Join(folder, r.file())).CombinedOutput()
	if err != nil || string(output) != "changed" {
		t.Errorf("the program says %q, error %v", output, err)
	}
	if text, err := os.ReadFile(filepath.Join(r.dir, "main.go")); err != nil || string(text) != source {
		t.Errorf("the source is %q now, error %v", text, err)
	}
}

func TestBuildLeavesOneVersion(t *testing.T) {
	folder, r := t.TempDir(), hello(t, source)
	for _, version := range []string{"v1.0.0", "v1.1.0"} {
		r.version = version
		if err := build(t.Context(), folder, []recipe{r}, func(Step) {}); err != nil {
			t.Fatal(err)
		}
	}
	if got := entries(t, folder); !slices.Equal(got, []string{filepath.Dir(r.file())}) {
		t.Errorf("the folder has %q, want version v1.1.0 alone", got)
	}
}

// A change is for one version: another one may have lost its place.
func TestChangeIsRefused(t *testing.T) {
	for text, times := range map[string]string{"package main\n": "0 times", "Port: port, Port: port,": "2 times"} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "main.go"), text)
		c := change{File: "main.go", Old: "Port: port,", New: "Port: port, Host: host,"}
		err := c.copy(dir, filepath.Join(t.TempDir(), "copy"))
		want := filepath.Join(dir, "main.go") + ` has "Port: port," ` + times + `, want once: the change to it is for another version`
		if err == nil || err.Error() != want {
			t.Errorf("got error %v, want %s", err, want)
		}
	}
}

// Whatever decides about a program decides about its file.
func TestFile(t *testing.T) {
	base := recipe{name: "etcd", version: "v3.6.5", pkg: "go.etcd.io/etcd/server/v3", ldflags: []string{"-s"}, pins: "go1.26"}
	if folder, name := filepath.Split(base.file()); name != "etcd" || !strings.HasPrefix(folder, "v3.6.5-") || len(folder) != len("v3.6.5-123456789abc/") {
		t.Errorf("the file is %q, want v3.6.5-HASH/etcd", base.file())
	}
	files := map[string]bool{base.file(): true}
	for _, change := range []func(*recipe){
		func(r *recipe) { r.version = "v3.6.6" },
		func(r *recipe) { r.pkg = "go.etcd.io/etcd/etcdctl/v3" },
		func(r *recipe) { r.ldflags = nil },
		func(r *recipe) { r.change = &loopback },
		func(r *recipe) { r.pins = "go1.27" },
	} {
		r := base
		change(&r)
		files[r.file()] = true
	}
	if len(files) != 6 {
		t.Errorf("6 recipes have %d files", len(files))
	}
}

// Kubernetes reports the version that go.mod has, and is built with it.
func TestRecipes(t *testing.T) {
	s, err := find(t.Context(), "..")
	if err != nil {
		t.Fatal(err)
	}
	r := s.apiServer()
	want := "-s -w -X k8s.io/component-base/version.gitVersion=v1.35.4 -X k8s.io/client-go/pkg/version.gitVersion=v1.35.4"
	if got := strings.Join(r.ldflags, " "); got != want {
		t.Errorf("kube-apiserver is linked with %q, want %q", got, want)
	}
	if got := s.manager(); got.version != "v0.27.6" || got.change != &loopback {
		t.Errorf("the controller is of version %q", got.version)
	}
	if err := loopback.copy(s.controller.Dir, filepath.Join(t.TempDir(), "copy")); err != nil {
		t.Error(err)
	}
}

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	unlock, err := lock(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := lock(ctx, path); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got error %v for a lock that is held", err)
	}
	unlock()
	if unlock, err = lock(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	unlock()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func entries(t *testing.T, folder string) []string {
	t.Helper()
	all, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range all {
		names = append(names, entry.Name())
	}
	return names
}
