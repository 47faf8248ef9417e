package chain

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// Session is what session policies leave of a role's permissions: what one of them allows and
// none of them denies. The zero value limits nothing.
type Session struct {
	// Name is what to call the policies, as one.
	Name     string
	Policies []*facts.Document
}

// is reports whether two sessions are limited by the same policies.
func (s Session) is(other Session) bool { return slices.Equal(s.Policies, other.Policies) }

// ofAssociation is the session of an association's Pods. A document that IAM refuses is reported
// as that, and limits nothing.
func ofAssociation(a *facts.PodIdentityAssociation) Session {
	if !a.SessionPolicy.There || a.SessionPolicy.Problem != nil {
		return Session{}
	}
	return Session{"the association's session policy", []*facts.Document{&a.SessionPolicy}}
}

// sessionsOf are the sessions that the associations of a runner's ServiceAccount give its Pods.
func sessionsOf(r *Runner) []Session {
	var sessions []Session
	if by, ok := r.Identity.By.(PodIdentity); ok {
		for _, a := range by.Associations {
			if session := ofAssociation(a); len(session.Policies) > 0 {
				sessions = append(sessions, session)
			}
		}
	}
	return sessions
}

// SessionOf is the session in which a job pushes, and why it is not known; "" if it is.
func (c *Chains) SessionOf(job *facts.Job) (session Session, unknown string) {
	for n := range job.Assumed {
		policies := c.sessionPolicies(&job.Assumed[n])
		switch {
		case len(policies) == 0:
			continue
		case len(job.Assumed) > 1:
			return Session{}, "the job assumes several roles"
		case job.Assumed[n].Command:
			return Session{}, "a command assumes the role, and what uses its output is not followed"
		case !job.Assumed[n].Sure:
			return Session{}, "whether the steps behind it have the role depends on a condition or an input of the step"
		}
		for _, document := range policies {
			if document.Unknown != "" {
				return Session{}, document.Unknown
			}
		}
		behind, unknown := loginsBehind(job, job.Assumed[n].ARN)
		if !behind {
			return Session{}, unknown
		}
		return Session{fmt.Sprintf("the session policy of job %q", job.ID), policies}, ""
	}
	return Session{}, ""
}

func (c *Chains) sessionPolicies(assumed *facts.AssumedRole) []*facts.Document {
	var policies []*facts.Document
	if assumed.Session.There && assumed.Session.Problem == nil {
		policies = append(policies, &assumed.Session)
	}
	for _, arn := range assumed.SessionPolicies {
		policies = append(policies, c.ManagedPolicy(arn))
	}
	return policies
}

// loginsBehind reports whether all of a job's logins come behind the step that assumes the role,
// or none does; unknown is why it is neither. A password of Amazon ECR is good for what the role
// may that asks for it.
func loginsBehind(job *facts.Job, role facts.Text) (all bool, unknown string) {
	before, behind := 0, 0
	for _, login := range job.Logins {
		switch {
		case login.Out:
		case login.Place.File != role.Place.File:
			return false, "a login of the job is in another file, and whether it comes behind the step is not followed"
		case login.Place.Line < role.Place.Line:
			before++
		default:
			behind++
		}
	}
	if before > 0 && behind > 0 {
		return false, "some logins of the job come before the step, and others behind it"
	}
	return before == 0, ""
}

// SessionLimit is an action that session policies do not certainly allow.
type SessionLimit struct {
	Session    Session
	Action, On string
	Decision   access.Decision
}

// Text is what the session policy does not allow.
func (s SessionLimit) Text() string {
	if s.Decision.Possible() {
		return fmt.Sprintf("whether %s allows %s on %q is not known: %s", s.Session.Name, s.Action, s.On, s.Decision.Why)
	}
	return fmt.Sprintf("%s does not allow %s on %q", s.Session.Name, s.Action, s.On)
}

// within finds what a session takes away of what pushing needs. It never allows what the role's
// own policies do not.
func (c *Chains) within(session Session, push *Push) {
	if len(session.Policies) == 0 || push.state() == Broken {
		return
	}
	asked := [][2]string{{Login, access.AnyResource}}
	for _, need := range needsOf(push.Use) {
		asked = append(asked, [2]string{need.Action, push.ARN})
	}
	for _, one := range asked {
		verdict := access.Decide(c.permissions[push.Role].Request(one[0], one[1]), session.Policies...)
		if !verdict.Allowed() {
			push.Limits = append(push.Limits, SessionLimit{session, one[0], one[1], verdict})
		}
		if !verdict.Possible() {
			return
		}
	}
}
