package access

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// AssumeRoleWithWebIdentity is the action for a token.
const AssumeRoleWithWebIdentity = "sts:AssumeRoleWithWebIdentity"

// Issuer is an OIDC issuer whose tokens may be exchanged for a role.
type Issuer struct {
	// Provider is the ARN of the IAM provider, Host the issuer without scheme, as condition
	// keys have it.
	Provider, Host string
	// Cluster reports that it is a cluster's: its tokens are those of ServiceAccounts, and
	// have no claim for STS but subject and audience.
	Cluster bool
	// Audiences are the provider's client ids: STS accepts no other audience. Nil: they
	// are not known.
	Audiences []string
}

// Request returns the request to STS with a token. STS accepts requests by TLS alone.
func (i Issuer) Request(subject, audience string) policy.Request {
	request := i.request()
	request.Context[i.Host+":sub"] = []string{subject}
	request.Context[i.Host+":aud"] = []string{audience}
	return request
}

// request returns the request with a token of which neither subject nor audience is known.
func (i Issuer) request() policy.Request {
	request := asks(policy.Principal{Federated: policy.Values{i.Provider}}, AssumeRoleWithWebIdentity)
	aws := openKeys(request.Context)
	claims := strings.ToLower(i.Host) + ":"
	request.Open = func(key string) bool {
		return aws(key) && !ofPrincipal(key) || !i.Cluster && strings.HasPrefix(strings.ToLower(key), claims)
	}
	return request
}

// asks is a principal's request, as far as it is the same for all that ask so.
func asks(principal policy.Principal, action string) policy.Request {
	return policy.Request{Principal: principal, Action: action, Resource: AnyResource, Context: map[string][]string{secureTransport: {"true"}}}
}

// ofPrincipal reports whether a key is about the principal that asks: who has a token alone
// is none (IAM user guide, "AWS global condition context keys", "Properties of the
// principal").
func ofPrincipal(key string) bool {
	key = strings.ToLower(key)
	return strings.HasPrefix(key, "aws:principal") || key == userName || key == "aws:userid"
}

// userName is a key that IAM users alone have.
const userName = "aws:username"

var (
	anyText      = policy.Any()
	everySubject = policy.Subjects()
)

// Group is principals that the documents treat alike.
type Group struct {
	// Who describes them; it is the subject or the name of a single one.
	Who string
	// Representative is one of them.
	Representative string
	// Single reports that there is no other.
	Single bool
	// Cluster is the ARN of a representative's cluster, where the principals are EKS Pod
	// Identity associations; "" for others, and for associations without session tags.
	Cluster string
	// Associations reports that they are EKS Pod Identity associations.
	Associations bool
	// Principal has the names by which a trust policy may name them.
	Principal policy.Principal
	Decision
}

// Subjects are the subjects of the issuer's tokens for which a trust policy lets a
// principal take the role, with an audience of its choice, or may. Each of ours is a group
// by itself.
func Subjects(budget *Budget, trust *facts.Document, issuer Issuer, ours ...string) []Group {
	universe, words := anyText, tokenWords
	if issuer.Cluster {
		universe, words = everySubject, subjectWords
	}
	var single []policy.Pattern
	for _, subject := range ours {
		single = append(single, policy.Exactly(subject))
	}
	subjects, err := issuer.divide(budget, trust, ":sub", universe, single...)
	if err != nil {
		return []Group{undivided(words.all, err, trust)}
	}
	decisions, err := issuer.decisions(budget, trust, subjects.Classes)
	if err != nil {
		return []Group{undivided(words.all, err, trust)}
	}
	truths := make([]policy.Truth, len(decisions))
	for i, decision := range decisions {
		truths[i] = decision.Truth
	}
	var found []Group
	for _, group := range words.groups(subjects, truths) {
		at := slices.IndexFunc(subjects.Classes, func(class policy.Class) bool { return class.Representative == group.class.Representative })
		found = append(found, Group{Who: group.words, Representative: group.class.Representative, Single: group.class.Single, Decision: decisions[at]})
	}
	return found
}

