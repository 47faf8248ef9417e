package cloudformation_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// at is a deployment that everything is known of.
var at = cloudformation.Settings{Account: "111122223333", Region: "us-east-1"}

// read returns the facts of a template that has to be recognized.
func read(t *testing.T, file, text string, settings cloudformation.Settings) facts.Facts {
	t.Helper()
	roots, err := source.Parse(file, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(roots) != 1 || !cloudformation.Recognize(roots[0]) {
		t.Fatalf("%s: got %d documents, want one that is recognized as a template", file, len(roots))
	}
	return cloudformation.Read(roots[0], len(text), settings)
}

func readFile(t *testing.T, file string, settings cloudformation.Settings) facts.Facts {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, filepath.Base(file), string(text), settings)
}

// spell writes a fact as the tables have it: the value, "unknown: WHY" or "not
// there".
func spell(text facts.Text) string {
	switch {
	case !text.There:
		return "not there"
	case text.Unknown != "":
		return "unknown: " + text.Unknown
	}
	return text.Value
}

func spellAll(texts []facts.Text) string {
	var spelled []string
	for _, text := range texts {
		spelled = append(spelled, spell(text))
	}
	return strings.Join(spelled, " | ")
}

// wantText compares a fact with its spelling.
func wantText(t *testing.T, what string, got facts.Text, want string) {
	t.Helper()
	if spell(got) != want {
		t.Errorf("%s:\ngot  %s\nwant %s", what, spell(got), want)
	}
}

func wantTexts(t *testing.T, what string, got []facts.Text, want string) {
	t.Helper()
	if spellAll(got) != want {
		t.Errorf("%s:\ngot  %s\nwant %s", what, spellAll(got), want)
	}
}

// wantDocument wants a document of which everything is known.
func wantDocument(t *testing.T, what string, got facts.Document, want string) {
	t.Helper()
	switch {
	case !got.There || got.Unknown != "" || got.Problem != nil || got.Maybe != nil:
		t.Errorf("%s: got there %t, unknown %q, problem %+v, maybe %+v; want a document that is known", what, got.There, got.Unknown, got.Problem, got.Maybe)
	case string(got.Policy.JSON()) != want:
		t.Errorf("%s:\ngot  %s\nwant %s", what, got.Policy.JSON(), want)
	}
}

// wantLine wants a place in the file.
func wantLine(t *testing.T, what string, got source.Place, file, lineOf string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, _, found := strings.Cut(string(text), lineOf)
	if line := strings.Count(before, "\n") + 1; !found || got.Line != line || got.File != filepath.Base(file) {
		t.Errorf("%s: got %s, want line %d of %s", what, got, line, file)
	}
}

func FuzzReadEndsWithFacts(f *testing.F) {
	for _, pattern := range []string{"testdata/*.*", "../../render/testdata/*/infra/*.json"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("%s: got %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text), "111122223333", "us-east-1")
			f.Add(string(text), "", "")
		}
	}
	for _, form := range functions {
		f.Add(strings.Replace(inYAML, "EXPRESSION", form.yaml, 1), "", "")
		f.Add(strings.Replace(inJSON, "EXPRESSION", form.json, 1), "111122223333", "cn-north-1")
	}
	for _, text := range hostile {
		f.Add(text, "", "")
	}
	f.Fuzz(func(t *testing.T, text, account, region string) {
		roots, err := source.Parse("f", []byte(text))
		if wrong := (*source.Error)(nil); errors.As(err, &wrong) {
			return
		}
		for _, root := range roots {
			cloudformation.Recognize(root)
			found := cloudformation.Read(root, len(text), cloudformation.Settings{})
			told := cloudformation.Read(root, len(text), cloudformation.Settings{
				Account: "111122223333", Region: "us-east-1", Parameters: map[string]string{"P": account, "Q": region},
			})
			if len(found.Templates) != 1 || len(told.Templates) != 1 {
				t.Errorf("got %d and %d templates, want 1", len(found.Templates), len(told.Templates))
			}
			wantSensible(t, found)
			wantSensible(t, told)
		}
	})
}

// wantSensible wants every text to be known, unknown for a reason, or not there.
func wantSensible(t *testing.T, found facts.Facts) {
	t.Helper()
	var texts []facts.Text
	for _, template := range found.Templates {
		texts = append(texts, template.Account, template.Region)
	}
	for _, role := range found.Roles {
		texts = append(texts, role.Name, role.Path, role.Account, role.Partition, role.Boundary)
		texts = append(texts, role.Attached...)
		if !role.Name.There || !role.Path.There || !role.Account.There || !role.Partition.There {
			t.Errorf("role %q: got a name, path, account or partition that is not there", role.LogicalID)
		}
	}
	for _, policy := range found.ManagedPolicies {
		texts = append(texts, policy.Name, policy.Path, policy.ARN)
	}
	for _, text := range texts {
		if text.Value != "" && (text.Unknown != "" || !text.There) || text.Unknown != "" && !text.There {
			t.Errorf("got %+v, want a value, a reason or nothing", text)
		}
	}
}
