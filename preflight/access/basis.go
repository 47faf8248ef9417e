package access

import (
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// dependence is something that a decision depends on and the files do not determine.
type dependence struct {
	why string
	// written is how the statements write it that do not decide.
	written func() policy.Document
}

// Basis holds what a decision that is Possibly depends on, as the documents write it: two
// decisions with one basis are the same, whatever that is. "" if the decision is certain.
func (d Decision) Basis() string {
	texts := make([]string, len(d.on))
	for i, on := range d.on {
		texts[i] = on.why
		if on.written != nil {
			texts[i] += " " + string(on.written().JSON())
		}
	}
	slices.Sort(texts)
	return strings.Join(slices.Compact(texts), "\n")
}

// undecided are the statements of an effect that may match the request, without what matches
// for certain.
func undecided(request policy.Request, document *facts.Document, of policy.Effect) policy.Document {
	found := policy.Document{Version: document.Policy.Version}
	match := func(statement policy.Statement) policy.Match {
		judgement := policy.Judge(request, policy.Document{Version: document.Policy.Version, Statement: []policy.Statement{statement}})
		if of == policy.EffectDeny {
			return judgement.Deny
		}
		return judgement.Allow
	}
	for _, statement := range document.Policy.Statement {
		if match(statement).Truth != policy.Possibly {
			continue
		}
		found.Statement = append(found.Statement, policy.Statement{
			Effect: statement.Effect, Principal: statement.Principal, NotPrincipal: statement.NotPrincipal,
			NotResource: statement.NotResource, Condition: statement.Condition,
			Resource: slices.DeleteFunc(slices.Clone(statement.Resource), func(resource string) bool {
				one := statement
				one.Resource, one.Condition = policy.Values{resource}, nil
				return match(one).Truth != policy.Possibly
			}),
		})
	}
	return found
}

// atMost is a statement of which something is unknown, without its actions and resources.
func atMost(maybe facts.Maybe) func() policy.Document {
	return func() policy.Document {
		statement := maybe.AtMost
		statement.Sid, statement.Action, statement.NotAction, statement.Resource = "", nil, nil, nil
		return policy.Document{Statement: []policy.Statement{statement}}
	}
}
