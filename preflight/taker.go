package preflight

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// checkTakers asks of each role that can push who else can take it. Roles that are
// of no ServiceAccount of the files are written down and not judged, but for those
// that everybody can take.
func (p *proof) checkTakers() {
	for _, role := range p.everyRole() {
		ours := p.takers[role]
		if !p.namesPush(role) && !p.followed(ours) {
			p.noteUnknown(role)
			continue
		}
		who := p.checkTrust(role, ours)
		p.checkPrivileges(role, ours)
		p.writeAccess(role, who)
	}
}

// noteUnknown notes a role of which the files do not tell whether it may push.
func (p *proof) noteUnknown(role *facts.Role) {
	verdict := decide(policy.Request{Action: putImage, Resource: anyResource}, p.permissionsOf(role).identity)
	if verdict.Unknown == "" || verdict.Outcome == policy.ExplicitDeny {
		return
	}
	p.find(notLookedAt, role.Place, fmt.Sprintf("whether role %q may push, which no runner has, is not known: %s", title(role), verdict.Unknown), "add the file that tells")
	p.report.Access = append(p.report.Access, Access{ImageRepository: "(not known)", Who: "whoever can take the role", Role: title(role), Place: role.Place})
}

// followed says whether a runner has one of the ServiceAccounts.
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

// taker is somebody who can take a role.
type taker struct {
	who string
	// subject is that of a ServiceAccount of the files; "" of anyone else.
	subject string
}

func newTaker(probe probe, host string, expected map[string]bool) taker {
	t := taker{who: probe.who + " of " + host}
	if expected[probe.subject] {
		t.subject = probe.subject
	}
	return t
}

// checkTrust tries the trust policy with tokens that it should not let in, and
// with whomever else it names.
func (p *proof) checkTrust(role *facts.Role, ours []*facts.ServiceAccount) []taker {
	d := &role.Trust
	expected := map[string]bool{}
	for _, account := range ours {
		if account.Namespace.Known() && account.Name.Known() {
			expected[subject(account.Namespace.Value, account.Name.Value)] = true
		}
	}
	found, admitted := unknownTakers(d), p.admittedProviders(ours)
	if len(found) > 0 && len(admitted) > 0 {
		p.find(notKnown, d.Place, fmt.Sprintf("who else can take role %q is %s", title(role), found[0].who), "write the trust policy out, or tell what is missing")
	}
	providers := providersIn(d)
	for _, provider := range providers {
		found = append(found, p.tryTokens(role, provider, expected, len(admitted) > 0)...)
		if len(admitted) > 0 && !slices.ContainsFunc(admitted, func(ours federated) bool { return ours.host == provider.host }) {
			found = append(found, taker{who: "tokens of " + provider.host})
		}
	}
	if len(admitted) > 0 && len(providers) > 1 {
		p.find(otherProviders, otherThan(admitted[0], providers), fmt.Sprintf("role %q trusts %d issuers: %s", title(role), len(providers), quoted(hosts(providers))),
			"name one, unless the ServiceAccount is in several clusters")
	}
	found = append(found, p.tryAssociations(role, ours)...)
	return append(found, p.tryPrincipals(role, ours != nil)...)
}

