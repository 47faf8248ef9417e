package preflight

import (
	"fmt"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// pushFrom asks whether a runner may push to an image repository: its role, and the session
// policies of the associations that gave it the role.
func (p *proof) pushFrom(r *runner, target identity.ImageRepository, use facts.Use, related ...Related) Link {
	link := p.checkPush(r.role(), target, use, related...)
	by, ok := r.identity.by.(podIdentity)
	if !ok {
		return link
	}
	for _, a := range by.associations {
		if a.SessionPolicy.There && a.SessionPolicy.Problem == nil {
			p.withinSession(r.role(), &a.SessionPolicy, target, use, &link)
		}
	}
	return link
}

// withinSession reports what a session policy takes away of what pushing needs. It never
// allows what the role's own policies do not.
func (p *proof) withinSession(role *facts.Role, session *facts.Document, target identity.ImageRepository, use facts.Use, link *Link) {
	asked := map[string]string{login: access.AnyResource}
	actions := []string{login}
	for _, need := range needsOf(use) {
		actions = append(actions, need.action)
		asked[need.action] = target.ARN()
	}
	for _, action := range actions {
		verdict := access.Decide(p.permissionsOf(role).Request(action, asked[action]), session)
		switch {
		case verdict.Allowed() || link.State == Broken:
		case verdict.Truth == policy.Possibly:
			link.State, link.Text = Unknown, fmt.Sprintf("whether the association's session policy allows %s on %q is not known: %s", action, asked[action], verdict.Why)
			p.find(notKnown, written(verdict.Open, session.Place), link.Text, "write it out")
		default:
			link.State, link.Text = Broken, fmt.Sprintf("the association's session policy does not allow %s on %q", action, asked[action])
			p.find(actionMissing, session.Place, link.Text+", whatever the role may", "allow it in the session policy", Related{role.Place, "the role"})
		}
	}
}
