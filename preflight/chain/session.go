package chain

import (
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// Session holds what session policies leave of a role's permissions: what one of them allows and
// none of them denies. The zero value limits nothing.
type Session struct {
	// Name names the policies, as one.
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

// sessionOf is the session in which a job pushes: that of the role as which it logs in.
func (c *Chains) sessionOf(job *Job, push *facts.Push, target identity.ImageRepository, r *Runner) Session {
	as, _ := c.assumedFor(job, push, target, r)
	if as == nil {
		return Session{}
	}
	session, _ := c.ofStep(job.Job, as)
	return session
}

// ofStep is the session of a role that a step of a job assumes, and why it is not known; "" if it
// is.
func (c *Chains) ofStep(job *facts.Job, assumed *facts.AssumedRole) (session Session, unknown string) {
	session = Session{"the session policy of " + job.Title(), c.SessionPolicies(assumed)}
	for _, document := range session.Policies {
		if document.Unknown != "" {
			return Session{}, document.Unknown
		}
	}
	return session, ""
}

// SessionLimit is an action that session policies do not certainly allow.
type SessionLimit struct {
	Session    Session
	Action, On string
	Decision   access.Decision
}

// Text says what the session policy does not allow.
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
		verdict := access.Decide(c.Repositories.Request(c.permissions[push.Role].Role, one[0], one[1]), session.Policies...)
		if !verdict.Allowed() {
			push.Limits = append(push.Limits, SessionLimit{session, one[0], one[1], verdict})
		}
		if !verdict.Possible() {
			return
		}
	}
}
