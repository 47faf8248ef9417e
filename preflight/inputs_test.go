package preflight_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/report"
)

// check reads and judges everything below the folder that the test stands in.
func check(t *testing.T, settings cloudformation.Settings) (preflight.Report, string) {
	t.Helper()
	facts, files, err := preflight.Read(preflight.Input{Paths: []string{"."}, Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	found := preflight.Check(facts)
	found.Files = files
	var out bytes.Buffer
	if err := report.Write(&out, report.Text, found, preflight.Kinds()); err != nil {
		t.Fatal(err)
	}
	return found, out.String()
}

// write puts files below a new folder and goes there.
func write(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestInputsOfOthers judges what other tools and their documentation write. Each
// archive in testdata/inputs tells whose form it has, and what is to be said of it.
func TestInputsOfOthers(t *testing.T) {
	judgeArchives(t, "inputs", func(files map[string]string) cloudformation.Settings {
		if _, live := files["account.json"]; live {
			return cloudformation.Settings{}
		}
		return cloudformation.Settings{Account: "111122223333", Region: "us-east-1"}
	})
}

// TestSetUps judges whole set-ups, as teams have them, by their files alone.
func TestSetUps(t *testing.T) {
	judgeArchives(t, "setups", func(map[string]string) cloudformation.Settings { return cloudformation.Settings{} })
}

// judgeArchives compares what is said of each archive of a folder of testdata with its file "want".
func judgeArchives(t *testing.T, folder string, settings func(map[string]string) cloudformation.Settings) {
	t.Helper()
	archives, err := filepath.Glob("testdata/" + folder + "/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("%d archives: %v", len(archives), err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			files := map[string]string{}
			for _, file := range archive.Files {
				files[file.Name] = string(file.Data)
			}
			want := files["want"]
			delete(files, "want")
			given := settings(files)
			write(t, files)
			if _, got := check(t, given); got != want {
				t.Errorf("(-want +got)\n%s\n%s", cmp.Diff(want, got), got)
			}
		})
	}
}
