package rule

import (
	"cmp"
	"fmt"
	"strings"

	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/finding"
)

// Who deploys.
var (
	anyJobDeploys = kind("KR186", finding.Warning, "jobs on GitHub that no one has to approve can deploy")
	jobDeploys    = kind("KR187", finding.Note, "jobs on GitHub can deploy")
)

// deployers reports who can change the roles of an account from GitHub: by the role of a job
// that deploys, one can give oneself every push.
func deployers(v View, report reporter) {
	for _, deployer := range v.Deployers() {
		for _, subject := range deployer.Subjects {
			deployingSubject(deployer, subject, report)
		}
	}
}

func deployingSubject(d chain.Deployer, subject access.Group, report reporter) {
	at := subjectPlace(&d.Role.Trust, d.Provider, subject)
	who := subject.Who
	if subject.Single {
		who = fmt.Sprintf("a job with subject %q", subject.Representative)
	}
	does := fmt.Sprintf("take role %q, and with it the CDK's deployment role %q, which can change every role of the account", d.Role.Title(), d.Bootstrap)
	switch why := cmp.Or(d.Possibly, subject.Why); {
	case why != "":
		report(jobDeploys, at, fmt.Sprintf("whether %s can %s, is not known: %s", who, does, why), "name the one subject of the environment that deploys, and no more")
	case !subject.Single || strings.HasSuffix(subject.Representative, ":pull_request"):
		report(anyJobDeploys, at, who+" can "+does,
			fmt.Sprintf(`name one subject by StringEquals on %q, of an environment that asks for approval, such as "repo:OWNER/NAME:environment:production"`, d.Provider.Host+":sub"))
	default:
		report(jobDeploys, at, who+" can "+does, "none is needed if the environment's rules say who approves the job, and from which branches it may come")
	}
}
