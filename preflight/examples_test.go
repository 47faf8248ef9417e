package preflight_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
)

var update = flag.Bool("update", false, "write the outputs of testdata/findings and docs/checks.md anew; read every line of the difference before you commit it")

// run checks the example in its own folder.
func (e *example) run(t *testing.T) (found preflight.Report, output string) {
	t.Helper()
	write(t, e.files)
	return check(t, e.settings)
}

// own are the lines of an output that are about the kind.
func (e *example) own(output string) string {
	heading := regexp.MustCompile(fmt.Sprintf(`(^|: )%s %s: `, e.Severity, e.ID))
	var own strings.Builder
	inside := false
	for line := range strings.Lines(output) {
		if !strings.HasPrefix(line, "    ") {
			inside = heading.MatchString(line)
		}
		if inside {
			own.WriteString(line)
		}
	}
	return own.String()
}

// others are the ids of the other kinds that were found, each once.
func (e *example) others(found preflight.Report) []string {
	var ids []string
	for _, finding := range found.Findings {
		if finding.Kind.ID != e.ID && !slices.Contains(ids, finding.Kind.ID) {
			ids = append(ids, finding.Kind.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// checkPlaces looks whether each finding of the kind is where something was
// changed, or refers to it.
func (e *example) checkPlaces(t *testing.T, found preflight.Report) {
	t.Helper()
	here := 0
	for _, finding := range found.Findings {
		if finding.Kind != e.Kind {
			continue
		}
		here++
		places := []string{finding.Place.String()}
		near := e.changedAt(finding.Place) || e.deleted
		for _, related := range finding.Related {
			places = append(places, related.Place.String())
			near = near || e.changedAt(related.Place)
		}
		if !near {
			t.Errorf("found at %q, changed was %v", places, e.changed)
		}
	}
	if here == 0 {
		t.Errorf("%s %s is not found", e.Severity, e.ID)
	}
}

func TestGoodChainHasNoFinding(t *testing.T) {
	write(t, readGood(t))
	found, output := check(t, cloudformation.Settings{})
	if len(found.Findings) > 0 || !found.Proved() {
		t.Error(output)
	}
}

func TestEveryExampleIsOfAKind(t *testing.T) {
	names, err := filepath.Glob(exampleFolder + "/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		id := strings.TrimSuffix(filepath.Base(name), ".txtar")
		if !slices.ContainsFunc(preflight.Kinds(), func(kind preflight.Kind) bool { return kind.ID == id }) {
			t.Errorf("%s is of no kind", name)
		}
	}
}

// TestExamplesAndTheirPage runs the example of every kind, and compares what is said
// of it with its archive, and docs/checks.md with all of them.
func TestExamplesAndTheirPage(t *testing.T) {
	content := pageContent{Good: readGood(t), Groups: groups()}
	t.Run("good", func(t *testing.T) {
		write(t, content.Good)
		_, content.Proved = check(t, cloudformation.Settings{})
	})
	for _, e := range readExamples(t) {
		entry := pageEntry{
			Kind:        e.Kind,
			Explanation: strings.TrimSpace(string(e.archive.Comment)),
			Fix:         strings.TrimSpace(e.section("fix")),
			Flags:       strings.TrimSpace(e.section("flags")),
			Like:        strings.TrimSpace(e.section("like")),
			Deleted:     strings.Fields(e.section("delete")),
			Changes:     e.changes(),
		}
		t.Run(e.ID, func(t *testing.T) {
			found, output := e.run(t)
			entry.Output, entry.Others = e.own(output), e.others(found)
			e.checkPlaces(t, found)
			if diff := cmp.Diff(e.section("output"), entry.Output); diff != "" && !*update {
				t.Errorf("output (-want +got)\n%s", diff)
			}
			if entry.Explanation == "" || entry.Fix == "" {
				t.Error("no explanation, or nothing to do")
			}
		})
		if *update {
			e.writeOutput(t, entry.Output)
		}
		content.add(t, entry)
	}
	got := content.page(t)
	if *update {
		if err := os.WriteFile(page, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(readText(t, page), got); diff != "" {
		t.Errorf("docs/checks.md is not what the examples make; run go test ./preflight -run Examples -update (-page +examples)\n%s", diff)
	}
	for _, link := range regexp.MustCompile(`\(#([^)]*)\)`).FindAllStringSubmatch(got, -1) {
		if !strings.Contains(got, fmt.Sprintf("<a id=%q></a>", link[1])) {
			t.Errorf("docs/checks.md has no #%s", link[1])
		}
	}
}

// section is the text of a section of the archive, "" if it is not there.
func (e *example) section(name string) string {
	for _, section := range e.archive.Files {
		if section.Name == name {
			return string(section.Data)
		}
	}
	return ""
}

func (e *example) writeOutput(t *testing.T, output string) {
	t.Helper()
	writeOutput(t, filepath.Join(exampleFolder, e.ID+".txtar"), e.archive, output)
}

// writeOutput writes an archive with the output in place of the one that it has.
func writeOutput(t *testing.T, path string, archive *txtar.Archive, output string) {
	t.Helper()
	archive.Files = slices.DeleteFunc(archive.Files, func(section txtar.File) bool { return section.Name == "output" })
	archive.Files = append(archive.Files, txtar.File{Name: "output", Data: []byte(output)})
	if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
