package migrate_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/migrate"
)

const workflow = ".github/workflows/push.yml"

// push is a workflow with keys.
const push = `on: push
jobs:
  push:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/login-action@v3
        with:
          registry: 111122223333.dkr.ecr.us-east-1.amazonaws.com
          username: ${{ secrets.AWS_ACCESS_KEY_ID }}
          password: ${{ secrets.AWS_SECRET_ACCESS_KEY }}
      - run: docker push 111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:${{ github.sha }}
`

const pushed = `on: push
jobs:
  push:
    runs-on: [self-hosted, push-my-app]
    steps:
      - uses: docker/login-action@v3
        with:
          registry: 111122223333.dkr.ecr.us-east-1.amazonaws.com
      - run: docker push 111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:${{ github.sha }}
`

// noConfig has git read no configuration of the user or the machine.
var noConfig = []string{"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1"}

// git runs git in a folder.
func git(t *testing.T, folder string, args ...string) {
	t.Helper()
	command := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
	command.Dir, command.Env = folder, append(os.Environ(), noConfig...)
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, output)
	}
}

// repository is a folder with a workflow in git, and its remote.
func repository(t *testing.T, remote string) (folder string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "an-owner", "a-name")
	place(t, filepath.Join(folder, workflow), []byte(push))
	git(t, folder, "init", "--quiet")
	if remote != "" {
		git(t, folder, "remote", "add", "origin", remote)
	}
	git(t, folder, "add", ".")
	git(t, folder, "commit", "--quiet", "--message", "first")
	return folder
}

func TestTheRemoteNamesTheSourceRepository(t *testing.T) {
	for _, c := range []struct{ remote, name, by string }{
		{"https://github.com/octo-org/my-app.git", "octo-org/my-app", `the git remote "origin"`},
		{"https://user:pass" + "word@github.com/octo-org/my-app", "octo-org/my-app", `the git remote "origin"`},
		{"git@github.com:octo-org/my-app.git", "octo-org/my-app", `the git remote "origin"`},
		{"ssh://git@github.example.com:2222/octo-org/my-app/", "octo-org/my-app", `the git remote "origin"`},
		{"", "an-owner/a-name", "the names of the folders"},
		{"/srv/git/my-app.git", "an-owner/a-name", "the names of the folders"},
		{"../mirror/my-app", "an-owner/a-name", "the names of the folders"},
		{"./mirror:2/my-app", "an-owner/a-name", "the names of the folders"},
		{"file:///srv/git/my-app.git", "an-owner/a-name", "the names of the folders"},
	} {
		got, err := migrate.Open(repository(t, c.remote))
		if err != nil || string(got.Name) != c.name || got.NamedBy != c.by {
			t.Errorf("%q: got %q by %s, %v", c.remote, got.Name, got.NamedBy, err)
		}
	}
	_, err := migrate.Open(repository(t, "https://user:pass"+"word@github.com/"))
	if err == nil || strings.Contains(err.Error(), "pass") || !strings.Contains(err.Error(), `the git remote "origin" is "https://github.com/": source repository is missing`) {
		t.Errorf("got %v", err)
	}
}

// A folder within another git repository is not one: neither its name nor its state is that
// of the one around it.
func TestAFolderWithinAGitRepositoryIsNone(t *testing.T) {
	inner := filepath.Join(repository(t, "https://github.com/octo-org/around"), "octo-org", "my-app")
	place(t, filepath.Join(inner, workflow), []byte(push))
	result := migrated(t, inner)
	if result.Repository.Name != "octo-org/my-app" {
		t.Errorf("got %q", result.Repository.Name)
	}
	if err := result.Write(); err == nil || !strings.HasSuffix(err.Error(), "it is not the top of a git repository, so the change could not be undone") {
		t.Errorf("got %v", err)
	}
}

func TestWriteChangesAllFilesOrNone(t *testing.T) {
	folder := repository(t, "https://github.com/octo-org/my-app")
	place(t, filepath.Join(folder, "linked.yml"), []byte(push))
	link := filepath.Join(folder, ".github/workflows/z.yml")
	if err := os.Symlink("../../linked.yml", link); err != nil {
		t.Fatal(err)
	}
	git(t, folder, "add", ".")
	git(t, folder, "commit", "--quiet", "--message", "second")
	if err := migrated(t, folder).Write(); err == nil || !strings.HasSuffix(err.Error(), "z.yml is a link: write to what it leads to") {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff(map[string]string{workflow: push, "linked.yml": push, ".github/workflows/z.yml": push}, contents(t, folder)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := os.Remove(link); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(folder, workflow), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := migrated(t, folder).Write(); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(map[string]string{workflow: pushed, "linked.yml": push}, contents(t, folder)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if info, err := os.Stat(filepath.Join(folder, workflow)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
}

// contents are the files of a folder, but for git's.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(folder, func(file string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.Name() == ".git":
			return filepath.SkipDir
		case entry.IsDir():
			return nil
		}
		content, err := os.ReadFile(file)
		below, _ := filepath.Rel(folder, file)
		found[below] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAHundredSourceRepositories(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/nested-composite-actions.txtar")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	var results []migrate.Result
	for range 100 {
		results = append(results, migrated(t, unpacked(t, archive)))
	}
	var table strings.Builder
	migrate.Table(&table, results)
	if lines := strings.Count(table.String(), "octo-org/my-app"); lines != 200 { // each in its name and its folder
		t.Errorf("the table has %d names:\n%s", lines, table.String())
	}
	t.Logf("100 source repositories in %v", time.Since(start).Round(time.Millisecond))
}
