package preflight

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// checkPrincipals asks of each role that can push who can take it. Roles that are of no
// ServiceAccount of the files are written down and not judged, but for those that everyone
// can take.
func (p *proof) checkPrincipals() {
	for _, role := range p.everyRole() {
		ours := p.takers[role]
		if !p.namesPush(role) && !p.followed(ours) {
			p.noteUnknown(role)
			continue
		}
		who := p.checkTrust(role, ours)
		p.checkPrivileges(role, ours)
		p.writeAccess(role, who)
		p.noteMore(role)
	}
	if p.repositories.Exhausted() {
		p.find(notKnown, p.anywhere(), "which image repositories of the files each role can push to is not all listed by name: roles with patterns and image repositories are too many", "check fewer files at once")
	}
}

// noteMore notes a role that can push to something, and may to what is not known.
func (p *proof) noteMore(role *facts.Role) {
	if why := p.permissionsOf(role).UnknownResource(); why != "" {
		p.find(notLookedAt, role.Place, fmt.Sprintf("what else role %q may push to is not known: %s", title(role), why), "add the file that tells")
		p.writeUnknown(role, why)
	}
}

// noteUnknown notes a role about which the files do not determine whether it may push.
func (p *proof) noteUnknown(role *facts.Role) {
	verdict := p.pushesSomewhere(role)
	if verdict.Why == "" {
		return
	}
	p.find(notLookedAt, role.Place, fmt.Sprintf("whether role %q may push, which no runner has, is not known: %s", title(role), verdict.Why), "add the file that tells")
	p.writeUnknown(role, verdict.Why)
}

// writeUnknown writes down that a role may push to what is not known.
func (p *proof) writeUnknown(role *facts.Role, why string) {
	p.report.Access = append(p.report.Access, Access{ImageRepository: "(not known)", Who: "whoever can take the role", Possibly: why, Role: title(role), Place: role.Place})
}

// pushesSomewhere decides whether the role's own policies allow a push to some image
// repository that none of them names.
func (p *proof) pushesSomewhere(role *facts.Role) access.Decision {
	permissions := p.permissionsOf(role)
	return access.Decide(permissions.Request(putImage, access.AnyResource), permissions.Identity...)
}

// followed reports whether a runner has one of the ServiceAccounts.
func (p *proof) followed(accounts []*facts.ServiceAccount) bool {
	return slices.ContainsFunc(accounts, func(account *facts.ServiceAccount) bool { return p.identities[account] != nil })
}

func (p *proof) everyRole() []*facts.Role {
	roles := make([]*facts.Role, 0, len(p.Roles)+1)
	for i := range p.Roles {
		roles = append(roles, &p.Roles[i])
	}
	if p.loose != nil {
		roles = append(roles, p.loose)
	}
	return roles
}

// principals can take a role, or may.
type principals struct {
	who string
	// such is one of several, "" if there is one.
	such string
	// subject is that of a ServiceAccount of the files; "" of anyone else.
	subject string
	// possibly says why it is not certain, "" if it is.
	possibly string
}

func principalsOf(group access.Group, who string) principals {
	found := principals{who: who, possibly: group.Why}
	if !group.Single {
		found.such = group.Representative
	}
	return found
}

// checkTrust finds who can take a role, and reports who should not.
func (p *proof) checkTrust(role *facts.Role, ours []*facts.ServiceAccount) []principals {
	d := &role.Trust
	expected := map[string]bool{}
	for _, account := range ours {
		if account.Namespace.Known() && account.Name.Known() {
			expected[subject(account.Namespace.Value, account.Name.Value)] = true
		}
	}
	found, admitted := unknownPrincipals(d), p.admittedProviders(ours)
	if len(found) > 0 && len(admitted) > 0 {
		p.find(notKnown, d.Place, fmt.Sprintf("who else can take role %q is %s", title(role), found[0].who), "write the trust policy out, or tell what is missing")
	}
	providers := providersIn(d)
	for _, provider := range providers {
		found = append(found, p.checkSubjects(role, provider, expected, len(admitted) > 0)...)
	}
	if len(admitted) > 0 && len(providers) > 1 {
		p.find(otherProviders, otherThan(admitted[0], providers), fmt.Sprintf("role %q trusts %d issuers: %s", title(role), len(providers), quoted(hosts(providers))),
			"name one, unless the ServiceAccount is in several clusters")
	}
	found = append(found, p.checkAssociated(role, ours)...)
	return append(found, p.checkOtherPrincipals(role, ours != nil)...)
}

// unknownPrincipals stand for those that the part of a trust policy lets in that is not
// known.
func unknownPrincipals(d *facts.Document) []principals {
	if d.Unknown != "" {
		return []principals{{who: "not known: " + d.Unknown, possibly: d.Unknown}}
	}
	var found []principals
	for _, i := range slices.Sorted(maps.Keys(d.Maybe)) {
		if d.Policy.Statement[i].Effect == policy.EffectAllow {
			found = append(found, principals{who: "not known: " + d.Maybe[i].Why, possibly: d.Maybe[i].Why})
		}
	}
	return found
}

func (p *proof) admittedProviders(ours []*facts.ServiceAccount) []federated {
	var admitted []federated
	for _, account := range ours {
		if known := p.identities[account]; known != nil && len(known.issuers) > len(admitted) {
			admitted = known.issuers
		}
	}
	return admitted
}

// otherThan is where a trust policy names another provider than ours.
func otherThan(ours federated, providers []federated) source.Place {
	for _, provider := range providers {
		if provider.arn != ours.arn {
			return provider.place
		}
	}
	return ours.place
}

func hosts(providers []federated) []string {
	var hosts []string
	for _, provider := range providers {
		hosts = append(hosts, provider.host)
	}
	return hosts
}

