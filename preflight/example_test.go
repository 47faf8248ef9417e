package preflight_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/identity"
	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/source"
)

const (
	goodFolder    = "testdata/good"
	exampleFolder = "testdata/findings"
	page          = "../docs/checks.md"
)

// example is a broken chain: the good one with a few lines changed.
//
// An archive KR012.txtar has the explanation, in Markdown, and behind it sections.
// One with the name of a good file holds hunks: lines that begin with a blank or a
// minus are in the file, once; those that begin with a minus are taken out, those
// that begin with a plus are put in. An empty line ends a hunk, and hunks are in the
// order of the file. A hunk of plus lines
// alone goes to the end of the file. A plus line that ends in "(n = 1 to 40)" is
// put in 40 times, with the number for each {n}. The section "fix" says, in Markdown,
// what to do, "delete" lists good files that are left out, "flags" has flags of the
// command line, "like" names an example whose files are these too, and "output" is
// what the check says. Any other section is a separate file.
type example struct {
	preflight.Kind
	archive *txtar.Archive
	// files are those that the check reads, changed the objects in each that are not
	// the good chain's.
	files    map[string]string
	changed  map[string][]lines
	settings cloudformation.Settings
	// deleted says that files or objects were left out: there is no place to find
	// them.
	deleted bool
}

// lines are the first and the last of some, counted from 1.
type lines struct{ first, last int }

// changedAt reports whether the place is in an object that was changed, or is the
// beginning of a changed file, which stands for all of it.
func (e *example) changedAt(at source.Place) bool {
	changed := e.changed[at.File]
	return slices.ContainsFunc(changed, func(l lines) bool { return at.Line == 1 || l.first <= at.Line && at.Line <= l.last })
}

func readGood(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob(goodFolder + "/*")
	if err != nil || len(names) != 3 {
		t.Fatalf("%d good files: %v", len(names), err)
	}
	files := map[string]string{}
	for _, name := range names {
		files[filepath.Base(name)] = readText(t, name)
	}
	return files
}

func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// readExamples reads the example of each kind.
func readExamples(t *testing.T) []*example {
	t.Helper()
	good := readGood(t)
	var examples []*example
	for _, kind := range preflight.Kinds() {
		e := &example{Kind: kind, archive: readArchive(t, kind.ID), files: maps.Clone(good), changed: map[string][]lines{}}
		sections := e.archive.Files
		if like := strings.TrimSpace(e.section("like")); like != "" {
			sections = readArchive(t, like).Files
		}
		for _, section := range sections {
			if err := e.take(section); err != nil {
				t.Errorf("%s: %s: %v", kind.ID, section.Name, err)
			}
		}
		examples = append(examples, e)
	}
	return examples
}

// readExample reads an archive that changes the good chain and is of no one kind.
func readExample(t *testing.T, name string) *example {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	e := &example{archive: archive, files: readGood(t), changed: map[string][]lines{}}
	for _, section := range archive.Files {
		if err := e.take(section); err != nil {
			t.Fatalf("%s: %s: %v", name, section.Name, err)
		}
	}
	return e
}

func readArchive(t *testing.T, id string) *txtar.Archive {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join(exampleFolder, id+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// take makes the change that a section of the archive describes.
func (e *example) take(section txtar.File) error {
	text := string(section.Data)
	before, good := e.files[section.Name]
	switch {
	case section.Name == "output", section.Name == "fix":
	case section.Name == "flags":
		return e.takeFlags(strings.Fields(text))
	case section.Name == "delete":
		e.deleted = true
		for _, name := range strings.Fields(text) {
			if _, there := e.files[name]; !there {
				return fmt.Errorf("no good file %q", name)
			}
			delete(e.files, name)
		}
	case good:
		after, changed, err := apply(before, text)
		e.files[section.Name], e.changed[section.Name] = after, changed
		e.deleted = e.deleted || namedObject.MatchString(strings.TrimPrefix(text, "-")) && !strings.Contains(text, "+")
		return err
	default:
		e.files[section.Name] = text
		e.changed[section.Name] = []lines{{1, strings.Count(text, "\n")}}
	}
	return nil
}

func (e *example) takeFlags(flags []string) error {
	for ; len(flags) > 1; flags = flags[2:] {
		switch flags[0] {
		case "--account":
			e.settings.Account = identity.AccountID(flags[1])
		case "--region":
			e.settings.Region = identity.Region(flags[1])
		default:
			return fmt.Errorf("unknown flag %s", flags[0])
		}
	}
	return nil
}
