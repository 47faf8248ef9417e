package cdk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAssemblyIsWhatWasReviewed(t *testing.T) {
	if err := assembly.Compare(top + "/dist/infra"); err != nil {
		t.Error(err)
	}
	reviewed, err := os.ReadFile(assembly.Stacks[0].Template)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		promise string
		files   map[string]string
		want    string
	}{
		{"a template that was changed", map[string]string{"keyless-runners.template.json": strings.Replace(string(reviewed), "my-app", "my-api", 1)},
			`FOLDER/keyless-runners.template.json is not what the app renders: run "make synth"`},
		{"a template that is missing", nil,
			"open FOLDER/keyless-runners.template.json: no such file or directory"},
		{"a template too many", map[string]string{"keyless-runners.template.json": string(reviewed), "other.template.json": "{}"},
			`FOLDER/other.template.json is of no stack of the app: run "make synth"`},
	} {
		t.Run(c.promise, func(t *testing.T) {
			folder := t.TempDir()
			for name, text := range c.files {
				if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			err := assembly.Compare(folder)
			if want := strings.ReplaceAll(c.want, "FOLDER", folder); err == nil || err.Error() != want {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		})
	}
}
