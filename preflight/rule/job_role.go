package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
)

// Job → role.
var (
	otherRoleWanted = kind("KR067", finding.Error, "job names another role or subject")
	profileInJob    = kind("KR105", finding.Warning, "job points AWS tools at a credentials file")
	selfAssumed     = kind("KR146", finding.Error, "role that does not trust itself")
	notAssumed      = kind("KR180", finding.Error, "role that the job may not assume")
	githubRefused   = kind("KR182", finding.Error, "GitHub's token for a role that does not trust it")
	longChain       = kind("KR183", finding.Error, "session that is too long for role chaining")
)

// rolesOfJobs reports roles that jobs name and their runners do not have, and those that they
// assume to push.
func rolesOfJobs(v View, report reporter) {
	for _, job := range v.Jobs {
		for _, arn := range job.RoleARNs {
			wantedRole(job, arn, report)
		}
		for _, subject := range job.Subjects {
			wantedSubject(job, subject, report)
		}
	}
	for _, r := range v.Runners {
		for _, hop := range r.Hops {
			assumed(hop, report)
		}
	}
	for _, hop := range v.HostedHops() {
		report(githubRefused, hop.By.ARN.Place, fmt.Sprintf("%s runs on a runner that GitHub hosts, and takes role %q with GitHub's token, if at all: the role does not trust GitHub", hop.Job.Title(), hop.By.ARN),
			"run it on a runner whose Pod has the role (runs-on), without configure-aws-credentials", finding.Related{Place: hop.Role.Trust.Place, What: "the trust policy"})
	}
}

func wantedRole(job *chain.Job, arn facts.Text, report reporter) {
	for _, r := range job.Runners {
		if r.Role() == nil || !r.Role().Name.Known() {
			continue
		}
		own := r.Identity.By.RoleARN()
		if arn.Known() && own.Known() && !own.Is(arn.Value) && !slices.ContainsFunc(job.Assumed, func(by *facts.AssumedRole) bool { return by.ARN.Is(arn.Value) }) {
			report(otherRoleWanted, arn.Place, fmt.Sprintf("job %q names role %q, its runners have %q", job.ID, arn.Value, own.Value),
				"name the runners' role", finding.Related{Place: own.Place, What: "the runners' role"})
			return
		}
	}
}

// wantedSubject reports a subject that a job's first step compares with that of its runner's
// token, where it is another.
func wantedSubject(job *chain.Job, subject facts.Text, report reporter) {
	for _, r := range job.Runners {
		if r.SA == nil || !r.SA.Namespace.Known() || !r.SA.Name.Known() {
			continue
		}
		own := identity.Subject{Namespace: identity.Namespace(r.SA.Namespace.Value), ServiceAccount: identity.ServiceAccount(r.SA.Name.Value)}
		if own.String() != subject.Value {
			report(otherRoleWanted, subject.Place, fmt.Sprintf("job %q wants subject %q, its runners are %q", job.ID, subject.Value, own),
				"name the runners' ServiceAccount", finding.Related{Place: r.SA.Place, What: "the runners' ServiceAccount"})
			return
		}
	}
}

// assumed reports a role that a job does not certainly get, to push as it.
func assumed(hop *chain.Hop, report reporter) {
	arn, own := hop.By.ARN, "leave configure-aws-credentials out: the runner's Pod has its role"
	title, role := hop.Job.Title(), fmt.Sprintf("role %q", arn)
	if arn.Unknown != "" {
		role = "a role that is not known"
	}
	switch {
	case hop.Same:
	case hop.SessionUnknown != "":
		report(jobRoleUnknown, arn.Place, fmt.Sprintf("%s takes %s with a session policy, and what that leaves of the role's permissions is not known: %s", title, role, hop.SessionUnknown),
			"leave the session policy out: the runner's Pod has its role, whose own policies can be as narrow")
	case hop.Refused && hop.Step.Role != nil:
		tokenRefused(hop, report)
	case hop.Refused && hop.From == hop.Role:
		report(githubRefused, arn.Place, fmt.Sprintf("%s may ask for GitHub's token (id-token: write), so the action takes role %q, which its runner's Pod has, with that, and the role does not trust GitHub", title, arn),
			own, finding.Related{Place: hop.Role.Trust.Place, What: "the trust policy"})
	case hop.Refused:
		report(githubRefused, arn.Place, fmt.Sprintf("%s may ask for GitHub's token (id-token: write), so the action takes role %q with that and not with the role of the runner's Pod, and the role does not trust GitHub", title, arn),
			"take the permission out, or set role-chaining to true", finding.Related{Place: hop.Role.Trust.Place, What: "the trust policy"})
	case hop.GitHub:
		byToken(hop, fmt.Sprintf("%s takes %s with GitHub's token (id-token: write)", title, role), report)
	case arn.Unknown != "":
		report(jobRoleUnknown, arn.Place, fmt.Sprintf("%s goes on to take a role that is not known: %s", title, arn.Unknown), "write the role's ARN out, or "+own)
	case hop.Why != "":
		report(jobRoleUnknown, arn.Place, fmt.Sprintf("%s goes on to take %s, and whether it may is not known: %s", title, role, hop.Why), own)
	case hop.From == hop.Role:
		assumedByItself(hop, report)
	case hop.Unasked && hop.Step.Problem == chain.Mismatches:
		report(notAssumed, arn.Place, fmt.Sprintf("%s may not ask for GitHub's token (id-token: write is missing), so the action takes role %q with the role of the runner's Pod, which it does not trust", title, arn),
			`give the job "permissions: id-token: write", or let the runner's role in`, finding.Related{Place: hop.Role.Trust.Place, What: "the trust policy"})
	default:
		assumption(hop.Step, notAssumed, jobRoleUnknown, finding.Related{Place: arn.Place, What: title + " assumes it"}, report)
		longSession(hop, report)
	}
}

