package rule

import (
	"fmt"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/finding"
)

// The runner's version.
var (
	oldRunner    = kind("KR166", finding.Error, "runner that GitHub refuses")
	latestRunner = kind("KR167", finding.Note, "runner of a version that nothing states")
)

// runnerVersions reports runners that are too old for GitHub, by their image's tag.
func runnerVersions(v View, report reporter) {
	for _, r := range v.Runners {
		if len(r.Containers) == 0 || !r.IsRunner() {
			continue
		}
		image := r.Containers[0].Image
		named := identity.RunnerImage(image.Value)
		if err := named.CheckVersion(updatesItself(v, r)); err != nil {
			report(oldRunner, image.Place, fmt.Sprintf("%s: %v", r.Quoted(), err), "use the image of the newest version, and renew it within 30 days of each release")
		}
		if named.Latest() {
			when, fix := "each Pod has the one that is newest when it starts", ""
			if policy := r.Containers[0].PullPolicy; policy.There && !policy.Is("Always") {
				when, fix = "which one runs depends on when a node pulled it", ", or set imagePullPolicy to Always"
			}
			report(latestRunner, image.Place, fmt.Sprintf("image %q of %s states no version, and GitHub refuses old ones: %s", image.Value, r.Quoted(), when),
				"pin the newest version's tag and let a bot renew it within 30 days of each release"+fix)
		}
	}
}

// updatesItself reports whether a runner that is too old may get a newer one first: those of
// scale sets are forbidden to by their controller (autoscalingrunnerset_controller.go,
// RunnerSetting).
func updatesItself(v View, r *chain.Runner) bool {
	return !r.ScaleSet && !v.Variable(r.Workload, &r.Containers[0], identity.EnvDisableRunnerUpdate).Is("true")
}
