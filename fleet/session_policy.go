package fleet

import (
	"errors"
	"fmt"

	"keyless-runners/policy"
)

// checkSessionPolicy reports a session policy that the pool's Pods would not get, or that narrows
// nothing: a role that is created for the pool may do no more, and trusts session tags.
func (p Pool) checkSessionPolicy(at place, problems *Problems) {
	if !p.SessionPolicy {
		return
	}
	switch {
	case !p.ExistingRole:
		problems.add(at, errors.New("the role is created for this pool, and may do no more than the pool declares; leave it out"))
	case p.UsesIRSA():
		problems.add(at, fmt.Errorf("only associations have one, and by IRSA Pods may do all that the role may; want %q as way", WayPodIdentity))
	case p.ExistingAssociation:
		problems.add(at, errors.New("an existing association has its own session policy, or none; leave it out"))
	}
	if size := len(p.PermissionsPolicy().JSON()); size > policy.MaxSessionSize {
		problems.add(at, fmt.Errorf("the session policy would hold %d characters, limit %d; let the pool push to and pull from fewer image repositories", size, policy.MaxSessionSize))
	}
}
