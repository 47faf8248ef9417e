package fleet

import (
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// checkSharedRoles reports pools that take a role which the fleet creates for another, and
// would not get it, and ServiceAccounts that may take a role and are no pool's.
func (f Fleet) checkSharedRoles(at places, problems *Problems) {
	created := map[identity.RoleARN]int{}
	for i, p := range f.Pools {
		if !p.ExistingRole {
			created[p.RoleARN()] = i
		}
	}
	taking := map[identity.RoleARN][]identity.Subject{}
	for i, p := range f.Pools {
		owner, there := created[p.RoleARN()]
		if !there || !p.ExistingRole {
			continue
		}
		taking[p.RoleARN()] = append(taking[p.RoleARN()], p.Subject())
		problems.add(at.pools[i].field("existingRole"), p.checkTakes(f.Pools[owner], at.pools[owner]))
	}
	for i, p := range f.Pools {
		for j, subject := range p.AlsoTrusts {
			at := at.pools[i].field("alsoTrusts").index(j)
			switch {
			case slices.Contains(p.AlsoTrusts[:j], subject):
				problems.add(at, fmt.Errorf("subject %q is listed twice", subject))
			case !p.ExistingRole && !slices.Contains(taking[p.RoleARN()], subject):
				problems.add(at, fmt.Errorf("subject %q is no pool's that has role %q as its existing role; leave it out, or anyone who makes that ServiceAccount can push", subject, p.RoleARN()))
			}
		}
	}
}

func (p Pool) checkAlsoTrusts(at place, problems *Problems) {
	for i, subject := range p.AlsoTrusts {
		problems.add(at.index(i), subject.Check())
	}
	if size := p.TrustPolicy().Size(); len(p.AlsoTrusts) > 0 && size > policy.MaxTrustSize {
		problems.add(at, fmt.Errorf("the role's trust policy would hold %d characters, limit %d (white space not counted); let fewer pools share the role", size, policy.MaxTrustSize))
	}
}

// checkTakes reports why the pool does not get the role that is created for its owner, or may
// not do with it what it declares.
func (p Pool) checkTakes(owner Pool, at place) error {
	role := p.RoleARN()
	switch {
	case !slices.Contains(owner.AlsoTrusts, p.Subject()):
		return fmt.Errorf("role %q is created for %s, and does not trust %q; add it to that pool's alsoTrusts, or take a role that is made elsewhere", role, at, p.Subject())
	case p.SessionPolicy:
		return fmt.Errorf("role %q is created for %s, and trusts session tags, which EKS does not send beside a session policy; leave sessionPolicy out, or take a role that is made elsewhere", role, at)
	case p.UsesIRSA() && !owner.UsesIRSA() || p.UsesPodIdentity() && !owner.UsesPodIdentity():
		return fmt.Errorf("role %q is created for %s, which takes it by %q; want the same way", role, at, owner.WayOrDefault())
	}
	for _, cluster := range p.Clusters() {
		if !slices.Contains(owner.Clusters(), cluster) {
			return fmt.Errorf("role %q is created for %s, which does not run in cluster %q; add the cluster there", role, at, cluster.Name)
		}
	}
	pushes, pulls := ids(owner.allPushes()), ids(append(owner.allPushes(), owner.PullsFrom...))
	for _, id := range ids(p.allPushes()) {
		if !slices.Contains(pushes, id) {
			return fmt.Errorf("role %q is created for %s, and may not push to %q; add it there", role, at, id)
		}
	}
	for _, id := range ids(p.PullsFrom) {
		if !slices.Contains(pulls, id) {
			return fmt.Errorf("role %q is created for %s, and may not pull from %q; add it there", role, at, id)
		}
	}
	for _, cache := range p.PullsThrough {
		if !slices.Contains(owner.PullsThrough, cache) {
			return fmt.Errorf("role %q is created for %s, and may not pull by %q; add it there", role, at, cache.ID())
		}
	}
	return nil
}
