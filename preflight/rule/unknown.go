package rule

import "keyless-runners/preflight/finding"

// What the files do not determine, by what is missing: a waiver of one hides no other.
var (
	notKnown          = kind("KR002", finding.Warning, "not enough information in the files")
	podUnknown        = notKnown
	roleUnknown       = notKnown
	trustUnknown      = notKnown
	principalUnknown  = notKnown
	permissionUnknown = notKnown
	runnerUnknown     = notKnown
	jobRoleUnknown    = notKnown
)
