package manifests

import (
	"path/filepath"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
)

// NewApps defines one app for each cluster of a checked fleet. Synth writes the
// app's files, one for each pool, to the cluster's folder in outdir.
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
