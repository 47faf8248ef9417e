package migrate_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/aws/jsii-runtime-go"
	"github.com/google/go-cmp/cmp"
	"github.com/rhysd/actionlint"
	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/fleet"
	"keyless-runners/infra"
	"keyless-runners/manifests"
	"keyless-runners/migrate"
	"keyless-runners/preflight"
	"keyless-runners/preflight/finding"
	"keyless-runners/render"
	"keyless-runners/workflows"
)

var update = flag.Bool("update", false, "write the patches and remarks of testdata anew; read every line of the difference before you commit it")

func TestMain(m *testing.M) {
	flag.Parse()
	status := m.Run()
	jsii.Close()
	os.Exit(status)
}

// want are the files of an archive that are no files of the source repository.
const (
	wantPatch   = "want.patch"
	wantRemarks = "want.remarks"
)

// Each archive is a source repository, the patch and what is said. Its comment begins with the
// source repository's name.
func TestMigrate(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 1 {
		t.Fatalf("%d archives, %v", len(names), err)
	}
	dist := rendered(t)
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			folder := unpacked(t, archive)
			result := migrated(t, folder)
			got := map[string]string{wantPatch: strings.ReplaceAll(string(result.Patch()), "\r", "␍"), wantRemarks: remarks(result)}
			if *update {
				rewrite(t, name, archive, got)
			} else if diff := cmp.Diff(wanted(archive), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			applied(t, folder, result)
			proved(t, dist, folder, result)
			linted(t, folder, result)
			again := migrated(t, folder)
			if len(again.Changes) > 0 || len(again.Rewritten) > 0 {
				t.Errorf("a second run changes something:\n%s", again.Patch())
			}
		})
	}
}

func unpacked(t *testing.T, archive *txtar.Archive) (folder string) {
	t.Helper()
	repository, _, _ := strings.Cut(string(archive.Comment), "\n")
	folder = filepath.Join(t.TempDir(), filepath.FromSlash(repository))
	for _, file := range archive.Files {
		if file.Name == wantPatch || file.Name == wantRemarks {
			continue
		}
		path := filepath.Join(folder, file.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		content := strings.ReplaceAll(string(file.Data), "␍", "\r")
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func migrated(t *testing.T, folder string) migrate.Result {
	t.Helper()
	repository, err := migrate.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	result, err := repository.Migrate(pools())
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// remarks are what is said, with paths from the source repository.
func remarks(result migrate.Result) string {
	var out strings.Builder
	result.Remarks(&out)
	_, lines, _ := strings.Cut(out.String(), "\n")
	return strings.ReplaceAll(lines, result.Repository.Folder+"/", "") + secrets(result)
}

func secrets(result migrate.Result) string {
	var out strings.Builder
	for _, secret := range result.Secrets {
		still := "nowhere"
		if secret.StillUsed.File != "" {
			still = strings.TrimPrefix(secret.StillUsed.String(), result.Repository.Folder+"/")
		}
		fmt.Fprintf(&out, "secret %s %q: used %s\n", secret.Name, secret.Environments, still)
	}
	return out.String()
}

func wanted(archive *txtar.Archive) map[string]string {
	want := map[string]string{wantPatch: "", wantRemarks: ""}
	for _, file := range archive.Files {
		if _, is := want[file.Name]; is {
			want[file.Name] = string(file.Data)
		}
	}
	return want
}

func rewrite(t *testing.T, name string, archive *txtar.Archive, got map[string]string) {
	t.Helper()
	var files []txtar.File
	for _, file := range archive.Files {
		if _, is := got[file.Name]; !is {
			files = append(files, file)
		}
	}
	for _, file := range []string{wantPatch, wantRemarks} {
		if got[file] != "" {
			files = append(files, txtar.File{Name: file, Data: []byte(got[file])})
		}
	}
	archive.Files = files
	if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// applied has git apply the patch, and looks whether that makes what the result has.
func applied(t *testing.T, folder string, result migrate.Result) {
	t.Helper()
	if len(result.Changes) == 0 {
		return
	}
	for _, args := range [][]string{{"apply", "--check", "-"}, {"apply", "-"}} {
		command := exec.Command("git", args...)
		command.Dir, command.Stdin = folder, strings.NewReader(string(result.Patch()))
		if output, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s%s", args, err, output, result.Patch())
		}
	}
	for _, change := range result.Changes {
		content, err := os.ReadFile(filepath.Join(folder, change.Path))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(change.After), string(content)); diff != "" {
			t.Errorf("%s, as the result has it and as git makes it:\n%s", change.Path, diff)
		}
	}
}

var kernel sync.Mutex

// rendered is the folder of the fleet's files.
func rendered(t *testing.T) string {
	t.Helper()
	f := pools()
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	app := func(synth func(fleet.Fleet, string)) render.App {
		return func(_ context.Context, outdir string, _ []string) error {
			kernel.Lock()
			defer kernel.Unlock()
			synth(f, outdir)
			return nil
		}
	}
	dist := t.TempDir()
	if _, err := render.Render(t.Context(), f, nil, dist, app(infra.Synth), app(manifests.Synth)); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dist, "workflows")); err != nil {
		t.Fatal(err)
	}
	return dist
}

// proved has check find nothing about the jobs that were rewritten, with the pools' files.
func proved(t *testing.T, dist, folder string, result migrate.Result) {
	t.Helper()
	read, _, err := preflight.Read(preflight.Input{Paths: []string{dist, folder}})
	if err != nil {
		t.Fatal(err)
	}
	report := preflight.Check(read)
	for _, found := range report.Findings {
		if found.Kind.Severity == finding.Note {
			continue
		}
		for _, job := range result.Rewritten {
			if strings.Contains(found.Problem, fmt.Sprintf("%q", job.ID)) {
				t.Errorf("%s: %s: %s", found.Place, found.Kind.ID, found.Problem)
			}
		}
		if len(result.Left) == 0 {
			t.Errorf("%s: %s: %s", found.Place, found.Kind.ID, found.Problem)
		}
	}
	if len(result.Left) == 0 && !report.Proved() {
		t.Error("the chain is not proved")
	}
}

// linted has actionlint find nothing in the workflows that changed.
func linted(t *testing.T, folder string, result migrate.Result) {
	t.Helper()
	config := filepath.Join(t.TempDir(), "actionlint.yaml")
	if err := os.WriteFile(config, workflows.RenderActionlint(pools()), 0o644); err != nil {
		t.Fatal(err)
	}
	linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{ConfigFile: config})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(folder, ".git"), 0o755); err != nil {
		t.Fatal(err) // how actionlint finds the top
	}
	for _, change := range result.Changes {
		if !strings.HasPrefix(change.Path, ".github/workflows/") {
			continue
		}
		findings, err := linter.LintFile(filepath.Join(folder, change.Path), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, finding := range findings {
			t.Error(finding)
		}
	}
}
