package fleet

import (
	"cmp"
	"errors"
	"fmt"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// TargetRole is a role of another account that EKS Pod Identity goes on to with the pool's role:
// the Pods then have it, and not the pool's (Amazon EKS user guide, "Access AWS Resources using
// EKS Pod Identity Target IAM Roles"). It pushes and pulls, and does what the pool's Statements
// say; the pool's role may do nothing but take it.
type TargetRole struct {
	Account identity.AccountID
	// RolePath is the path of the role, part of its ARN. Zero: "/".
	RolePath identity.RolePath
	Role     identity.RoleName
	// Policy is the name of the role's policy, and Stack creates both; an existing role has
	// neither from here. Deploy the stack of the pool's role first: IAM refuses the trust policy
	// of one that is not there.
	Policy identity.PolicyName
	Stack  identity.StackName
	// Existing means that the role exists already, with its trust and its policies. Zero: it is
	// created. For keyless check to know what it may do, put the output of "aws iam
	// get-account-authorization-details" for its account into dist/.
	Existing bool
}

// PushingRole identifies the role as which the pool's jobs push: TargetRole, or Role.
func (p Pool) PushingRole() identity.RoleARN {
	if p.TargetRole == nil {
		return p.RoleARN()
	}
	return identity.RoleARN{
		Partition: p.Cluster.Region.Partition(),
		Account:   p.TargetRole.Account,
		Path:      cmp.Or(p.TargetRole.RolePath, "/"),
		Name:      p.TargetRole.Role,
	}
}

// RolePolicy returns the policy of Role: to assume the target role, or to push.
func (p Pool) RolePolicy() policy.Document {
	if p.TargetRole == nil {
		return p.PermissionsPolicy()
	}
	return policy.Assume(p.PushingRole())
}

// CreatesTarget reports whether a stack of the fleet holds the pool's target role.
func (p Pool) CreatesTarget() bool {
	return p.TargetRole != nil && !p.TargetRole.Existing
}

// targetRegion is the region of the stack with the target role: where the images are, since
// IAM has no regions.
func (p Pool) targetRegion() identity.Region {
	if len(p.PushesTo) == 0 {
		return p.Cluster.Region
	}
	return p.PushesTo[0].Region
}

func (p Pool) checkTarget(at place, problems *Problems) {
	target := p.TargetRole
	if target == nil {
		return
	}
	problems.add(at.field("account"), target.Account.Check())
	problems.add(at.field("rolePath"), p.PushingRole().Path.Check())
	problems.add(at.field("role"), target.Role.Check())
	if target.Existing {
		p.checkExistingTarget(at, problems)
	} else {
		problems.add(at.field("policy"), target.Policy.Check())
		problems.add(at.field("stack"), target.Stack.Check())
	}
	switch {
	case target.Account == p.Cluster.Account:
		problems.add(at.field("account"), fmt.Errorf("account %q is the cluster's, where the pool's own role can push; leave the target role out", target.Account))
	case p.UsesIRSA():
		problems.add(at, fmt.Errorf("only EKS Pod Identity goes on to a target role; want %q as way, or an image repository that names the pool's role in pushedBy", WayPodIdentity))
	case p.ExistingRole || len(p.AlsoTrusts) > 0:
		problems.add(at, errors.New("the pool's role does nothing but take it, and is for this pool alone; leave existingRole and alsoTrusts out"))
	case p.MaxSessionDuration != 0:
		problems.add(at, errors.New("AWS limits the session of a role that another one takes to 1 hour; leave maxSessionDuration out"))
	}
}

// checkExistingTarget reports what only a target role that is created has.
func (p Pool) checkExistingTarget(at place, problems *Problems) {
	if p.TargetRole.Policy != "" {
		problems.add(at.field("policy"), errors.New("an existing role has its own policies; leave it out"))
	}
	if p.TargetRole.Stack != "" {
		problems.add(at.field("stack"), errors.New("an existing role is in no stack of this fleet; leave it out"))
	}
	if len(p.Statements) > 0 {
		problems.add(at, errors.New("an existing role has its own statements; leave the pool's out"))
	}
}
