package diff_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diff"
)

func TestDeployingComparesTextsThatAreNotYetFiles(t *testing.T) {
	const runner = "apiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\nmetadata: {name: old, namespace: ci}\n"
	before := map[string][]byte{
		"infra/a.yaml":             []byte(stack(resource("PoolOldRole", role, "RoleName: build"))),
		"manifests/one/build.yaml": []byte(runner),
	}
	after := map[string][]byte{"infra/a.yaml": []byte(stack(resource("PoolNewRole", role, "RoleName: build")))}
	found, err := diff.Deploying(before, after)
	if err != nil {
		t.Fatal(err)
	}
	want := []diff.Trouble{
		{
			Fails: true, Where: "infra/a.yaml", Things: []string{`role "build"`}, LogicalIDs: []string{"PoolNewRole"},
			Why: "the name is taken: its logical id changes, and CloudFormation creates the new one before it deletes the old one",
			Fix: "keep the logical id, or deploy once without the resource and then with it: jobs fail in between",
		},
		{
			Where: "manifests/one", Things: []string{"RunnerDeployment ci/old"},
			Why: "in no file any more; kubectl apply deletes nothing, and the runners go on taking jobs",
			Fix: "delete with kubectl, as shown below",
		},
	}
	if difference := cmp.Diff(want, found.Troubles); difference != "" {
		t.Errorf("troubles (-want +got):\n%s", difference)
	}
	if found, err := diff.Deploying(nil, after); err != nil || found.Troubles != nil {
		t.Errorf("from nothing: got %v, %v, want no trouble", found.Troubles, err)
	}
	if kubectl := found.Objects[0].Command(); kubectl != "kubectl delete runnerdeployment.actions.summerwind.dev -n ci old" {
		t.Errorf("got command %q", kubectl)
	}
}

func TestDeployingNamesAFileThatCannotBeRead(t *testing.T) {
	_, err := diff.Deploying(map[string][]byte{"infra/a.json": []byte("{\n<<<<<<< ours\n")}, nil)
	const want = "infra/a.json:2:1: not JSON: invalid character '<' looking for beginning of object key string"
	if err == nil || err.Error() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
}
