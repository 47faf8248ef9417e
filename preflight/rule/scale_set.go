package rule

import "keyless-runners/preflight/finding"

// What GitHub's controller asks of a scale set, and the API server does not
// (actions-runner-controller 0.14.2, controllers/actions.github.com).
var (
	setDeleted        = kind("KR160", finding.Error, "scale set that its controller deletes")
	setVersionUnknown = kind("KR161", finding.Warning, "whether the controller deletes the scale set is not known")
	setUnversioned    = kind("KR168", finding.Note, "scale set without its controller's version")
	noRunnerContainer = kind("KR162", finding.Error, "scale set without a container \"runner\"")
	runnerRestarted   = kind("KR163", finding.Note, "runner of a scale set that starts again")
	noSignIn          = kind("KR164", finding.Error, "scale set that can't sign in to GitHub")
	minAboveMax       = kind("KR165", finding.Error, "scale set with more runners at least than at most")
)
