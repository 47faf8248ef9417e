package rule

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// Who else.
var (
	otherSubjects   = kind("KR070", finding.Error, "other ServiceAccounts can take the role")
	namedSubject    = kind("KR071", finding.Warning, "role trusts a ServiceAccount that is not among the files")
	otherProviders  = kind("KR072", finding.Warning, "role trusts several issuers")
	everybodyTakes  = kind("KR073", finding.Error, "everybody can take the role")
	otherPrincipals = kind("KR074", finding.Warning, "role trusts others than ServiceAccounts")
	anyAudience     = kind("KR075", finding.Note, "trust policy does not look at the audience")
)

// principals reports who can assume a role that can push, and should not. Roles that no
// ServiceAccount of the files has are not judged, but for those that everyone can assume.
func principals(v View, report reporter) {
	for _, held := range v.Held {
		role := held.Role
		if len(held.Admitted) > 0 || held.CameFrom != nil {
			unknownPrincipal(held, report)
		}
		if len(held.Admitted) > 0 && len(held.Providers) > 1 {
			report(otherProviders, otherThan(held.Admitted[0], held.Providers), fmt.Sprintf("role %q trusts %d issuers: %s", role.Title(), len(held.Providers), facts.Quoted(hosts(held.Providers))),
				"name one, unless the ServiceAccount is in several clusters")
		}
		for _, one := range held.Principals {
			if one.Through == nil { // else it is reported of that role
				principal(held, one, report)
			}
		}
		for _, provider := range held.AnyAudience {
			report(anyAudience, role.Trust.Place, fmt.Sprintf("the trust policy of role %q does not look at the audience; the provider's client ids alone do", role.Title()),
				fmt.Sprintf("add StringEquals on %q: %q", provider.Host+":aud", identity.AudienceSTS))
		}
		namedPrincipals(held, report)
	}
}

// unknownPrincipal reports the first that the part of a trust policy lets in that is not known.
func unknownPrincipal(held *chain.Held, report reporter) {
	for _, one := range held.Principals {
		if one.Kind == chain.ByUnknown && one.Through == nil {
			report(principalUnknown, held.Role.Trust.Place, fmt.Sprintf("who else can take role %q is %s", held.Role.Title(), one.Who), "write the trust policy out, or "+whereFrom(one.Who))
			return
		}
	}
}

// principal reports one that has its role by a token or an association.
func principal(held *chain.Held, one chain.Principal, report reporter) {
	role, judged := held.Role, held.Holders != nil
	switch {
	case one.Subject != "":
	case one.Kind == chain.ByToken:
		// A policy that names another in place of ours is reported as that.
		if len(held.Expected()) > 0 && (len(held.Admitted) > 0 || !one.Group.Single) {
			otherSubject(role, one, report)
		}
	case one.Kind == chain.ByAssociation && judged && one.Association.Namespace.Known() && one.Association.ServiceAccount.Known():
		subject := identity.Subject{Namespace: identity.Namespace(one.Association.Namespace.Value), ServiceAccount: identity.ServiceAccount(one.Association.ServiceAccount.Value)}
		report(namedSubject, one.Association.Place, fmt.Sprintf("an EKS Pod Identity association gives role %q to %q, which is no ServiceAccount of the files", role.Title(), subject),
			"remove the association, or add the ServiceAccount's file")
	case one.Kind == chain.ByOtherAssociation && judged:
		report(otherAssociations, one.First.Trust.Place, fmt.Sprintf("role %q is open to %s, if an association is made that names it", role.Title(), one.Group.Who),
			fmt.Sprintf("name cluster, namespace and ServiceAccount by StringEquals on aws:RequestTag/%s, %s and %s", identity.TagClusterARN, identity.TagNamespace, identity.TagServiceAccount))
	}
}

func otherSubject(role *facts.Role, one chain.Principal, report reporter) {
	group, at := one.Group, subjectPlace(&role.Trust, one.Provider, one.Group)
	switch {
	case !group.Allowed():
		report(principalUnknown, cmp.Or(group.Open, at), fmt.Sprintf("whether %s can take role %q is not known: %s", group.Who, role.Title(), group.Why), decidedBy(group.Why))
	case group.Single:
		report(namedSubject, at, fmt.Sprintf("role %q also trusts %q, which is no ServiceAccount of the files with this role", role.Title(), group.Representative),
			"take it out of the trust policy, or add its file")
	default:
		report(otherSubjects, at, fmt.Sprintf("%s can take role %q, such as %q", group.Who, role.Title(), group.Representative),
			fmt.Sprintf("name the one subject by StringEquals on %q", one.Provider.Host+":sub"))
	}
}

// namedPrincipals reports accounts, roles, users and services, those of a statement together.
func namedPrincipals(held *chain.Held, report reporter) {
	role := held.Role
	others := map[source.Place][]string{}
	for _, one := range held.Principals {
		if one.Kind != chain.ByName || one.Through != nil {
			continue
		}
		at, who := role.Trust.InStatement(one.Group.Statement, "Principal"), one.Group.Who
		if who == access.Everyone {
			report(everybodyTakes, at, fmt.Sprintf("everybody can take role %q", role.Title()), "name the provider as Federated principal, and the subject in a condition")
			continue
		}
		if one.Group.Single {
			who = fmt.Sprintf("%q", who)
		}
		others[at] = append(others[at], who)
	}
	for at, names := range others {
		if held.Holders != nil {
			report(otherPrincipals, at, fmt.Sprintf("role %q also trusts %s", role.Title(), facts.Listed(names)), "give them their own role")
		}
	}
}

// otherThan is where a trust policy names another provider than ours.
func otherThan(ours index.Federated, providers []index.Federated) source.Place {
	for _, provider := range providers {
		if provider.ARN != ours.ARN {
			return provider.Place
		}
	}
	return ours.Place
}

func hosts(providers []index.Federated) []string {
	var hosts []string
	for _, provider := range providers {
		hosts = append(hosts, provider.Host)
	}
	return hosts
}

// subjectPlace is where the statement that lets a group in states the subject: the value
// that matches, the condition, or the statement if it has none.
func subjectPlace(trust *facts.Document, provider index.Federated, group access.Group) source.Place {
	if group.Document == nil {
		return trust.Place
	}
	n, at := group.Statement, group.Place
	statement := trust.Policy.Statement[n]
	for _, operator := range slices.Sorted(maps.Keys(statement.Condition)) {
		for _, key := range slices.Sorted(maps.Keys(statement.Condition[operator])) {
			if !strings.EqualFold(key, provider.Host+":sub") {
				continue
			}
			if at == group.Place {
				at = trust.InStatement(n, "Condition", operator, key)
			}
			for _, value := range statement.Condition[operator][key] {
				if !strings.Contains(operator, "Not") && holds(operator, value, group.Representative) {
					return trust.InValues(n, value, "Condition", operator, key)
				}
			}
		}
	}
	return at
}

// holds reports whether an operator is true of one wanted value and another.
func holds(operator, wanted, got string) bool {
	const key = "k"
	statement := policy.Statement{Effect: policy.EffectAllow, Action: policy.Values{"*"}, Condition: policy.Condition{operator: {key: {wanted}}}}
	return policy.Judge(policy.Request{Context: map[string][]string{key: {got}}}, documentOf(statement)).Allow.Truth == policy.Yes
}

func documentOf(statement policy.Statement) policy.Document {
	return policy.Document{Version: policy.Version, Statement: []policy.Statement{statement}}
}