// decisions are about one subject of each class, with an audience of its choice.
func (i Issuer) decisions(budget *Budget, trust *facts.Document, subjects []policy.Class) ([]Decision, error) {
	audiences, open := i.audiences(budget, trust)
	if len(audiences) == 0 && open != nil {
		return nil, open
	}
	if err := budget.decide(len(subjects) * len(audiences)); err != nil {
		return nil, err
	}
	decisions := make([]Decision, len(subjects))
	for n, class := range subjects {
		decisions[n] = i.ask(trust, class.Representative, audiences)
		if open != nil && !decisions[n].Possible() {
			decisions[n] = undivided("", open, trust).Decision
		}
	}
	return decisions, nil
}

// undivided stands for all there are, where classes cannot be found.
func undivided(all string, err error, trust *facts.Document) Group {
	return Group{Who: all, Decision: Decision{Truth: policy.Possibly, Why: err.Error(), Open: trust.Place, on: []dependence{{err.Error(), func() policy.Document { return knownDocument(trust) }}}}}
}

// divide cuts the values of one of the token's claims.
func (i Issuer) divide(budget *Budget, trust *facts.Document, claim string, universe policy.Universe, more ...policy.Pattern) (policy.Partition, error) {
	return budget.divide(universe, policy.Attribute(i.Host+claim), i.request(), []policy.Document{knownDocument(trust)}, more...)
}

// audience is an audience of which a token can be; certain reports that the provider
// accepts it.
type audience struct {
	value   string
	certain bool
}

// audiences are one of each class: a ServiceAccount can ask for a token for any. Where the
// client ids are not known, the provider is assumed to have those that the trust policy
// writes out, and that of STS; if the others cannot be divided there is an error too.
func (i Issuer) audiences(budget *Budget, trust *facts.Document) ([]audience, error) {
	universe := anyText
	if i.Audiences != nil {
		universe = policy.OneOf(i.Audiences...)
	}
	partition, err := i.divide(budget, trust, ":aud", universe)
	if err != nil && i.Audiences != nil {
		return nil, err
	}
	var found []audience
	for _, class := range partition.Classes {
		found = append(found, audience{class.Representative, i.Audiences != nil || class.Single})
	}
	if i.Audiences == nil {
		found = append([]audience{{string(identity.AudienceSTS), true}}, found...)
	}
	return found, err
}

// ask is the furthest decision about a subject with one of the audiences. Where the client
// ids are not known, it is certain if every audience is let in: there is one at least.
func (i Issuer) ask(trust *facts.Document, subject string, audiences []audience) (best Decision) {
	every := true
	for n, audience := range audiences {
		decision := Decide(i.Request(subject, audience.value), trust)
		every = every && decision.Allowed()
		if decision.Allowed() && !audience.certain && !(every && n == len(audiences)-1) {
			decision.Truth, decision.Open = policy.Possibly, trust.Place
			decision.Why = fmt.Sprintf("which client ids the provider of issuer %q has is not among the files", i.Host)
			decision.on = []dependence{{why: fmt.Sprintf("audience %q", audience.value)}}
		}
		if n == 0 {
			best = decision
		}
		best = further(best, decision)
	}
	return best
}

// further is the decision that is further, the first of two that are as far. What is possible
// depends on both.
func further(a, b Decision) Decision {
	switch {
	case b.Truth > a.Truth:
		return b
	case b.Truth == a.Truth:
		a.on = joined(a.on, b.on)
	}
	return a
}

// AnyAudience reports whether the trust policy lets the subject in with an audience that
// the fewest of its values match, or may.
func AnyAudience(budget *Budget, trust *facts.Document, issuer Issuer, subject string) bool {
	partition, err := issuer.divide(budget, trust, ":aud", anyText)
	if err != nil {
		return true
	}
	var other policy.Class
	for i, class := range partition.Classes {
		if i == 0 || len(class.Matches) < len(other.Matches) {
			other = class
		}
	}
	return Decide(issuer.Request(subject, other.Representative), trust).Possible()
}
