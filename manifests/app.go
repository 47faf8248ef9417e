package manifests

import (
	"path/filepath"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
)

// Synth writes the manifests of a checked fleet to outdir, one file for each
// pool, "CLUSTER/POOL.k8s.yaml". It panics, as all of jsii does, where jsii
// fails.
func Synth(f fleet.Fleet, outdir string) {
	for _, app := range NewApps(f, outdir) {
		app.Synth()
	}
}

// NewApps defines one app for each cluster of a checked fleet, with a folder of
// its own in outdir.
func NewApps(f fleet.Fleet, outdir string) []cdk8s.App {
	var apps []cdk8s.App
	for _, cluster := range f.Clusters {
		app := cdk8s.NewApp(&cdk8s.AppProps{
			Outdir:         jsii.String(filepath.Join(outdir, string(cluster.Name))),
			YamlOutputType: cdk8s.YamlOutputType_FILE_PER_CHART,
		})
		for _, pool := range f.Pools {
			if pool.Cluster == cluster {
				NewPool(app, pool)
			}
		}
		apps = append(apps, app)
	}
	return apps
}
