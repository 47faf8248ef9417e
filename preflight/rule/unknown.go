package rule

import (
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

// whereFrom says how to make known what a reason says is not. A plan of Terraform does not know what it makes.
func whereFrom(why string) string {
	if strings.HasSuffix(why, " is known after apply") {
		return `apply what it refers to first (terraform apply -target=ADDRESS) and plan again, or check what "terraform show -json" prints after apply`
	}
	return "add the file that defines it"
}
