package manifests

import "keyless-runners/fleet"

// Synth writes the manifests of a checked fleet to outdir, one file for each
// pool, "CLUSTER/POOL.k8s.yaml". It panics, as all of jsii does, where jsii
// fails.
func Synth(f fleet.Fleet, outdir string) error {
	for _, app := range NewApps(f, outdir) {
		app.Synth()
	}
	return nil
}