func subject(namespace, name string) string {
	return identity.Subject{Namespace: identity.Namespace(namespace), ServiceAccount: identity.ServiceAccount(name)}.String()
}

// issuerOf is the issuer of a provider that a role trusts, with the client ids of the
// account's provider, if they are known.
func (p *proof) issuerOf(role *facts.Role, provider federated) access.Issuer {
	issuer := access.Issuer{Provider: provider.arn, Host: provider.host, Cluster: strings.HasPrefix(provider.host, eksIssuerHost) || p.isClusters(provider.host)}
	for _, known := range p.providers[provider.host] {
		if role.Account.Known() && contradicts(known.Account, role.Account.Value) || !known.ClientIDsKnown {
			continue
		}
		ids := []string{}
		for _, id := range known.ClientIDs {
			if id.Unknown != "" {
				return issuer
			}
			ids = append(ids, id.Value)
		}
		issuer.Audiences = ids
	}
	return issuer
}

// checkSubjects finds the subjects of an issuer that can take a role, and reports those that
// are of no ServiceAccount of the files with the role. Admitted says that one of these is
// let in, from some issuer.
func (p *proof) checkSubjects(role *facts.Role, provider federated, expected map[string]bool, admitted bool) []principals {
	known := role.Trust
	known.Maybe = nil // see unknownPrincipals
	issuer := p.issuerOf(role, provider)
	var found []principals
	for _, group := range access.Subjects(&p.budget, &known, issuer, slices.Sorted(maps.Keys(expected))...) {
		one := principalsOf(group, group.Who+" of "+provider.host)
		if group.Single && expected[group.Representative] && !isNoClusters(provider.host) {
			one.subject = group.Representative
		}
		found = append(found, one)
		// A policy that names another in place of ours is reported as that.
		if len(expected) > 0 && one.subject == "" && (admitted || !group.Single) {
			p.reportOther(role, provider, group)
		}
	}
	if !isNoClusters(provider.host) && slices.ContainsFunc(slices.Collect(maps.Keys(expected)), func(ours string) bool { return access.AnyAudience(&p.budget, &known, issuer, ours) }) {
		p.find(anyAudience, role.Trust.Place, fmt.Sprintf("the trust policy of role %q does not look at the audience; the provider's client ids alone do", title(role)),
			fmt.Sprintf("add StringEquals on %q: %q", provider.host+":aud", identity.AudienceSTS))
	}
	return found
}

func (p *proof) reportOther(role *facts.Role, provider federated, group access.Group) {
	at := subjectPlace(&role.Trust, provider, group)
	switch {
	case !group.Allowed():
		p.find(notKnown, cmp.Or(group.Open, at), fmt.Sprintf("whether %s can take role %q is not known: %s", group.Who, title(role), group.Why), "write it out, or tell what is missing")
	case group.Single:
		p.find(namedSubject, at, fmt.Sprintf("role %q also trusts %q, which is no ServiceAccount of the files with this role", title(role), group.Representative),
			"take it out of the trust policy, or add its file")
	default:
		p.find(otherSubjects, at, fmt.Sprintf("%s can take role %q, such as %q", group.Who, title(role), group.Representative),
			fmt.Sprintf("name the one subject by StringEquals on %q", provider.host+":sub"))
	}
}

// subjectPlace is where the statement that lets a group in states the subject: the value
// that matches, the condition, or the statement if it has none.
func subjectPlace(d *facts.Document, provider federated, group access.Group) source.Place {
	if group.Document == nil {
		return d.Place
	}
	i := group.Statement
	at := group.Place
	statement := d.Policy.Statement[i]
	for _, operator := range slices.Sorted(maps.Keys(statement.Condition)) {
		for _, key := range slices.Sorted(maps.Keys(statement.Condition[operator])) {
			if !strings.EqualFold(key, provider.host+":sub") {
				continue
			}
			if at == group.Place {
				at = d.InStatement(i, "Condition", operator, key)
			}
			for _, value := range statement.Condition[operator][key] {
				if !strings.Contains(operator, "Not") && holds(operator, value, group.Representative) {
					return d.InValues(i, value, "Condition", operator, key)
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
	return policy.Judge(policy.Request{Context: map[string][]string{key: {got}}}, one(statement)).Allow.Truth == policy.Yes
}

// one is a document of one statement.
func one(statement policy.Statement) policy.Document {
	return policy.Document{Version: policy.Version, Statement: []policy.Statement{statement}}
}

// checkOtherPrincipals finds those that need no token of a cluster, and no association that the files have.
func (p *proof) checkOtherPrincipals(role *facts.Role, judged bool) []principals {
	known := role.Trust
	known.Maybe = nil // see unknownPrincipals
	others := map[source.Place][]string{}
	var found []principals
	for _, group := range access.Principals(&p.budget, &known, role.Account.Value) {
		if group.Associations && len(p.associationsFor[role]) > 0 || p.goesOn(role, group.Representative, known.Policy.Statement[group.Statement]) {
			continue
		}
		found = append(found, principalsOf(group, group.Who))
		at := role.Trust.InStatement(group.Statement, "Principal")
		if group.Who == access.Everyone {
			p.find(everybodyTakes, at, fmt.Sprintf("everybody can take role %q", title(role)), "name the provider as Federated principal, and the subject in a condition")
			continue
		}
		who := group.Who
		if group.Single {
			who = fmt.Sprintf("%q", who)
		}
		others[at] = append(others[at], who)
	}
	for at, names := range others {
		if judged {
			p.find(otherPrincipals, at, fmt.Sprintf("role %q also trusts %s", title(role), list(names)), "give them a role of their own")
		}
	}
	return found
}
