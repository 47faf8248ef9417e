package rule

import (
	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/finding"
)

// Whether the Pods have a runner.
var (
	noCommand    = kind("KR203", finding.Error, "runner that its container does not start")
	startUnknown = kind("KR196", finding.Warning, "whether the container starts a runner is not known")
	otherSystem  = kind("KR197", finding.Error, "Pod for nodes on which its image does not run")
	oneJob       = kind("KR198", finding.Warning, "runner that takes one job")
)

// runnersStarted reports Pods in which no runner starts, and runners that nothing makes again.
func runnersStarted(v View, report reporter) {
	for _, r := range v.Runners {
		for _, cause := range r.Causes {
			switch reason := cause.Reason.(type) {
			case chain.StartsNoRunner:
				report(noCommand, cause.Place, reason.Text(), startRunner(reason))
			case chain.StartUnknown:
				report(startUnknown, cause.Place, reason.Text(), "start the runner as its image does, or waive this with what starts it")
			case chain.OtherSystem:
				report(otherSystem, cause.Place, reason.Text(), "take the node selector for Windows out")
			}
		}
		if r.Once {
			report(oneJob, r.Place, r.Quoted()+" takes one job and is not made again", "make it a RunnerDeployment, which makes another one for each job")
		}
	}
}

func startRunner(s chain.StartsNoRunner) string {
	switch {
	case s.Other && s.ScaleSet:
		return "use the image " + identity.ImageScaleSetRunner
	case s.Other:
		return "use the image " + identity.ImageLegacyRunner + ", and leave command and args out"
	case s.ScaleSet:
		return `write command: ["/home/runner/run.sh"]`
	}
	return "leave command and args out"
}
