package policy

import "keyless-runners/identity"

// The statements of an image repository's own policy. It has no resource: ECR refuses one.

// PushBy lets roles of other accounts push, as far as their own policies allow it. ECR
// refuses the name of a role that is not there yet.
func PushBy(roles []identity.RoleARN) Statement {
	var arns Values
	for _, role := range roles {
		arns = append(arns, role.String())
	}
	return Statement{Sid: SidPush, Effect: EffectAllow, Principal: &Principal{AWS: arns}, Action: pushActions()}
}

// PullByAccounts lets principals of other accounts pull, as far as their own policies allow
// it.
func PullByAccounts(partition identity.Partition, accounts []identity.AccountID) Statement {
	var roots Values
	for _, account := range accounts {
		roots = append(roots, account.RootARN(partition))
	}
	return Statement{Sid: SidPull, Effect: EffectAllow, Principal: &Principal{AWS: roots}, Action: pullActions()}
}

// PullByOrganization lets principals of all accounts of an organization pull, as far as
// their own policies allow it.
func PullByOrganization(id identity.OrganizationID) Statement {
	return Statement{
		Sid:       SidPull + "ByOrganization",
		Effect:    EffectAllow,
		Principal: &Principal{AWS: Values{everybody}},
		Action:    pullActions(),
		Condition: Condition{StringEquals: {"aws:PrincipalOrgID": {string(id)}}},
	}
}
