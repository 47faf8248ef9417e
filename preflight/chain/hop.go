package chain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// Hop is a step in which a job assumes a role with the credentials that it has, to push as
// that: those of its runner's Pod, or of the role that it assumed before.
type Hop struct {
	Job *facts.Job
	By  *facts.AssumedRole
	// From is the role whose credentials the job has; nil: it is not known. Role is the other
	// role; nil: no file has it.
	From, Role *facts.Role
	// GitHub reports that the job has a token of GitHub's, which the action takes in place of
	// the credentials, and Refused that the role does not trust GitHub, or where Step says so not that
	// token.
	GitHub, Refused bool
	// Accepted are the subjects of GitHub's tokens for the job, if the role and the account's provider take them all
	// where GitHub makes them as the role expects them: that is a setting of the source repository, which no file has.
	Accepted []string
	// Unasked reports that the role trusts GitHub, and the job may not ask for the token.
	Unasked bool
	// Same reports that the action takes the role of the runner's Pod with the token of that, as AWS tools
	// do by themselves.
	Same bool
	// SessionUnknown says why it is not known what session policies leave of the role's
	// permissions; "" if it is.
	SessionUnknown string
	// Why says why it is not known whether the job gets the role; "" if Step decides.
	Why  string
	Step Assumption
}

func (h *Hop) state() State {
	switch {
	case h.Refused:
		return Broken
	case h.Why != "" || h.GitHub:
		return Unknown
	}
	return h.Step.Problem.state()
}

// byToken reports that GitHub's token decides whether the job gets the role, and that it pushes as no other.
func (h *Hop) byToken() bool { return h.GitHub && h.Why == "" && !h.Refused }

// Text implements Reason.
func (h *Hop) Text() string {
	switch {
	case h.GitHub:
		return fmt.Sprintf("%s takes role %q with GitHub's token", h.Job.Title(), h.By.ARN)
	case h.Why != "":
		return fmt.Sprintf("whether %s may take role %q is not known: %s", h.Job.Title(), h.By.ARN, h.Why)
	}
	return h.Step.Text()
}

// Link is the hop as a link of a chain.
func (h *Hop) Link() Link {
	from, to := "role", "role "+h.By.ARN.String()
	if h.From != nil {
		from += " " + h.From.Title()
	}
	return Link{Cause{h.state(), h.By.ARN.Place, h}, LinkHop, from, to}
}

// pushesAs is the role as which a job pushes: that of the login to the registry. If it is not
// known, assumed is the one that the job names.
func (c *Chains) pushesAs(job *Job, push *facts.Push, target identity.ImageRepository, r *Runner) (role *facts.Role, assumed facts.Text) {
	as, sometimes := c.assumedFor(job, push, target, r)
	if as == nil {
		return r.Role(), facts.Text{}
	}
	hop := c.hop(job.Job, r, as)
	if sometimes && hop.Why == "" {
		hop.Why = "it does not in every run that pushes"
	}
	if hop.state() == Unknown && !hop.byToken() || hop.Role == nil {
		return r.Role(), as.ARN
	}
	return hop.Role, facts.Text{}
}

// assumedFor is the role that a job assumed last before it logged in to where it pushes; nil:
// none. Without such a login it is the last that it assumes at all.
func (c *Chains) assumedFor(job *Job, push *facts.Push, target identity.ImageRepository, r *Runner) (as *facts.AssumedRole, sometimes bool) {
	found := false
	for _, before := range push.Before {
		login := &job.Logins[before.Login]
		if login.Out || c.HostOf(login, r).Contradicts(target.Registry.String()) {
			continue
		}
		switch {
		case !found || before.Always:
			as, sometimes = login.As, login.Sometimes
		case login.As != as:
			as, sometimes = cmp.Or(login.As, as), true
		}
		found = true
	}
	if !found && len(job.Assumed) > 0 {
		return job.Assumed[len(job.Assumed)-1], false
	}
	return as, sometimes
}

// hop follows a job from one role to another, once.
func (c *Chains) hop(job *facts.Job, r *Runner, by *facts.AssumedRole) *Hop {
	for _, known := range r.Hops {
		if known.By == by {
			return known
		}
	}
	h := &Hop{Job: job, By: by, From: r.Role(), GitHub: job.IDToken && !by.Command && by.With == "" && !strings.EqualFold(by.Chaining.Value, "true")}
	if by.Before != nil && !h.GitHub {
		h.From = nil
		if before := c.hop(job, r, by.Before); before.state() != Unknown && len(c.SessionPolicies(by.Before)) == 0 {
			h.From = before.Role
		}
	}
	r.Hops = append(r.Hops, h)
	written := r.assumedARN(by)
	h.Role = c.find(written).Role
	h.Refused = h.GitHub && h.Role != nil && trustsNoOne(h.Role, githubIssuer)
	h.Unasked = !job.IDToken && h.Role != nil && !trustsNoOne(h.Role, githubIssuer)
	_, irsa := r.way().(IRSA)
	if h.Same = irsa && by.OwnToken && h.Role != nil && h.Role == r.Role() && !by.Seconds.There && len(c.SessionPolicies(by)) == 0; h.Same {
		h.Step = Assumption{Who: job.Title(), Role: h.Role}
		return h
	}
	_, h.SessionUnknown = c.ofStep(job, by)
	if h.Why = h.unknown(written, r); h.Why != "" || h.GitHub {
		if h.GitHub && h.Why == "" && !h.Refused {
			c.showToken(h, r.Takes().Scope)
		}
		return h
	}
	h.Step = Assumption{
		Who:  fmt.Sprintf("role %q", h.From.Title()),
		Role: h.Role,
		ask: func(action string) (policy.Request, access.Decision) {
			request := c.hopRequest(h, r, action, written.Value)
			return request, c.mayAssume(request, h.From, h.Role).Within(c.throughEndpoint(request, h.Role))
		},
	}
	_, tagged := r.way().(PodIdentity)
	if tagless(by) && !tagged {
		h.Step.actions = []string{access.AssumeRole}
	}
	h.Step.decide(c.trustOf(h.Role))
	if tagless(by) && h.Step.Problem != Trusts && h.Step.Request.Action == access.TagSession {
		h.Why = "the session tags of EKS Pod Identity go on to it, and whether that needs " + access.TagSession + " is not documented"
	}
	if _, assumes := h.Step.ask(access.AssumeRole); assumes.Possible() {
		c.leadOn(h.From, h.Role, r.SA)
	}
	return h
}

