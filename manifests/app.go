package manifests

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// chartsPerApp is the number of charts that share an app. The more charts an app has, the
// longer it takes for each, and every app costs some calls.
const chartsPerApp = 10

// Synth writes the manifests of a fleet to outdir: a file for each namespace
// and one for each pool, named as in dist/manifests/. It panics, as everything that uses
// jsii does, if jsii fails or a file cannot be written.
func Synth(f fleet.Checked, outdir string) {
	charts := chartsOf(f.Fleet())
	for _, cluster := range slices.Sorted(maps.Keys(charts)) {
		for few := range slices.Chunk(charts[cluster], chartsPerApp) {
			synth(few, filepath.Join(outdir, string(cluster)))
		}
	}
}

// chart renders one file.
type chart struct {
	// path is the file's path below dist/.
	path   string
	define func(scope constructs.Construct)
}

func chartsOf(f fleet.Fleet) map[identity.ClusterName][]chart {
	charts := map[identity.ClusterName][]chart{}
	for _, n := range f.Namespaces() {
		if !n.HasFile() {
			continue
		}
		charts[n.Cluster] = append(charts[n.Cluster], chart{n.ManifestPath(), func(scope constructs.Construct) { newNamespace(scope, n) }})
	}
	for p := range f.PoolsInClusters() {
		charts[p.Cluster.Name] = append(charts[p.Cluster.Name], chart{p.ManifestPath(), func(scope constructs.Construct) { newPool(scope, p) }})
	}
	return charts
}

func synth(charts []chart, outdir string) {
	app := cdk8s.NewApp(&cdk8s.AppProps{
		Outdir:         jsii.String(outdir),
		YamlOutputType: cdk8s.YamlOutputType_FILE_PER_CHART,
	})
	for _, c := range charts {
		c.define(app)
	}
	app.Synth()
	for _, c := range charts {
		if err := mark(filepath.Join(outdir, path.Base(c.path)), c.path); err != nil {
			panic(err)
		}
	}
}

// mark begins a file with the sentence by which it is known, which cdk8s cannot write:
// its YAML has no comments.
func mark(file, path string) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, append([]byte("# "+fleet.Mark(path)+"\n"), content...), 0o644)
}

// newChart defines a chart that cdk8s writes to the file of that path: its name is the
// chart's id and ".k8s.yaml".
func newChart(scope constructs.Construct, file string) cdk8s.Chart {
	id := strings.TrimSuffix(path.Base(file), ".k8s.yaml")
	return cdk8s.NewChart(scope, jsii.String(id), &cdk8s.ChartProps{DisableResourceNameHashes: jsii.Bool(true)})
}
