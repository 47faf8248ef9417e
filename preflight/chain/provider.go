package chain

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// ProviderProblem keeps the provider of an issuer from accepting a token.
type ProviderProblem int

const (
	// ProviderAccepts means that nothing does, and ProviderAssumed that the files could not
	// show it.
	ProviderAccepts ProviderProblem = iota
	ProviderAssumed
	// ProviderMissing means that no file has the provider, ProviderElsewhere that it is in
	// another account.
	ProviderMissing
	ProviderElsewhere
	// AudienceRefused means that it has other client ids, AudienceUnknown that it may.
	AudienceRefused
	AudienceUnknown
)

// Provides is the provider that a role trusts for a token, as far as the files have it.
type Provides struct {
	Host     string
	Audience facts.Text
	Role     *facts.Role
	Problem  ProviderProblem
	// Provider is the one that is in the way, and ID the client id that is not known.
	Provider *facts.Provider
	ID       facts.Text
	// Near is an issuer that there is a provider of, "" if none is near.
	Near string
	// Deleted reports that a plan deletes the provider.
	Deleted bool
	// Named is how the trust policy names it.
	Named index.Federated
}

// provides looks for the provider. A list of providers has their accounts and not their client
// ids, the provider alone its client ids and not its account, so there may be two facts of
// one.
func (c *Chains) provides(role *facts.Role, named index.Federated, audience facts.Text) Provides {
	found := Provides{Host: named.Host, Audience: audience, Role: role, Named: named}
	providers := c.ProvidersOf(named.Host)
	ours := slices.DeleteFunc(slices.Clone(providers), func(provider *facts.Provider) bool {
		return role.Account.Known() && provider.Account.Contradicts(role.Account.Value)
	})
	switch {
	case len(providers) == 0 && c.DeletedProvider(named.Host) != nil:
		found.Problem, found.Deleted = ProviderMissing, true
	case len(providers) == 0 && len(c.Templates) == 0 && len(c.Providers) == 0 && len(c.ProviderLists) == 0:
		found.Problem = ProviderAssumed
	case len(providers) == 0:
		found.Problem, found.Near = ProviderMissing, c.NearProvider(named.Host)
	case len(ours) == 0:
		found.Problem, found.Provider = ProviderElsewhere, providers[0]
	}
	for _, provider := range ours {
		if found.Problem, found.ID = refuses(provider, audience); found.Problem != ProviderAccepts {
			found.Provider = provider
			break
		}
	}
	return found
}

// refuses finds whether a provider refuses an audience.
func refuses(provider *facts.Provider, audience facts.Text) (problem ProviderProblem, unknown facts.Text) {
	if !provider.ClientIDsKnown || slices.ContainsFunc(provider.ClientIDs, func(id facts.Text) bool { return id.Is(audience.Value) }) {
		return ProviderAccepts, facts.Text{}
	}
	for _, id := range provider.ClientIDs {
		if id.Unknown != "" {
			return AudienceUnknown, id
		}
	}
	return AudienceRefused, facts.Text{}
}

func (p Provides) state() State {
	switch p.Problem {
	case ProviderAccepts, ProviderAssumed:
		return Proved
	case ProviderMissing, AudienceUnknown:
		return Unknown
	}
	return Broken
}

// Text implements Reason.
func (p Provides) Text() string {
	switch p.Problem {
	case ProviderAssumed:
		return fmt.Sprintf("the files cannot show providers; that of issuer %q is assumed to exist", p.Host)
	case ProviderMissing:
		text := fmt.Sprintf("no provider of issuer %q is among the files", p.Host)
		if p.Deleted {
			text += ": the plan deletes it"
		}
		if p.Near != "" {
			text += fmt.Sprintf("; there is one of %q", p.Near)
		}
		return text
	case ProviderElsewhere:
		return fmt.Sprintf("the provider of issuer %q is in account %q, the role in %q", p.Host, p.Provider.Account.Value, p.Role.Account.Value)
	case AudienceRefused:
		var ids []string
		for _, id := range p.Provider.ClientIDs {
			ids = append(ids, id.Value)
		}
		return fmt.Sprintf("the token's audience is %q, the provider takes %s", p.Audience.Value, facts.Quoted(ids))
	case AudienceUnknown:
		return fmt.Sprintf("whether the provider takes the audience %q is not known: %s", p.Audience.Value, p.ID.Unknown)
	}
	return fmt.Sprintf("the account's provider of issuer %q takes tokens for %q", p.Host, p.Audience.Value)
}
