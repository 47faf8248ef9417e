package render

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Ten files of a user's own, among them a copy of a rendered file under another name
// and one with the labels of rendered objects.
func ownFiles() Files {
	return Files{
		"README.md":                            []byte("what is here\n"),
		"infra/bootstrap.template.json":        []byte("{\"Resources\": {}}\n"),
		"infra/keyless-runners.parameters":     []byte("a=b\n"),
		"manifests/example/quota.k8s.yaml":     []byte("kind: ResourceQuota\nmetadata:\n  labels:\n    app.kubernetes.io/managed-by: keyless-runners\n"),
		"manifests/example/quota.yaml":         []byte("kind: ResourceQuota\n"),
		"manifests/example/copy.k8s.yaml":      []byte("# Rendered by keyless-runners to dist/manifests/example/build.k8s.yaml. Change the fleet, not this file.\nkind: ServiceAccount\n"),
		"manifests/retired/build.k8s.yaml":     []byte("# Rendered by keyless-runners to dist/manifests/example/build.k8s.yaml. Change the fleet, not this file.\n"),
		"workflows/deploy.yaml":                []byte("on: push\n"),
		"workflows/push-mine.yaml":             []byte("# Rendered by keyless-runners for pool build. Change the fleet, not this file.\non: push\n"),
		"workflows/.github/workflows/lint.yml": []byte("on: push\n"),
	}
}

func TestFilesOfOthersAreNeverTouched(t *testing.T) {
	const template, pool, workflow = "infra/keyless-runners.template.json", "manifests/example/build.k8s.yaml", "workflows/push-build.yaml"
	for name, after := range map[string]Files{
		"nothing changes":            {template: []byte("1"), pool: []byte("2"), workflow: []byte("3")},
		"a file changes":             {template: []byte("1"), pool: []byte("2"), workflow: []byte("changed")},
		"all files change":           {template: []byte("2"), pool: []byte("3"), workflow: []byte("1")},
		"a file goes":                {template: []byte("1"), pool: []byte("2")},
		"a folder's only file goes":  {pool: []byte("2"), workflow: []byte("3")},
		"a file comes":               {template: []byte("1"), pool: []byte("2"), workflow: []byte("3"), "workflows/push-other.yaml": []byte("4")},
		"a folder comes":             {template: []byte("1"), pool: []byte("2"), workflow: []byte("3"), "manifests/other/a.k8s.yaml": []byte("4")},
		"a pool is renamed":          {template: []byte("1"), "manifests/example/web.k8s.yaml": []byte("2"), "workflows/push-web.yaml": []byte("3")},
		"a cluster is renamed":       {template: []byte("1"), "manifests/other/build.k8s.yaml": []byte("2"), workflow: []byte("3")},
		"everything goes":            {},
		"a stack is renamed":         {"infra/runners.template.json": []byte("1"), pool: []byte("2"), workflow: []byte("3")},
		"everything goes and others": {"infra/other.template.json": []byte("1"), "manifests/prod/web.k8s.yaml": []byte("2"), "workflows/push-web.yaml": []byte("3")},
	} {
		before := marked(Files{template: []byte("1"), pool: []byte("2"), workflow: []byte("3")})
		maps.Copy(before, ownFiles())
		dist := write(t, before)
		marked(after)
		if err := Compare(before, after).Apply(write(t, after), dist); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := ownFiles()
		maps.Copy(want, after)
		if diff := cmp.Diff(want, read(t, dist)); diff != "" {
			t.Errorf("%s: dist (-want +got):\n%s", name, diff)
		}
	}
}

