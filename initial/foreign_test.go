package initial_test

import (
	"bytes"
	"errors"
	"flag"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/initial"
)

var update = flag.Bool("update", false, "write what is wanted in testdata anew; read every line of the difference before you commit it")

// foreign are archives of files that others wrote, by their names, each with the source and the
// remarks that are wanted.
func foreign(t *testing.T) map[string]*txtar.Archive {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("got %d archives, %v", len(names), err)
	}
	archives := map[string]*txtar.Archive{}
	for _, name := range names {
		archives[name], err = txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
	}
	return archives
}

// foundInArchive finds a fleet in an archive, whose files have the names that they have there.
func foundInArchive(t *testing.T, archive *txtar.Archive) initial.Result {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, file := range archive.Files {
		if strings.HasPrefix(file.Name, "want.") {
			continue
		}
		name := filepath.Join("existing", file.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return foundIn(t, "existing")
}

func TestWhatOthersWroteIsDeclared(t *testing.T) {
	for name, archive := range foreign(t) {
		file, err := filepath.Abs(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) {
			result := foundInArchive(t, archive)
			var remarks bytes.Buffer
			if err := result.WriteRemarks(&remarks); err != nil {
				t.Fatal(err)
			}
			got := map[string][]byte{"want.go": result.Source(), "want.txt": remarks.Bytes()}
			if *update {
				archive.Files = archive.Files[:len(inputs(archive))]
				for _, wanted := range []string{"want.go", "want.txt"} {
					archive.Files = append(archive.Files, txtar.File{Name: wanted, Data: got[wanted]})
				}
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			compared := 0
			for _, file := range archive.Files {
				if text, wanted := got[file.Name]; wanted {
					compared++
					if diff := cmp.Diff(string(file.Data), string(text)); diff != "" {
						t.Errorf("%s (-want +got):\n%s", file.Name, diff)
					}
				}
			}
			if compared != 2 {
				t.Errorf("got %d files to compare with, want want.go and want.txt", compared)
			}
		})
	}
}

func inputs(archive *txtar.Archive) (files []txtar.File) {
	for _, file := range archive.Files {
		if !strings.HasPrefix(file.Name, "want.") {
			files = append(files, file)
		}
	}
	return files
}

// Whatever keyless check judges, init reads: each archive of the proof that has a runner comes to
// a fleet whose source is Go.
func TestEveryArchiveOfTheProofIsRead(t *testing.T) {
	names, err := filepath.Glob("../preflight/testdata/*/*.txtar")
	if err != nil || len(names) < 200 {
		t.Fatalf("got %d archives, %v", len(names), err)
	}
	pools := 0
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		folder := t.TempDir()
		for _, file := range archive.Files {
			at := filepath.Join(folder, file.Name)
			if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(at, file.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		found, err := initial.Read([]string{folder})
		if err != nil {
			continue // it is about a file that cannot be read
		}
		result, err := found.Declare()
		if err != nil && !errors.Is(err, initial.ErrNoRunner) {
			t.Errorf("%s: %v", name, err)
		}
		pools += len(result.Fleet.Pools)
		for _, question := range result.Questions {
			if question.Text == "" || question.Next == "" {
				t.Errorf("%s: a question without a text or a next step: %+v", name, question)
			}
		}
		if _, err := format.Source(result.Source()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Most archives change lines of a chain that is elsewhere, and are read without its runner.
	if pools < 40 {
		t.Errorf("got %d pools of %d archives, want at least 40", pools, len(names))
	}
}