// unknownTakers stand for whomever the part of a trust policy lets in that is not
// known.
func unknownTakers(d *facts.Document) []taker {
	if d.Unknown != "" {
		return []taker{{who: "not known: " + d.Unknown}}
	}
	var found []taker
	for _, i := range slices.Sorted(maps.Keys(d.Maybe)) {
		if d.Policy.Statement[i].Effect == policy.EffectAllow {
			found = append(found, taker{who: "not known: " + d.Maybe[i].Why})
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

// stranger is a name that nobody has: a token with it is let in only by a policy
// that lets in others too.
const stranger = "keyless-runners-stranger"

// tryTokens tries tokens of one issuer: those that the policy names, those of the
// ServiceAccounts beside ours, and such that its wildcards let in. Admitted says that
// ours are let in, from some issuer.
func (p *proof) tryTokens(role *facts.Role, provider federated, expected map[string]bool, admitted bool) []taker {
	var found []taker
	judged := len(expected) > 0
	known := role.Trust
	known.Maybe = nil // see unknownTakers
	admits := func(subject, audience string) decision {
		return decide(tokenRequest(provider.arn, provider.host, subject, audience), []*facts.Document{&known})
	}
	audiences := audiencesIn(&known, provider.host)
	admitsAny := func(subject string) (verdict decision) {
		for _, audience := range audiences {
			if verdict = admits(subject, audience); verdict.possible() {
				break
			}
		}
		return verdict
	}
	letIn := map[string]bool{}
	for _, probe := range p.probes(&role.Trust, provider.host, expected) {
		verdict := admitsAny(probe.subject)
		if probe.instead != "" && letIn[probe.instead] || !verdict.possible() {
			continue
		}
		letIn[probe.subject], letIn[probe.instead] = true, true
		found = append(found, newTaker(probe, provider.host, expected))
		// A policy that names another in place of ours is reported as that.
		if judged && !expected[probe.subject] && (admitted || !probe.named) {
			p.reportOther(role, provider, probe, verdict)
		}
		if probe.anybody {
			break
		}
	}
	for ours := range expected {
		if admits(ours, stranger).possible() {
			p.find(anyAudience, role.Trust.Place, fmt.Sprintf("the trust policy of role %q does not look at the audience; the provider's client ids alone do", title(role)),
				fmt.Sprintf("add StringEquals on %q: %q", provider.host+":aud", identity.AudienceSTS))
			break
		}
	}
	return found
}

// audiencesIn are those that a token may have: EKS's, and those that the trust policy
// spells, because a Pod can ask for any.
func audiencesIn(d *facts.Document, host string) []string {
	audiences := []string{string(identity.AudienceSTS)}
	for _, statement := range d.Policy.Statement {
		for _, keys := range statement.Condition {
			for key, values := range keys {
				if strings.EqualFold(key, host+":aud") {
					audiences = append(audiences, values...)
				}
			}
		}
	}
	slices.Sort(audiences)
	return slices.Compact(audiences)
}

func (p *proof) reportOther(role *facts.Role, provider federated, probe probe, verdict decision) {
	at := probe.place
	if at == (source.Place{}) {
		at = subjectPlace(&role.Trust, provider, verdict)
	}
	if probe.named {
		p.find(namedSubject, at, fmt.Sprintf("role %q also trusts %q, which is no ServiceAccount of the files with this role", title(role), probe.subject),
			"take it out of the trust policy, or add its file")
		return
	}
	p.find(otherSubjects, at, fmt.Sprintf("%s can take role %q, such as %q", probe.who, title(role), probe.subject),
		fmt.Sprintf("name the one subject by StringEquals on %q", provider.host+":sub"))
}

// subjectPlace is where the statement that let somebody in speaks of the subject, or
// the statement if it does not.
func subjectPlace(d *facts.Document, provider federated, verdict decision) source.Place {
	if verdict.Place == (source.Place{}) {
		return d.Place
	}
	for _, at := range subjectKeys(d.Policy.Statement[verdict.Statement], provider.host) {
		return d.InStatement(verdict.Statement, "Condition", at.operator, at.key)
	}
	return verdict.Place
}

// tryPrincipals finds whom the trust policy names that needs no token of a
// cluster.
func (p *proof) tryPrincipals(role *facts.Role, judged bool) []taker {
	var found []taker
	for i, statement := range role.Trust.Policy.Statement {
		if statement.Effect != policy.EffectAllow || !takes(statement) {
			continue
		}
		at := role.Trust.InStatement(i, "Principal")
		switch {
		case statement.NotPrincipal != nil, statement.Principal == nil,
			slices.Contains(statement.Principal.AWS, "*") && len(statement.Condition) == 0:
			found = append(found, taker{who: "everybody"})
			p.find(everybodyTakes, at, fmt.Sprintf("everybody can take role %q", title(role)), "name the provider as Federated principal, and the subject in a condition")
		default:
			others := p.beside(role, statement)
			for _, other := range others {
				found = append(found, taker{who: other})
			}
			if judged && len(others) > 0 {
				p.find(otherPrincipals, at, fmt.Sprintf("role %q also trusts %s", title(role), quoted(others)), "give them a role of their own")
			}
		}
	}
	return found
}

// takes says whether a statement's actions give the role away; those that tag a session
// do not.
func takes(statement policy.Statement) bool {
	return speaksOf(statement, assumeRole) || speaksOf(statement, "sts:AssumeRole") || speaksOf(statement, "sts:AssumeRoleWithSAML")
}

// otherNames are the principals of a statement that are no OIDC provider.
func otherNames(principal *policy.Principal) []string {
	names := slices.DeleteFunc(slices.Concat(principal.AWS, principal.Service, principal.CanonicalUser), facts.IsUnknown)
	for _, arn := range principal.Federated {
		if !strings.Contains(arn, ":oidc-provider/") {
			names = append(names, arn)
		}
	}
	return names
}
