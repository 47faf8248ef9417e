package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"keyless-runners/fleet"
)

// twin is the TypeScript CDK app and cdk8s app that render the same fleet, compiled
// (make .build/twin).
type twin struct {
	// node is the Node.js that runs both, lib the folder of the compiled apps.
	node, lib string
}

// handOver writes the fleet as the twin reads it.
func handOver(f fleet.Fleet, file string) error {
	content, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}

// command renders the fleet in the file to an empty folder, with both apps at once, as
// keyless does: one after the other takes them longer.
func (t twin) command(file, folder string) command {
	return command{
		dir: folder,
		processes: [][]string{
			{t.node, filepath.Join(t.lib, "cdk.js"), file, filepath.Join(folder, "infra")},
			{t.node, filepath.Join(t.lib, "cdk8s.js"), file, filepath.Join(folder, "manifests"), filepath.Join(folder, "workflows")},
		},
		before: func() error { return errors.Join(os.RemoveAll(folder), os.Mkdir(folder, 0o755)) },
	}
}
