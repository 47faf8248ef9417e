package rule

import (
	"slices"
	"strings"

	"keyless-runners/preflight/finding"
)

// What the files do not determine, by what is missing: a waiver of one hides no other.
var (
	notKnown          = kind("KR002", finding.Warning, "not enough information in the files")
	podUnknown        = kind("KR128", finding.Warning, "whether the Pods get the role's token is not known")
	roleUnknown       = kind("KR129", finding.Warning, "which role the ServiceAccount has is not known")
	trustUnknown      = kind("KR130", finding.Warning, "whether the trust policy lets the Pods in is not known")
	principalUnknown  = kind("KR131", finding.Warning, "who else can take the role is not known")
	permissionUnknown = kind("KR132", finding.Warning, "whether the role may push is not known")
	runnerUnknown     = kind("KR133", finding.Warning, "which runner takes the job is not known")
	jobRoleUnknown    = kind("KR134", finding.Warning, "job goes on to a role that is not looked at")
)

// askedFor returns what a reason itself asks for behind its semicolon, "" if it asks for nothing.
func askedFor(why string) string {
	_, next, _ := strings.Cut(why, "; ")
	if slices.Contains([]string{"add", "give", "set", "state", "write"}, strings.SplitN(next, " ", 2)[0]) {
		return next
	}
	return ""
}

// whereFrom says how to make known what a reason says is not: by what the reason asks for, or by what
// shows it once it is made.
func whereFrom(why string) string {
	if asked := askedFor(why); asked != "" {
		return asked
	}
	switch {
	case strings.HasSuffix(why, " is known after apply"):
		return `apply what it refers to first (terraform apply -target=ADDRESS) and plan again, or check what "terraform show -json" prints after apply`
	case strings.HasSuffix(why, " is known only at deployment"):
		return `check what "aws iam get-account-authorization-details" prints after deployment (--iam FILE)`
	case strings.HasSuffix(why, " is another stack's output"):
		return "add the template of the stack that exports it"
	case strings.Contains(why, ":iam::aws:policy/"):
		return `add what "aws iam get-account-authorization-details" prints without --filter (--iam FILE), which has AWS's own policies too`
	}
	return "add the file that defines it"
}

// decidedBy says how what a policy leaves open becomes known.
func decidedBy(why string) string {
	if strings.HasSuffix(why, ", which only a request has") {
		return "no file can show that: waive this with the reason why it is as it has to be"
	}
	if strings.HasSuffix(why, ", a tag of the principal that the files do not show") {
		return "write the tag where the role is declared; if its session gets it, waive this with the reason why"
	}
	if isTag(why) {
		return `add what "aws resourcegroupstaggingapi get-resources --resource-type-filters ecr:repository" prints`
	}
	return "write it out, or " + whereFrom(why)
}

// isTag reports whether a policy leaves something open by a tag of an image repository.
func isTag(why string) bool { return strings.HasSuffix(why, ", a tag that the files do not show") }
