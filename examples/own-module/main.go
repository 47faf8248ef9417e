// Runners is keyless for the fleet of this module: "go run . synth" renders it to dist/, and
// verify, check and the other commands work as they do in a copy of keyless-runners.
package main

import (
	"example.com/runners/ci"

	"keyless-runners/cmd/commandline"
)

func main() {
	commandline.Main(commandline.Declaration{
		Declare:      ci.Fleet,
		File:         "ci/fleet.go",
		SynthCommand: "go run . synth",
	})
}
