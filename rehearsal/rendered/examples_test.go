package rendered_test

import (
	"path/filepath"
	"testing"
)

// Each cluster's folder of every example is one that kustomize builds.
func TestKustomizeBuildsEveryExample(t *testing.T) {
	folders, err := filepath.Glob("../../examples/*/manifests/*")
	if err != nil || len(folders) < 15 {
		t.Fatalf("got %d clusters of examples, %v, want at least 15", len(folders), err)
	}
	for _, folder := range folders {
		objects := kustomized(t, folder)
		if len(objects) < 2 {
			t.Errorf("%s: got %q, want at least a ServiceAccount and what makes runners", folder, objects)
		}
	}
}
