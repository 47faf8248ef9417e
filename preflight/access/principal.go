package access

import (
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// What a principal without a token asks STS for.
const (
	AssumeRole         = "sts:AssumeRole"
	assumeRoleWithSAML = "sts:AssumeRoleWithSAML"
)

// Everyone describes principals of all accounts, with credentials or without, and
// everyoneWhoMeets those of them for whom a condition holds.
const (
	Everyone         = "everyone"
	everyoneWhoMeets = "everyone who meets a condition"
)

const (
	// everyone is the principal that stands for all.
	everyone = "*"
	// oidcProvider is in the ARN of every OIDC provider.
	oidcProvider = ":oidc-provider/"
)

// Principals are those that a trust policy lets take the role without a token of an OIDC
// provider, or may: accounts, roles, users, services, and everyone. Accounts are by the
// name that the policy has for them.
func Principals(budget *Budget, trust *facts.Document, account string) []Group {
	var found []Group
	seen := map[string]bool{}
	for i, statement := range trust.Policy.Statement {
		if statement.Effect != policy.EffectAllow {
			continue
		}
		for _, who := range principalsOf(statement) {
			if seen[who.name] {
				continue
			}
			if who.name == identity.ServicePodIdentity {
				seen[who.name] = true
				found = append(found, associations(budget, trust, account)...)
				continue
			}
			decision := AskPrincipal(trust, who.principal)
			if !decision.Possible() {
				continue
			}
			seen[who.name] = true
			if decision.Place == trust.Place || decision.Document == nil {
				decision.Document, decision.Statement, decision.Place = trust, i, trust.Statement(i)
			}
			found = append(found, Group{Who: who.words(decision), Representative: who.name, Single: who.name != everyone, Principal: who.principal, Decision: decision})
		}
	}
	return found
}

// named is a principal by its name.
type named struct {
	name      string
	principal policy.Principal
}

// principalsOf are the principals that a statement names, but for OIDC providers and what
// is not known.
func principalsOf(statement policy.Statement) []named {
	if statement.Principal == nil || slices.Contains(statement.Principal.AWS, everyone) {
		return []named{{everyone, policy.Principal{}}}
	}
	var found []named
	add := func(names policy.Values, of func(policy.Values) policy.Principal) {
		for _, name := range names {
			if !facts.IsUnknown(name) && !strings.Contains(name, oidcProvider) {
				found = append(found, named{name, of(policy.Values{name})})
			}
		}
	}
	add(statement.Principal.AWS, func(v policy.Values) policy.Principal { return policy.Principal{AWS: v} })
	add(statement.Principal.Service, func(v policy.Values) policy.Principal { return policy.Principal{Service: v} })
	add(statement.Principal.CanonicalUser, func(v policy.Values) policy.Principal { return policy.Principal{CanonicalUser: v} })
	add(statement.Principal.Federated, func(v policy.Values) policy.Principal { return policy.Principal{Federated: v} })
	return found
}

// AskPrincipal is the furthest decision about a principal with one of the actions that give a
// role away.
func AskPrincipal(trust *facts.Document, principal policy.Principal) (best Decision) {
	for _, action := range []string{AssumeRole, AssumeRoleWithWebIdentity, assumeRoleWithSAML} {
		request := policy.Request{Principal: principal, Action: action, Resource: AnyResource, Context: map[string][]string{secureTransport: {"true"}}}
		request.Open = openOrClaim(request.Context)
		best = further(best, Decide(request, trust))
	}
	return best
}

// openOrClaim are keys that only a request has, those of tokens included.
func openOrClaim(context map[string][]string) func(string) bool {
	aws := openKeys(context)
	return func(key string) bool { return aws(key) || strings.ContainsAny(key, "./") }
}

func (n named) words(decision Decision) string {
	switch {
	case n.name != everyone:
		return n.name
	case decision.Allowed():
		return Everyone
	}
	return everyoneWhoMeets
}

// NameWords describe the principal of a name.
func NameWords(name string) string {
	if name == everyone {
		return Everyone
	}
	return name
}
