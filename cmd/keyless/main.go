// Keyless is the project's command line. It renders the fleet to dist/, reports
// whether dist/ is what the fleet renders to, and proves from it, or from files that
// others wrote, that jobs can push and that no one else can.
package main

import (
	"keyless-runners/cmd/commandline"
	"keyless-runners/cmd/internal/entry"
)

func main() { commandline.Main(entry.Own()) }
