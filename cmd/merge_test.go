package cmd_test

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A user's copy has a fleet with other names, so its dist/ has other files, and files of the
// user's own. The newer version changes everything that is not the user's, and the dist/ that
// the project's own fleet renders to. It adds files and removes some, beside declared.go too.
func TestNewVersionLeavesWhatIsTheUsers(t *testing.T) {
	repository, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	w := &work{t: t, upstream: folder + "/upstream", copy: folder + "/copy"}
	w.setUp(repository)
	newer := w.tracked(repository)
	w.write(w.upstream, older(newer))
	w.git(w.upstream, "init", "--quiet", "--initial-branch=main")
	w.commit(w.upstream, "A version")
	w.git(folder, "clone", "--quiet", w.upstream, w.copy)

	keyless, users := w.keyless(), own(t)
	w.git(w.copy, "rm", "--quiet", "-r", "--", "dist")
	w.write(w.copy, users)
	w.run(w.copy, keyless, "synth")
	w.replace(w.copy, "dist/workflows/push-shop.yaml", "name: Build and push", "name: Push")
	w.commit(w.copy, "Our fleet")
	before := w.files(w.copy)

	w.git(w.upstream, "rm", "--quiet", "-r", "--", ".")
	w.write(w.upstream, newer)
	w.commit(w.upstream, "A newer version")

	// Conflicts are in dist/ alone. Without the setting git takes the user's cluster for the
	// example's, renamed, and moves new files of the example to it, where they stay.
	output, err := w.try(w.copy, "git", "-c", "merge.directoryRenames=false", "pull", "--no-rebase", w.upstream, "main")
	conflicts := w.unmerged()
	if err == nil || len(conflicts) == 0 {
		t.Fatalf("got no conflict:\n%s", output)
	}
	for _, file := range conflicts {
		if !strings.HasPrefix(file, "dist/") {
			t.Errorf("got a conflict in %s, want them in dist/ alone", file)
		}
	}
	merged := w.files(w.copy)
	for file := range users {
		if diff := cmp.Diff(before[file], merged[file]); diff != "" {
			t.Errorf("%s (-before +merged):\n%s", file, diff)
		}
	}
	if diff := cmp.Diff(only(newer, projectsFile), only(merged, projectsFile)); diff != "" {
		t.Errorf("what is not the user's (-newer +merged):\n%s", diff)
	}

	// Rendering ends the conflicts. What is left is what the newer version renders otherwise.
	if got, want := lastLine(w.run(w.copy, keyless, "synth")), "proved: 1 runner can push to 1 image repository, for jobs of octo-org/shop on labels self-hosted, push-shop, and no one else can (5 files)"; got != want {
		t.Errorf("synth: got %q, want %q", got, want)
	}
	w.commit(w.copy, "Take a newer version")
	if got, want := w.git(w.copy, "diff", "--numstat", "--no-renames", "HEAD^1", "--", "dist", "fleet/declared.go", "fleet/declared_test.go"), "1\t1\tdist/workflows/push-shop.yaml\n"; got != want {
		t.Errorf("since the user's last commit: got %q, want %q", got, want)
	}
	w.run(w.copy, keyless, "verify")
	if got, want := w.run(w.copy, keyless, "diff", "HEAD^1"), "no one gained or lost a push or a pull\n\nwhat to do, in this order:\n  1. copy workflows/push-shop.yaml to the source repositories\n"; got != want {
		t.Errorf("diff: got %q, want %q", got, want)
	}
	if got := w.git(w.copy, "status", "--short"); got != "" {
		t.Errorf("left over:\n%s", got)
	}
}

// own returns the files that the user changed or added: declared.go, which is that of the
// scripts, and its test, and beside what is rendered.
func own(t *testing.T) map[string]string {
	t.Helper()
	declared, err := os.ReadFile("testdata/declared.go")
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"fleet/declared.go":                  string(declared),
		"fleet/declared_test.go":             "package fleet\n\nimport \"testing\"\n\nfunc TestOurs(t *testing.T) {}\n",
		"dist/manifests/prod/quota.k8s.yaml": "apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: builds\n  namespace: shop-runners\n",
		"dist/notes.md":                      "Ask the platform team.\n",
	}
}

// usersFile reports whether a file of a copy is its user's.
func usersFile(file string) bool {
	return file == "fleet/declared.go" || file == "fleet/declared_test.go" || strings.HasPrefix(file, "dist/")
}

