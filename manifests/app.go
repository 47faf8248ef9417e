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
//
// Each pool has an app of its own. What an app does for a chart takes the longer
// the more charts it has.
func Synth(f fleet.Fleet, outdir string) {
	for _, pool := range f.Pools {
		app := cdk8s.NewApp(&cdk8s.AppProps{
			Outdir:         jsii.String(filepath.Join(outdir, string(pool.Cluster.Name))),
			YamlOutputType: cdk8s.YamlOutputType_FILE_PER_CHART,
		})
		NewPool(app, pool)
		app.Synth()
	}
}
