package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
)

// What the project renders of these fleets is in render's golden files, which
// another test compares.
func TestTwinRendersTheSameArtefacts(t *testing.T) {
	for name, f := range map[string]fleet.Fleet{"article": fleettest.Article(), "large": fleettest.Large()} {
		want, err := meanings(filepath.Join("../render/testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, twinOf(t, f)); diff != "" {
			t.Errorf("%s fleet (-ours +twin):\n%s", name, diff)
		}
	}
}

func twinOf(t *testing.T, f fleet.Fleet) map[string][]any {
	t.Helper()
	file := filepath.Join(t.TempDir(), "fleet.json")
	if err := handOver(f, file); err != nil {
		t.Fatal(err)
	}
	// The go command takes an old result again unless a file that the test itself
	// looked at has changed.
	for _, pattern := range []string{"twin/lib/*.js", "twin/node_modules/.package-lock.json"} {
		compiled, err := filepath.Glob(pattern)
		if err != nil || compiled == nil {
			t.Fatalf("no %s; \"make test\" compiles the twin first", pattern)
		}
		for _, file := range compiled {
			if _, err := os.Stat(file); err != nil {
				t.Fatal(err)
			}
		}
	}
	repository, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	command := twin{filepath.Join(repository, "node_modules/.bin/node"), filepath.Join(repository, "bench/twin/lib")}.command(file, filepath.Join(t.TempDir(), "out"))
	// Whether the templates are valid is asked of ours, which have to mean the same.
	command.env = append(command.env, "CDK_VALIDATION=false")
	if _, err := command.run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	files, err := meanings(command.dir)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A race is fair only if a difference would be seen.
func TestDifferencesOfMeaningAreSeen(t *testing.T) {
	const template = `{"Resources": {"A": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "r", "Path": "/", "ManagedPolicyArns": [{"Ref": "B"}]}},
		"B": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"ManagedPolicyName": "p"}}}, "Outputs": {"C": {"Description": "d", "Value": "v"}}}`
	for name, test := range map[string]struct {
		old, new string
		same     bool
	}{
		"another logical id":                     {`"A"`, `"Z"`, true},
		"another logical id, and its reference":  {`"B"`, `"Z"`, true},
		"the default path, left out":             {`"Path": "/", `, ``, true},
		"an id of an output":                     {`"C"`, `"Z"`, true},
		"another name":                           {`"r"`, `"s"`, false},
		"another path":                           {`"Path": "/"`, `"Path": "/x/"`, false},
		"another value of an output":             {`"v"`, `"w"`, false},
		"a reference to what is not there":       {`{"Ref": "B"}`, `{"Ref": "Z"}`, false},
		"a property more":                        {`"RoleName"`, `"Description": "x", "RoleName"`, false},
		"a condition beside resources (Outputs)": {`"Outputs"`, `"Conditions": {}, "Outputs"`, false},
	} {
		changed := strings.ReplaceAll(template, test.old, test.new)
		if got := cmp.Equal(said(t, template), said(t, changed)); got != test.same {
			t.Errorf("%s: got the same meaning %t, want %t", name, got, test.same)
		}
	}
}

func said(t *testing.T, template string) map[string][]any {
	t.Helper()
	folder := t.TempDir()
	if err := write(folder, "a.template.json", []byte(template)); err != nil {
		t.Fatal(err)
	}
	files, err := meanings(folder)
	if err != nil {
		t.Fatal(err)
	}
	return files
}
