package migrate_test

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rhysd/actionlint"
	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/infra"
	"keyless-runners/internal/kernel/kerneltest"
	"keyless-runners/manifests"
	"keyless-runners/migrate"
	"keyless-runners/preflight"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/github"
	"keyless-runners/preflight/source"
	"keyless-runners/render/rendertest"
	"keyless-runners/workflows"
)

var update = flag.Bool("update", false, "write the patches and remarks of testdata anew; read every line of the difference before you commit it")

func TestMain(m *testing.M) { kerneltest.Main(m) }

// want are the files of an archive that are no files of the source repository.
const (
	wantPatch   = "want.patch"
	wantRemarks = "want.remarks"
)

// Each archive is a source repository, the patch and what is said. Its comment begins with the
// source repository's name.
func TestMigrate(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 30 {
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
			untouched(t, result)
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
		place(t, path, []byte(strings.ReplaceAll(string(file.Data), "␍", "\r")))
	}
	return folder
}

func migrated(t *testing.T, folder string) migrate.Result {
	t.Helper()
	return migratedTo(t, folder, pools())
}

func migratedTo(t *testing.T, folder string, f fleet.Fleet) migrate.Result {
	t.Helper()
	repository, err := migrate.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	result, err := repository.Migrate(f)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// remarks returns the remarks, with paths from the source repository.
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
		command.Dir, command.Env, command.Stdin = folder, append(os.Environ(), noConfig...), strings.NewReader(string(result.Patch()))
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

// rendered is the folder of the fleet's files.
func rendered(t *testing.T) string {
	t.Helper()
	dist := t.TempDir()
	rendertest.Render(t, pools(), dist, infra.Synth, manifests.Synth)
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

// mayChange are the values that a rewrite changes, adds or takes away.
var mayChange = regexp.MustCompile(`^jobs\.[^.]+\.runs-on(\.|$)` +
	`|(^|\.)env\.[^.]*(AWS|ECR|TAG|REG)[^.]*$` +
	`|\.with\.(aws-.*|role-.*|username|password|registr.*|tags)$` +
	`|\.(uses|run)$` +
	`|^on\.workflow_call\.secrets\.|^inputs\.|^jobs\.[^.]+\.secrets\.|steps\.\d+\.with\.[^.]*(key|secret|id)[^.]*$`)

// untouched looks whether a result has every other value that there was, and no more.
func untouched(t *testing.T, result migrate.Result) {
	t.Helper()
	for _, change := range result.Changes {
		before, after := flat(t, change.Before), flat(t, change.After)
		for _, paths := range []map[string]string{before, after} {
			for path := range paths {
				if before[path] != after[path] && !mayChange.MatchString(path) {
					t.Errorf("%s: %s was %q and is %q", change.Path, path, before[path], after[path])
				}
			}
		}
		for _, line := range comments(change.Before) {
			if !strings.Contains(string(change.After), line) && !strings.Contains(line, "goes with it") {
				t.Errorf("%s: the comment %q is gone", change.Path, line)
			}
		}
	}
}

// comments are the lines that are comments.
func comments(content []byte) (lines []string) {
	for line := range strings.Lines(string(content)) {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// flat are the scalars of a text by their paths.
func flat(t *testing.T, content []byte) map[string]string {
	t.Helper()
	roots, err := source.Parse("file", content)
	if err != nil || len(roots) != 1 {
		t.Fatalf("%v\n%s", err, content)
	}
	values := map[string]string{}
	var add func(path string, node *source.Node)
	add = func(path string, node *source.Node) {
		for i, item := range node.Items {
			add(fmt.Sprintf("%s.%d", path, i), item)
		}
		for _, member := range node.Members {
			add(strings.TrimPrefix(path+"."+member.Name, "."), member.Value)
		}
		if node.Scalar() {
			values[path] = node.Text
		}
	}
	add("", roots[0])
	return values
}

// The workflows by which check is tested are migrated too: what comes of them can be read, differs
// where it may, and stays as it is in a second run.
func TestMigrateTheWorkflowsOfPreflight(t *testing.T) {
	names, err := filepath.Glob("../preflight/testdata/*/*.txtar")
	if err != nil || len(names) < 100 {
		t.Fatalf("%d archives, %v", len(names), err)
	}
	rewritten, ran := 0, 0
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "octo-org/my-app")
			for _, file := range archive.Files {
				if roots, err := source.Parse(file.Name, file.Data); err == nil && len(roots) == 1 && github.Recognize(roots[0]) {
					place(t, filepath.Join(folder, ".github/workflows", filepath.Base(file.Name)), file.Data)
				} else if err == nil && len(roots) == 1 && github.RecognizeAction(roots[0]) {
					place(t, filepath.Join(folder, file.Name), file.Data)
				}
			}
			if _, err := os.Stat(folder); err != nil {
				return // no workflow
			}
			ran++
			f := poolOf(t, folder)
			result := migratedTo(t, folder, f)
			rewritten += len(result.Rewritten)
			applied(t, folder, result)
			untouched(t, result)
			if again := migratedTo(t, folder, f); len(again.Changes) > 0 {
				t.Errorf("a second run changes something:\n%s", again.Patch())
			}
		})
	}
	if rewritten < ran/10 {
		t.Errorf("%d jobs were rewritten in %d archives", rewritten, ran)
	}
}

func place(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// poolOf is a fleet of one pool that pushes where the workflows do.
func poolOf(t *testing.T, folder string) fleet.Fleet {
	t.Helper()
	read, _, err := preflight.Read(preflight.Input{Paths: []string{folder}})
	if err != nil {
		t.Fatal(err)
	}
	registry := identity.Registry{Account: "111122223333", Region: "us-east-1"}
	var images []identity.ImageRepositoryName
	for _, job := range read.Jobs {
		for _, push := range job.Pushes {
			if named, err := identity.ParseRegistryHost(push.Registry.Value); err == nil {
				registry = named
			}
			if name := identity.ImageRepositoryName(push.Name.Value); push.Name.Known() && !slices.Contains(images, name) {
				images = append(images, name)
			}
		}
	}
	cluster := fleet.Cluster{Account: registry.Account, Region: registry.Region}
	one := pool("push", cluster)
	one.Scope, one.Labels = fleet.Scope{Organization: "octo-org"}, []identity.RunnerLabel{"push"}
	for _, image := range images {
		one.PushesTo = append(one.PushesTo, fleet.ImageRepository{Name: image, Account: registry.Account, Region: registry.Region})
	}
	if len(images) == 0 {
		return fleet.Fleet{}
	}
	return fleet.Fleet{Pools: []fleet.Pool{one}}
}
