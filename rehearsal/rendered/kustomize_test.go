package rendered_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// Flux, Argo CD and "kubectl apply -k" take a cluster's folder through kustomize, which
// refuses an object that two files bring along.
func TestKustomizeBuildsTheFolderOfTheArticlesCluster(t *testing.T) {
	want := []string{
		"Namespace self-hosted-runners",
		"ServiceAccount self-hosted-runner-service-account",
		"RunnerDeployment runner-deployment",
	}
	if diff := cmp.Diff(want, kustomized(t, article+"/manifests/example")); diff != "" {
		t.Errorf("objects (-want +got):\n%s", diff)
	}
}

func TestKustomizeBuildsAClusterWith14PoolsInOneNamespace(t *testing.T) {
	count := map[string]int{}
	for _, object := range kustomized(t, "../../render/testdata/large/manifests/us") {
		kind, _, _ := strings.Cut(object, " ")
		count[kind]++
	}
	want := map[string]int{"Namespace": 1, "ServiceAccount": 14, "RunnerDeployment": 14, "HorizontalRunnerAutoscaler": 1}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Errorf("objects of each kind (-want +got):\n%s", diff)
	}
}

// kustomized are the objects that "kustomize build" makes of a folder, in its order.
func kustomized(t *testing.T, folder string) []string {
	t.Helper()
	built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), folder)
	if err != nil {
		t.Fatal(err)
	}
	var objects []string
	for _, id := range built.AllIds() {
		objects = append(objects, id.Kind+" "+id.Name)
	}
	return objects
}
