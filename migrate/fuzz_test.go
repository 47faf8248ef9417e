package migrate

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Whatever a workflow is, the migration ends, makes what can be read, and has nothing to do in a
// second run.
func FuzzMigrate(f *testing.F) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		f.Fatal(names, err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(string(file.Data))
		}
	}
	cluster := fleet.Cluster{Account: "111122223333", Region: "us-east-1"}
	app := fleet.ImageRepository{Name: "my-app", Account: cluster.Account, Region: cluster.Region}
	pools := fleet.Fleet{Pools: []fleet.Pool{{
		Name: "push", Cluster: cluster, Way: fleet.WayPodIdentity, Scope: fleet.Scope{Organization: "octo-org"},
		Labels: []identity.RunnerLabel{"push"}, PushesTo: []fleet.ImageRepository{app},
	}}}
	f.Fuzz(func(t *testing.T, content string) {
		r := Repository{Folder: "my-app", Name: "octo-org/my-app", files: map[string][]byte{".github/workflows/a.yml": []byte(content)}}
		result, err := r.Migrate(pools)
		if err != nil {
			return
		}
		result.Patch()
		for _, change := range result.Changes {
			r.files[change.Path] = change.After
		}
		again, err := r.Migrate(pools)
		if err != nil || len(again.Changes) > 0 {
			t.Errorf("a second run: %v\n%s", err, again.Patch())
		}
	})
}
