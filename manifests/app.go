package manifests

import (
	"maps"
	"path/filepath"
	"slices"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// poolsPerApp is the number of pools that share an app. What an app does for a chart
// takes the longer the more charts it has, and every app takes calls of its own.
const poolsPerApp = 10

// Synth writes the manifests of a checked fleet to outdir, one file for each
// pool, "CLUSTER/POOL.k8s.yaml". It panics, as all of jsii does, where jsii
// fails.
func Synth(f fleet.Fleet, outdir string) {
	pools := map[identity.ClusterName][]fleet.Pool{}
	for _, pool := range f.Pools {
		pools[pool.Cluster.Name] = append(pools[pool.Cluster.Name], pool)
	}
	for _, cluster := range slices.Sorted(maps.Keys(pools)) {
		for few := range slices.Chunk(pools[cluster], poolsPerApp) {
			synth(few, filepath.Join(outdir, string(cluster)))
		}
	}
}

func synth(pools []fleet.Pool, outdir string) {
	app := cdk8s.NewApp(&cdk8s.AppProps{
		Outdir:         jsii.String(outdir),
		YamlOutputType: cdk8s.YamlOutputType_FILE_PER_CHART,
	})
	for _, pool := range pools {
		NewPool(app, pool)
	}
	app.Synth()
}
