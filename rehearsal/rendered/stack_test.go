package rendered_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/rehearsal/rendered"
)

func TestStackIsWhereItsOutputsAre(t *testing.T) {
	const example = "../../examples/"
	for folder, want := range map[string][]rendered.Stack{
		"cache": {
			{Name: "base-images-eu", File: example + "cache/infra/base-images-eu.template.json", Account: "444455556666", Region: "eu-central-1"},
			{Name: "base-images-us", File: example + "cache/infra/base-images-us.template.json", Account: "444455556666", Region: "us-east-1"},
			{Name: "runners", File: example + "cache/infra/runners.template.json", Account: "111122223333", Region: "us-east-1"},
		},
		"blue-green": {
			{Name: "blue", File: example + "blue-green/infra/blue.template.json", Account: "111122223333", Region: "us-east-1"},
			{Name: "green", File: example + "blue-green/infra/green.template.json", Account: "111122223333", Region: "us-east-1"},
			{Name: "runners", File: example + "blue-green/infra/runners.template.json", Account: "111122223333", Region: "us-east-1"},
		},
		"pod-identity": {{Name: "runners", File: example + "pod-identity/infra/runners.template.json", Account: "111122223333", Region: "eu-central-1"}},
	} {
		got, err := rendered.Fleet{Folder: example + folder}.Stacks()
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("stacks of %s, with error %v (-want +got):\n%s", folder, err, diff)
		}
	}
}

func TestTemplateThatPutsNothingOutIsNowhere(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "infra"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "infra", "a.template.json"), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := (rendered.Fleet{Folder: folder}).Stacks(); err == nil || !strings.HasSuffix(err.Error(), "nothing that it puts out names its account and region") {
		t.Errorf("got error %v", err)
	}
}