func TestFileInTheWayIsNamedAndNothingIsWritten(t *testing.T) {
	for name, test := range map[string]struct {
		own  Files
		want string
	}{
		"one": {
			Files{"workflows/push-build.yaml": []byte("on: push\n")},
			"dist/workflows/push-build.yaml is in the way: a rendered file of this name has to be there, and this one was not rendered; nothing was written\n" +
				"move it elsewhere, or remove it if it is not needed, and run the command again",
		},
		"two, one of them a copy of another file": {
			Files{
				"infra/a.template.json":     []byte("{}\n"),
				"workflows/push-build.yaml": []byte("# Rendered by keyless-runners to dist/workflows/push-web.yaml. Change the fleet, not this file.\n"),
			},
			"2 files are in the way: rendered files of these names have to be there, and these were not rendered; nothing was written:\n" +
				"  dist/infra/a.template.json\n  dist/workflows/push-build.yaml\n" +
				"move them elsewhere, or remove them if they are not needed, and run the command again",
		},
	} {
		after := marked(Files{"infra/a.template.json": []byte("1"), "manifests/example/build.k8s.yaml": []byte("2"), "workflows/push-build.yaml": []byte("3")})
		dist := write(t, test.own)
		err := Compare(test.own, after).Apply(write(t, after), dist)
		if err == nil || strings.ReplaceAll(err.Error(), dist, "dist") != test.want {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		}
		if diff := cmp.Diff(test.own, read(t, dist)); diff != "" {
			t.Errorf("%s: dist (-before +after):\n%s", name, diff)
		}
	}
}

func TestFileBehindALinkedFolderIsInTheWay(t *testing.T) {
	const path = "manifests/example/build.k8s.yaml"
	dist, linked := t.TempDir(), write(t, Files{"example/build.k8s.yaml": []byte("mine\n")})
	if err := os.Symlink(linked, filepath.Join(dist, "manifests")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(linked, "example/web.k8s.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := Compare(nil, marked(Files{"manifests/example/web.k8s.yaml": []byte("1")})).Apply(t.TempDir(), dist); err == nil {
		t.Errorf("got no error, want one about a link that leads nowhere")
	}
	after := marked(Files{path: []byte("1")})
	if err := Compare(read(t, dist), after).Apply(write(t, after), dist); err == nil {
		t.Errorf("got no error, want one about %s", path)
	}
	if diff := cmp.Diff(Files{"example/build.k8s.yaml": []byte("mine\n")}, read(t, linked)); diff != "" {
		t.Errorf("the linked folder (-before +after):\n%s", diff)
	}
}

func TestFilesOfVersion01AreReplacedAndNotRemoved(t *testing.T) {
	before := Files{
		"infra/a.template.json":            []byte("{\n       \"Key\": \"managed-by\",\n       \"Value\": \"keyless-runners\"\n}\n"),
		"manifests/example/build.k8s.yaml": []byte("kind: ServiceAccount\nmetadata:\n  labels:\n    app.kubernetes.io/managed-by: keyless-runners\n"),
		"workflows/push-build.yaml":        []byte("# Rendered by keyless-runners for pool build. Change the fleet, not this file.\n"),
		"workflows/push-gone.yaml":         []byte("# Rendered by keyless-runners for pool gone. Change the fleet, not this file.\n"),
	}
	after := marked(Files{"infra/a.template.json": []byte("1"), "manifests/example/build.k8s.yaml": []byte("2"), "workflows/push-build.yaml": []byte("3")})
	dist := write(t, before)
	if err := Compare(before, after).Apply(write(t, after), dist); err != nil {
		t.Fatal(err)
	}
	want := maps.Clone(after)
	want["workflows/push-gone.yaml"] = before["workflows/push-gone.yaml"]
	if diff := cmp.Diff(want, read(t, dist)); diff != "" {
		t.Errorf("dist (-want +got):\n%s", diff)
	}
}

// A merge that is not finished leaves both sides of the file, and its mark.
func TestFileWithConflictMarkersIsRendered(t *testing.T) {
	const path = "workflows/push-build.yaml"
	content := []byte("<<<<<<< HEAD\n# Rendered by keyless-runners to dist/" + path + ". Change the fleet, not this file.\n=======\non: push\n>>>>>>> web\n")
	if !isRendered(path, content) {
		t.Errorf("got a file of somebody else's, want a rendered one:\n%s", content)
	}
}
