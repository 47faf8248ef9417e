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

// SessionOf is the session in which a job pushes, and why it is not known; "" if it is.
func (c *Chains) SessionOf(job *facts.Job) (session Session, unknown string) {
	for n := range job.Assumed {
		assumed := &job.Assumed[n]
		session, unknown = c.ofStep(job, assumed)
		switch {
		case unknown == "" && len(session.Policies) == 0:
			continue
		case unknown != "":
			return Session{}, unknown
		case len(job.Assumed) > 1:
			return Session{}, "the job assumes several roles"
		case assumed.Command:
			return Session{}, "a command assumes the role, and what uses its output is not followed"
		}
		if behind, unknown := loginsBehind(job, assumed.ARN); !behind {
			return Session{}, unknown
		}
		return session, ""
	}
	return Session{}, ""
}

// ofStep is the session of a role that a step of a job assumes, and why it is not known; "" if it
// is.
func (c *Chains) ofStep(job *facts.Job, assumed *facts.AssumedRole) (session Session, unknown string) {
	session = Session{fmt.Sprintf("the session policy of job %q", job.ID), c.SessionPolicies(assumed)}
	for _, document := range session.Policies {
		if document.Unknown != "" {
			return Session{}, document.Unknown
		}
	}
	return session, ""
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