// byToken reports a role that GitHub's token decides about.
func byToken(hop *chain.Hop, takes string, report reporter) {
	why, open, fix := "not with the role of the runner's Pod", "whether it may is not looked at", "take the permission out, or set role-chaining to true, so that it takes the role with that of the runner's Pod"
	switch {
	case hop.From == nil:
		why, fix = "for its runner has none", "annotate the runner's ServiceAccount with the role, and take the permission out"
	case hop.From == hop.Role:
		fix = "leave configure-aws-credentials out, or the permission: the runner's Pod has the role"
	}
	if hop.Why != "" {
		open = "whether it may is not known: " + hop.Why
	}
	if hop.Accepted != nil {
		open = fmt.Sprintf("whether the token has the subject that the role lets in (%s) is a setting of the source repository", facts.Quoted(hop.Accepted))
	}
	if hop.Accepted != nil && hop.From == nil {
		repository, _, _ := strings.Cut(strings.TrimPrefix(hop.Accepted[0], "repo:"), ":")
		fix = fmt.Sprintf("waive this if \"gh api repos/%s/actions/oidc/customization/sub\" shows that form", repository)
	}
	report(jobRoleUnknown, hop.By.ARN.Place, fmt.Sprintf("%s, %s, and %s", takes, why, open), fix)
}

func tokenRefused(hop *chain.Hop, report reporter) {
	place, problem := hop.Role.Trust.Place, hop.Step.Text()
	if wrong := hop.Step.Mismatches; len(wrong) > 0 {
		place, problem = wrong[0].Place, fmt.Sprintf("the trust policy does not let %s take role %q: %s", hop.Step.Who, hop.Role.Title(), access.Mismatched(wrong))
	}
	report(githubRefused, place, problem, "let that subject in, or leave the step and id-token: write out, where the runner's Pod has the role",
		finding.Related{Place: hop.By.ARN.Place, What: hop.Job.Title() + " shows the token"})
}

func assumedByItself(hop *chain.Hop, report reporter) {
	arn, fix := hop.By.ARN, "leave role-to-assume out: the runner's Pod has the role"
	switch verdict := hop.Step.Decision; {
	case verdict.Allowed():
	case verdict.Possible():
		report(jobRoleUnknown, arn.Place, fmt.Sprintf("whether role %q may assume itself, as %s does, is not known: %s", arn, hop.Job.Title(), verdict.Why), fix)
	default:
		report(selfAssumed, arn.Place, fmt.Sprintf("%s assumes role %q, which its runner's Pod has, and the trust policy does not let the role assume itself", hop.Job.Title(), arn),
			fix, finding.Related{Place: hop.Role.Trust.Place, What: "the trust policy"})
	}
}

// maxChained is how long a session of role chaining lasts at the most, in seconds (IAM user guide,
// "Roles terms and concepts": "Role chaining").
const maxChained = 3600

func longSession(hop *chain.Hop, report reporter) {
	if seconds, err := strconv.Atoi(hop.By.Seconds.Value); err == nil && seconds > maxChained {
		report(longChain, hop.By.Seconds.Place, fmt.Sprintf("%s assumes role %q for %d seconds with the role of the runner's Pod: such a session lasts %d at the most", hop.Job.Title(), hop.By.ARN, seconds, maxChained),
			"leave role-duration-seconds out")
	}
}

// jobProfiles reports what points the AWS tools of a job at a file.
func jobProfiles(v View, report reporter) {
	for _, job := range v.Jobs {
		for _, profile := range job.Profiles {
			report(profileInJob, profile.Place, fmt.Sprintf("job %q sets %s, and what AWS tools find there is not known", job.ID, profile.Value),
				"take it out, so that they take the role of the runner's Pod")
		}
	}
}
