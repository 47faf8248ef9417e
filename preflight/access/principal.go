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
// everyoneWhoMeets names those of them for whom a condition holds.
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

// Principals returns the principals that a trust policy lets take the role without a token of an OIDC
// provider, or may: accounts, roles, users, services, and everyone. Accounts are by the
// name that the policy has for them.
func Principals(budget *Budget, trust *facts.Document, account string) []Group {
	return letIn(budget, trust, trust.Policy.Statement, asker{
		action: AssumeRole,
		ask:    func(principal policy.Principal, arn string) Decision { return askPrincipal(trust, principal, arn) },
		pods:   func() []Group { return associations(budget, trust, account) },
	})
}

// PrincipalsWith returns the principals that an image repository's own policy gives a grant, or may, except
// those that it names by what is not known, and for its own account.
func (r *ImageRepositories) PrincipalsWith(budget *Budget, grant Grant, repository *facts.ImageRepository) []Group {
	own, resource := r.PolicyOf(repository), AnyResource
	if arn, known := arnOf(repository); known {
		resource = arn
	}
	statements := slices.Clone(own.Policy.Statement)
	for i, maybe := range own.Maybe {
		if !maybe.NamesUnknown() {
			statements[i] = maybe.AtMost
		}
	}
	for i, statement := range statements {
		if !Includes(statement, grant.first()) {
			statements[i].Effect = ""
		}
	}
	all := letIn(budget, own, statements, asker{
		action: grant.first(),
		ask: func(principal policy.Principal, arn string) Decision {
			return grant.ask(func(action string) Decision {
				request := namedRequest(principal, action, arn)
				request.Resource = resource
				return Decide(request, own)
			})
		},
	})
	return slices.DeleteFunc(all, func(group Group) bool { return isAccount(group.Representative, repository.Account) })
}

// isAccount reports whether the name is that of the whole account. In its own account, that lets no one
// in: the account's own policies decide who is allowed, and need nothing of the image repository.
func isAccount(name string, account facts.Text) bool {
	return account.Known() && policy.IsAccount(name) && (name == account.Value || strings.Contains(name, ":"+account.Value+":"))
}

// asker asks a resource-based policy about a principal, of which aws:PrincipalArn is known or
// "", and pods about those that EKS Pod Identity stands for; nil: they are the service. By the action,
// conditions on aws:PrincipalArn are found.
type asker struct {
	action string
	ask    func(principal policy.Principal, arn string) Decision
	pods   func() []Group
}

// letIn are the principals that statements name and the document lets in, or may.
func letIn(budget *Budget, document *facts.Document, statements []policy.Statement, asker asker) []Group {
	var found []Group
	seen := map[string]bool{}
	for i, statement := range statements {
		if statement.Effect != policy.EffectAllow {
			continue
		}
		for _, who := range asker.narrowed(budget, document, principalsOf(statement)) {
			if seen[who.name] {
				continue
			}
			if who.name == identity.ServicePodIdentity && asker.pods != nil {
				seen[who.name] = true
				found = append(found, asker.pods()...)
				continue
			}
			decision := asker.ask(who.principal, "")
			if !decision.Possible() {
				continue
			}
			seen[who.name] = true
			if decision.Place == document.Place || decision.Document == nil {
				decision.Document, decision.Statement, decision.Place = document, i, document.Statement(i)
			}
			found = append(found, Group{Who: who.words(decision), Representative: who.name, Single: who.name != everyone, Principal: who.principal, Decision: decision})
		}
	}
	return found
}

// narrowed has, in place of everyone and of an account, the roles and users that conditions on
// aws:PrincipalArn name, each by its ARN, if no one else is let in.
func (a asker) narrowed(budget *Budget, document *facts.Document, all []namedPrincipal) (narrowed []namedPrincipal) {
	for _, who := range all {
		var classes []policy.Class
		if who.name == everyone || policy.IsAccount(who.name) {
			partition, err := budget.divide(anyText, principalARN, namedRequest(who.principal, a.action, ""), []policy.Document{knownDocument(document)})
			if err == nil && len(partition.Classes) > 1 {
				classes = partition.Classes
			}
		}
		if classes == nil {
			narrowed = append(narrowed, who)
		}
		for _, class := range classes {
			arn := class.Representative
			switch {
			case class.Single && identity.IsARN(arn):
				narrowed = append(narrowed, namedPrincipal{arn, policy.Principal{AWS: policy.Values{arn}}})
			case a.ask(who.principal, arn).Possible():
				narrowed = append(narrowed, who)
			}
		}
	}
	return narrowed
}

// namedPrincipal is a principal by its name.
type namedPrincipal struct {
	name      string
	principal policy.Principal
}

// principalsOf are the principals that a statement names, but for OIDC providers and what
// is not known.
func principalsOf(statement policy.Statement) []namedPrincipal {
	if statement.Principal == nil || slices.Contains(statement.Principal.AWS, everyone) {
		return []namedPrincipal{{everyone, policy.Principal{}}}
	}
	var found []namedPrincipal
	add := func(names policy.Values, of func(policy.Values) policy.Principal) {
		for _, name := range names {
			if !facts.IsUnknown(name) && !strings.Contains(name, oidcProvider) {
				found = append(found, namedPrincipal{name, of(policy.Values{name})})
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
func AskPrincipal(trust *facts.Document, principal policy.Principal) Decision {
	return askPrincipal(trust, principal, "")
}

func askPrincipal(trust *facts.Document, principal policy.Principal, arn string) Decision {
	best := Decide(namedRequest(principal, AssumeRole, arn), trust)
	for _, action := range []string{AssumeRoleWithWebIdentity, assumeRoleWithSAML} {
		request := namedRequest(principal, action, arn)
		aws := openKeys(request.Context)
		request.Open = func(key string) bool { return aws(key) && !ofPrincipal(key) || strings.ContainsAny(key, "./") }
		best = further(best, Decide(request, trust))
	}
	return best
}

// namedRequest returns a principal's request under its name. Of a role or a user, aws:PrincipalArn is the
// name; of others it is the given one; "": it is not known.
func namedRequest(principal policy.Principal, action, arn string) policy.Request {
	request := asks(principal, action)
	for _, name := range principal.AWS {
		if parts := strings.SplitN(name, ":", 6); len(parts) == 6 && parts[2] == "iam" && !policy.IsAccount(name) {
			arn = name
			request.Context[principalAccount] = []string{parts[4]}
		}
	}
	if arn != "" {
		request.Context[principalARN] = []string{arn}
	}
	request.Open = openKeys(request.Context)
	return request
}

func (n namedPrincipal) words(decision Decision) string {
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
