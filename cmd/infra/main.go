// Infra is the app of cdk.json: it renders the fleet as CloudFormation.
package main

import (
	"keyless-runners/cmd/internal/entry"
	"keyless-runners/infra"
)

func main() {
	entry.Run(entry.Own().App("CDK_OUTDIR", "cdk.out", infra.Synth))
}
