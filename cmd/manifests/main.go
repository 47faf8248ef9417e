// Manifests is the app of cdk8s.yaml: it renders the fleet as Kubernetes YAML.
package main

import (
	"keyless-runners/cmd/internal/entry"
	"keyless-runners/manifests"
)

func main() {
	entry.Run(entry.Own().App("CDK8S_OUTDIR", "cdk8s.out", manifests.Synth))
}