// HostedHop is a role that a job takes with GitHub's token on a runner that GitHub hosts, though the
// role does not trust GitHub.
type HostedHop struct {
	Job  *facts.Job
	By   *facts.AssumedRole
	Role *facts.Role
}

// HostedHops returns the hops of all jobs on runners that GitHub hosts.
func (c *Chains) HostedHops() (found []HostedHop) {
	for n := range c.Index.Jobs {
		job := &c.Index.Jobs[n]
		if !OnHosted(job) {
			continue
		}
		for _, by := range job.Assumed {
			role := c.find(by.ARN).Role
			if role != nil && !by.Command && by.With == "" && by.Before == nil && trustsNoOne(role, githubIssuer) {
				found = append(found, HostedHop{job, by, role})
			}
		}
	}
	return found
}

// githubIssuer is GitHub's, without https://.
var githubIssuer = identity.IssuerActions.Host()

// trustsNoOne reports whether a role is known not to trust an issuer.
func trustsNoOne(role *facts.Role, issuer string) bool {
	return role.Trust.Unknown == "" && len(role.Trust.Maybe) == 0 &&
		!slices.ContainsFunc(index.ProvidersIn(&role.Trust), func(trusted index.Federated) bool { return trusted.Host == issuer })
}

// unknown is why it is not known whether the job gets the role; "" if it can be judged.
func (h *Hop) unknown(written facts.Text, r *Runner) string {
	session := h.SessionUnknown != ""
	if by, ok := r.way().(PodIdentity); ok {
		session = session || slices.ContainsFunc(by.Associations, func(a *facts.PodIdentityAssociation) bool { return a.SessionPolicy.There })
	}
	switch {
	case h.By.Command:
		return "what the script does with the credentials is not followed"
	case h.By.With != "":
		return "it does so with " + h.By.With
	case session:
		return "what the session policy leaves of the role's permissions is not looked at"
	case written.Unknown != "":
		return written.Unknown
	case h.Role == nil:
		return "the role is not among the files"
	case h.From == nil && !h.GitHub:
		return "the role that it has before is not known"
	}
	return ""
}

// assumedARN is the ARN of a role that a job assumes on the runner: a name alone is of the
// runner's account (configure-aws-credentials, src/assumeRole.ts).
func (r *Runner) assumedARN(by *facts.AssumedRole) facts.Text {
	arn := by.ARN
	if own := r.roleAccount(); arn.Known() && own.Known() && !identity.IsARN(arn.Value) {
		arn.Value = identity.RoleARN{Partition: "aws", Account: identity.AccountID(own.Value), Path: "/", Name: identity.RoleName(arn.Value)}.String()
	}
	return arn
}

// hopRequest returns the action's request to STS: with session tags, unless an input says not to
// (configure-aws-credentials, src/assumeRole.ts).
func (c *Chains) hopRequest(h *Hop, r *Runner, action, arn string) policy.Request {
	request := c.permissions[h.From].Request(action, arn)
	if id := h.By.ExternalID; id.Unknown == "" {
		request.Context["sts:ExternalId"] = nil
		if id.There {
			request.Context["sts:ExternalId"] = []string{id.Value}
		}
	}
	for _, tag := range []string{"GitHub", "Repository", "Workflow", "Action", "Actor", "Commit", "Branch"} {
		if tagless(h.By) {
			request.Context["aws:RequestTag/"+tag] = nil
		}
	}
	if !tagless(h.By) {
		request.Context["aws:RequestTag/GitHub"] = []string{"Actions"}
		if jobs := r.Takes(); jobs.Scope.Kind == SourceRepository {
			request.Context["aws:RequestTag/Repository"] = []string{jobs.Scope.Name}
		}
	}
	return request
}

// tagless reports whether the session has no tags.
func tagless(by *facts.AssumedRole) bool { return strings.EqualFold(by.Untagged.Value, "true") }

// leadOn records that a role leads to another, which the ServiceAccount's Pods then have.
func (c *Chains) leadOn(from, to *facts.Role, sa *facts.ServiceAccount) {
	if from == to {
		return
	}
	if !slices.Contains(c.cameFrom[to], from) {
		c.cameFrom[to] = append(c.cameFrom[to], from)
	}
	if !slices.Contains(c.holders[to], sa) {
		c.holders[to] = append(c.holders[to], sa)
	}
}

// GoesOnTo reports whether a job goes on from a role to the one with the ARN.
func (c *Chains) GoesOnTo(from *facts.Role, arn string) bool {
	for to, roles := range c.cameFrom {
		if slices.Contains(roles, from) && to.ARN() == arn {
			return true
		}
	}
	return false
}
