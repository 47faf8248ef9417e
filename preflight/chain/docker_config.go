package chain

import (
	"fmt"
	"path"
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
)

// KeepsNoPassword says why an action's login can't keep its password in the runner's Docker configuration; "" if it may.
// Docker writes another file beside it and gives that the name (docker/cli, cli/config/configfile), which neither a Secret
// or ConfigMap allows, nor a file that is mounted.
func (c *Chains) KeepsNoPassword(w *facts.Workload, login facts.Login) string {
	if len(w.Containers) == 0 || !login.Action.There || login.Out {
		return ""
	}
	main := &w.Containers[0]
	folder := c.Variable(w, main, "DOCKER_CONFIG").Or(path.Join(runnersFolder, ".docker"))
	if login.Config.There {
		folder = login.Config
	}
	if !folder.Known() || !login.Config.There && !IsPublished(main.Image) {
		return ""
	}
	file := kubernetes.FileAt(facts.Pod{Volumes: w.Volumes, Containers: w.Containers}, main, path.Join(folder.Value, "config.json"))
	switch {
	case file.Mount == nil || file.Volume == nil:
		return ""
	case slices.Contains(readOnly, file.Volume.Type) && !file.Mount.SubPath.There:
		return fmt.Sprintf("volume %q is mounted at %q, and nothing can be written there", file.Mount.Volume, file.Mount.Path)
	case path.Base(file.Mount.Path.Value) == "config.json":
		return fmt.Sprintf("volume %q is mounted at %q, and a file that is mounted can't be replaced", file.Mount.Volume, file.Mount.Path)
	}
	return ""
}
