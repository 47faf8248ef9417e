package adopt_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/adopt"
	"keyless-runners/examples"
	"keyless-runners/fleet"
)

func adopted(t *testing.T, paths ...string) adopt.Result {
	t.Helper()
	found, err := adopt.Read(paths)
	if err != nil {
		t.Fatal(err)
	}
	result, err := found.Adopt()
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// sorted is the fleet in an order that does not matter to what is rendered.
func sorted(f fleet.Fleet) fleet.Fleet {
	f.Clusters, f.ImageRepositories = slices.Clone(f.Clusters), slices.Clone(f.ImageRepositories)
	f.Pools, f.NamespaceSettings = slices.Clone(f.Pools), slices.Clone(f.NamespaceSettings)
	slices.SortFunc(f.Clusters, func(a, b fleet.Cluster) int { return strings.Compare(string(a.Name), string(b.Name)) })
	slices.SortFunc(f.ImageRepositories, func(a, b fleet.ImageRepository) int {
		return strings.Compare(a.ID().String(), b.ID().String())
	})
	slices.SortFunc(f.Pools, func(a, b fleet.Pool) int { return strings.Compare(string(a.Name), string(b.Name)) })
	slices.SortFunc(f.NamespaceSettings, func(a, b fleet.NamespaceSettings) int {
		return strings.Compare(string(a.Cluster.Name+"/")+string(a.Name), string(b.Cluster.Name+"/")+string(b.Name))
	})
	return f
}

// same compares values as they are rendered: "1" and "1000m" are one quantity, and what is empty
// is not there.
var same = cmp.Options{
	cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b fleet.Way) bool { return cmpWay(a) == cmpWay(b) }),
	cmp.Comparer(func(a, b resource.Quantity) bool { return a.Cmp(b) == 0 }),
}

func cmpWay(way fleet.Way) fleet.Way { return fleet.Pool{Way: way}.WayOrDefault() }

func TestAFleetThatIsRenderedIsFoundAgain(t *testing.T) {
	declared, err := fleet.Declared()
	if err != nil {
		t.Fatal(err)
	}
	all := append(examples.All(), examples.Example{Name: "../dist", Fleet: declared})
	for _, example := range all {
		t.Run(example.Name, func(t *testing.T) {
			result := adopted(t, "../examples/"+example.Name)
			if diff := cmp.Diff(sorted(example.Fleet), sorted(result.Fleet), same); diff != "" {
				t.Errorf("-declared +found:\n%s", diff)
			}
			for _, question := range result.Questions {
				t.Errorf("question: %v", question)
			}
		})
	}
}
