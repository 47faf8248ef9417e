package diagnose_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diagnose"
)

// Each sample stands for its failure: it is explained by its own archive, and by no
// other.
func TestASampleIsExplainedByItsOwnArchive(t *testing.T) {
	for _, f := range diagnose.Failures() {
		for _, s := range f.Samples {
			t.Run(f.Name+"/"+s.Name, func(t *testing.T) {
				found := diagnose.Explain(s.Text)
				if len(found) != 1 || found[0].Name != f.Name {
					t.Fatalf("got %q, want %s alone", names(found), f.Name)
				}
				got := strings.ReplaceAll(strings.ReplaceAll(values(found[0]), "=", ": "), "; ", "\n")
				if diff := cmp.Diff(strings.TrimSuffix(s.Values, "\n"), got); diff != "" {
					t.Errorf("values (-want +got):\n%s", diff)
				}
				wantWhole(t, found[0])
			})
		}
	}
}

func names(found []diagnose.Diagnosis) []string {
	var names []string
	for _, d := range found {
		names = append(names, d.Name)
	}
	return names
}

// A pattern without a sample may match nothing that anything ever prints.
func TestAPatternMatchesASample(t *testing.T) {
	for _, f := range diagnose.Failures() {
		if len(f.Samples) == 0 {
			t.Errorf("%s: no sample", f.Name)
		}
		if len(f.Patterns) == 0 && !strings.HasPrefix(f.Name, "denied-") {
			t.Errorf("%s: no pattern", f.Name)
		}
		for _, text := range f.Patterns {
			if !diagnose.MatchesOwnSample(f.Name, text) {
				t.Errorf("%s: no sample matches %s", f.Name, text)
			}
		}
	}
}

func TestAPatternHasAFixedText(t *testing.T) {
	for _, f := range diagnose.Failures() {
		for _, text := range f.Patterns {
			if marker := diagnose.Marker(f.Name, text); len(marker) < 4 {
				t.Errorf("%s: got %q of %s, want a text that is not in every log", f.Name, marker, text)
			}
		}
	}
}

var (
	archiveName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	// place is an issue or a file of a project on GitHub, and what prints the text.
	place = regexp.MustCompile(`^[\w.-]+/[\w.-]+(#\d+| [\w./-]+)( \([^()]+\))?$`)
)

func TestAnArchiveIsWhole(t *testing.T) {
	page, err := os.ReadFile("../docs/checks.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range diagnose.Failures() {
		if !archiveName.MatchString(f.Name) || f.Title == "" || !strings.HasPrefix(f.Source, "https://") {
			t.Errorf("%s: got title %q, source %q", f.Name, f.Title, f.Source)
		}
		for _, link := range append(slices.Clone(f.Vague), f.Link) {
			if !slices.Contains(diagnose.Chain, link) {
				t.Errorf("%s: no link %q", f.Name, link)
			}
		}
		for _, id := range f.Rules {
			if !strings.Contains(string(page), `<a id="`+strings.ToLower(id)+`"></a>`) {
				t.Errorf("%s: docs/checks.md has no %s", f.Name, id)
			}
		}
		for _, seen := range f.Seen {
			if !place.MatchString(seen) {
				t.Errorf("%s: got %q, want OWNER/NAME#NUMBER or OWNER/NAME PATH", f.Name, seen)
			}
		}
		if f.Unless != strings.ToLower(f.Unless) {
			t.Errorf("%s: got %q, want lower case", f.Name, f.Unless)
		}
	}
}
