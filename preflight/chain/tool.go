package chain

import (
	"path"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// searched are the folders in which the published images look for programs (ENV of runner/*.dockerfile of
// actions-runner-controller), and that of its scripts around jobs.
var searched = []string{"/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/home/runner/.local/bin", "/etc/arc/hooks"}

// LacksTool reports whether the runner certainly does not have a program that is in none of the published images
// (images/Dockerfile of actions/runner, and runner/*.dockerfile of actions-runner-controller), but for buildx, which
// GitHub's has.
func (c *Chains) LacksTool(w *facts.Workload, tool string) bool {
	if len(w.Containers) == 0 || c.HasUnknownEnvFrom(w) {
		return false
	}
	runner := &w.Containers[0]
	image := imageName(runner.Image)
	published := image == identity.ImageScaleSetRunner && tool != "docker buildx" || image == identity.ImageLegacyRunner ||
		strings.HasPrefix(image, identity.ImageLegacyRunner+"-") && tool != "docker buildx"
	return published && !runsMore(runner) && !slices.ContainsFunc(runner.Mounts, isSearched) &&
		!slices.ContainsFunc([]string{"PATH", "ACTIONS_RUNNER_HOOK_JOB_STARTED"}, func(name string) bool { return c.Variable(w, runner, name).There })
}

// runsMore reports whether a container may run something before its runner, or beside it.
func runsMore(runner *facts.Container) bool {
	words := slices.Concat(runner.Command, runner.Args)
	starts := func(word facts.Text) bool {
		return slices.Contains([]string{"run.sh", "entrypoint.sh", "startup.sh"}, path.Base(word.Value)) && !strings.Contains(word.Value, " ")
	}
	return runner.Beside.There || len(words) > 1 || len(words) == 1 && !starts(words[0])
}

// isSearched reports whether a volume may have programs that are found.
func isSearched(mount facts.Mount) bool {
	within := func(folder, of string) bool {
		return folder == of || strings.HasPrefix(folder, strings.TrimSuffix(of, "/")+"/")
	}
	at := path.Clean(mount.Path.Value)
	return mount.Path.Unknown != "" || slices.ContainsFunc(searched, func(folder string) bool { return within(folder, at) || within(at, folder) })
}
