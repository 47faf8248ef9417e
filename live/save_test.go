package live_test

import (
	"io/fs"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight"
)

func TestWhatIsSavedIsReadAsFiles(t *testing.T) {
	reading, folder := start(t).read(t), t.TempDir()+"/saved"
	if err := reading.Save(folder); err != nil {
		t.Fatal(err)
	}
	var files []string
	if err := fs.WalkDir(os.DirFS(folder), ".", func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, file)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"ecr/111122223333/us-east-1/registry-policy.json", "ecr/111122223333/us-east-1/repositories.json",
		"eks/prod/addon-eks-pod-identity-agent.json", "eks/prod/association-a-1.json", "eks/prod/cluster.json", "eks/prod/fargate-profile-fp.json",
		"eks/prod/pods.json", "eks/prod/serviceaccounts.json",
		"iam/111122223333/account-summary.json", "iam/111122223333/open-id-connect-providers.json", "iam/111122223333/roles-and-policies.json", "iam/111122223333/users-and-groups.json",
		"organizations/111122223333/p-1.json",
	}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	fromFiles, _, err := preflight.Read(preflight.Input{Paths: []string{folder}})
	if err != nil || len(fromFiles.Roles) != 1 || len(fromFiles.Workloads) != 1 || len(fromFiles.PodIdentityAssociations) != 1 {
		t.Errorf("the files are read as %+v, %v", fromFiles, err)
	}
}

// Files of someone else are not touched.
func TestNothingIsSavedAmongOtherFiles(t *testing.T) {
	reading, folder := start(t).read(t), t.TempDir()
	if err := os.WriteFile(folder+"/mine", []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := reading.Save(folder); err == nil || err.Error() != folder+": the folder is not empty; want a new one" {
		t.Errorf("got %v", err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 || !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == "mine" }) {
		t.Errorf("got %v, %v", entries, err)
	}
}