func projectsFile(file string) bool { return !usersFile(file) }

func only(files map[string]string, wanted func(file string) bool) map[string]string {
	files = maps.Clone(files)
	maps.DeleteFunc(files, func(file, _ string) bool { return !wanted(file) })
	return files
}

// older has the files of the version before: every file in another form, some files less and some
// more.
func older(newer map[string]string) map[string]string {
	files := map[string]string{"fleet/gone.go": "package fleet\n", "dist/workflows/push-gone.yaml": "# Rendered by keyless-runners to dist/workflows/push-gone.yaml. Change the fleet, not this file.\n"}
	for file, content := range newer {
		if file == "fleet/checked.go" || file == "dist/manifests/example/00-self-hosted-runners.k8s.yaml" {
			continue
		}
		if !strings.HasPrefix(file, "fleet/declared") {
			content += "of the version before\n"
		}
		files[file] = content
	}
	return files
}

// work is a user's copy of the project, and where its new versions come from.
type work struct {
	t              *testing.T
	upstream, copy string
}

func (w *work) setUp(repository string) {
	w.t.Helper()
	w.t.Setenv("JSII_NODE", filepath.Join(repository, "node_modules/.bin/node"))
	w.t.Setenv("CDK_VALIDATION", "false")
	w.t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	w.t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		w.t.Setenv("GIT_"+who+"_NAME", "A user")
		w.t.Setenv("GIT_"+who+"_EMAIL", "user@example.com")
	}
	if output, err := w.try(repository, "make", "setup"); err != nil {
		w.t.Fatalf("make setup: %v\n%s", err, output)
	}
}

// keyless returns the path of the newer version's program, for the user's declared.go. The
// scripts have the same one.
func (w *work) keyless() string {
	w.t.Helper()
	w.t.Setenv("FLEET", "shop")
	program, err := built.of(filepath.Join(built.repository, "cmd/testdata/declared.go"))
	if err != nil {
		w.t.Fatal(err)
	}
	return program
}

// tracked are the files that are in the repository, or would be.
func (w *work) tracked(repository string) map[string]string {
	w.t.Helper()
	files := map[string]string{}
	for file := range strings.SplitSeq(w.git(repository, "ls-files", "--cached", "--others", "--exclude-standard", "-z"), "\x00") {
		content, err := os.ReadFile(filepath.Join(repository, file))
		if file != "" && err == nil {
			files[file] = string(content)
		}
	}
	return files
}

// files returns what a folder holds, except git's own files.
func (w *work) files(folder string) map[string]string {
	w.t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			if slices.Contains([]string{".git", ".build"}, file) {
				return fs.SkipDir
			}
			return err
		}
		content, err := os.ReadFile(filepath.Join(folder, file))
		files[file] = string(content)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return files
}

func (w *work) write(folder string, files map[string]string) {
	w.t.Helper()
	for file, content := range files {
		path := filepath.Join(folder, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			w.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			w.t.Fatal(err)
		}
	}
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// unmerged are the files of the copy with conflicts.
func (w *work) unmerged() []string {
	w.t.Helper()
	return strings.Fields(w.git(w.copy, "diff", "--name-only", "--diff-filter=U"))
}

func (w *work) replace(folder, file, before, after string) {
	w.t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, file))
	if err != nil || !bytes.Contains(content, []byte(before)) {
		w.t.Fatalf("%s: got %v, want %q in it", file, err, before)
	}
	w.write(folder, map[string]string{file: strings.ReplaceAll(string(content), before, after)})
}

func (w *work) commit(folder, subject string) {
	w.t.Helper()
	w.git(folder, "add", "--all")
	w.git(folder, "commit", "--quiet", "--message", subject)
}

func (w *work) git(folder string, args ...string) string {
	w.t.Helper()
	return w.run(folder, "git", args...)
}

func (w *work) run(folder, program string, args ...string) string {
	w.t.Helper()
	output, err := w.try(folder, program, args...)
	if err != nil {
		w.t.Fatalf("%s %q: %v\n%s", program, args, err, output)
	}
	return output
}

func (w *work) try(folder, program string, args ...string) (string, error) {
	var output bytes.Buffer
	command := exec.Command(program, args...)
	command.Dir, command.Stdout, command.Stderr = folder, &output, &output
	err := command.Run()
	return output.String(), err
}
