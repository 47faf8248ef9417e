package policy

import (
	"fmt"
	"slices"
	"strings"
)

// Request is what somebody asks AWS to do.
type Request struct {
	// Principal is who asks, by every name that a policy may call it: a role's
	// session has the ARNs of the session and of the role, a token that STS is
	// to exchange has the ARN of its provider in Federated. Zero: somebody
	// without a name.
	Principal Principal
	// Action is SERVICE:NAME, such as "ecr:PutImage".
	Action string
	// Resource is the ARN of what is acted on, "*" for an action that knows no
	// resource.
	Resource string
	// Context holds the values of condition keys, among them a token's claims.
	// A key without values is missing.
	Context map[string][]string
}

// Outcome says how a request was decided.
type Outcome int

const (
	// ImplicitDeny means that no statement speaks of the request.
	ImplicitDeny Outcome = iota
	// ExplicitDeny means that a statement denies the request. No other
	// statement can allow it.
	ExplicitDeny
	// Allowed means that a statement allows the request and none denies it.
	Allowed
)

func (o Outcome) String() string {
	return [...]string{"implicit deny", "explicit deny", "allowed"}[o]
}

// Decision is the outcome for a request and the statement that decided. The
// zero value is an implicit deny.
type Decision struct {
	Outcome Outcome
	// Document is the place among the documents, Statement the place in that
	// document, both from 0, and Sid the statement's own. An implicit deny has
	// none of them.
	Document, Statement int
	Sid                 string
}

// String names the outcome and the statement.
func (d Decision) String() string {
	if d.Outcome == ImplicitDeny {
		return d.Outcome.String()
	}
	text := fmt.Sprintf("%s by Statement[%d]", d.Outcome, d.Statement)
	if d.Sid != "" {
		text += fmt.Sprintf(" %q", d.Sid)
	}
	return fmt.Sprintf("%s of document %d", text, d.Document)
}

// Evaluate decides a request by documents that count together, such as all the
// identity policies of a role (IAM user guide, "Policy evaluation logic"). The
// first statement that denies it decides, and if there is none, the first that
// allows it.
//
// Documents that must each allow the request, such as a permissions boundary or
// the policies of two accounts, are evaluated one by one. A statement without a
// principal speaks of whoever asks, one without a resource of any: whether the
// document may be without them depends on its use and is for the caller to say.
// A statement with an operator that IAM does not have speaks of nothing; Parse
// lets none pass.
func Evaluate(request Request, documents ...Document) Decision {
	e := evaluation{Request: request, facts: newFacts(request.Context)}
	var decision Decision
	for d, document := range documents {
		e.variables = document.Version == Version
		for s, statement := range document.Statement {
			outcome := outcomes[statement.Effect]
			if outcome == ImplicitDeny || decision.Outcome == outcome || !e.matches(statement) {
				continue
			}
			decision = Decision{outcome, d, s, statement.Sid}
			if outcome == ExplicitDeny {
				return decision
			}
		}
	}
	return decision
}

var outcomes = map[Effect]Outcome{EffectAllow: Allowed, EffectDeny: ExplicitDeny}

// evaluation is a request that is held against one document.
type evaluation struct {
	Request
	facts facts
	// variables says that the document's version knows policy variables.
	variables bool
}

// matches reports whether the statement speaks of the request.
func (e evaluation) matches(s Statement) bool {
	return e.matchesAction(s) && e.matchesResource(s) && e.matchesPrincipal(s) && e.meets(s.Condition)
}

// matchesAction ignores case: "ecr:putimage" is "ecr:PutImage".
func (e evaluation) matchesAction(s Statement) bool {
	action := strings.ToLower(e.Action)
	in := func(values Values) bool {
		return slices.ContainsFunc(values, func(value string) bool { return wildcards(strings.ToLower(value)).matches(action) })
	}
	if s.NotAction != nil {
		return !in(s.NotAction)
	}
	return in(s.Action)
}

// matchesResource regards case. A NotResource with an unknown variable matches
// nothing, because nobody can say what it leaves out.
func (e evaluation) matchesResource(s Statement) bool {
	in := func(patterns []pattern) bool {
		return slices.ContainsFunc(patterns, func(p pattern) bool { return p.matches(e.Resource) })
	}
	if s.NotResource != nil {
		patterns, resolved := e.patterns(s.NotResource)
		return resolved && !in(patterns)
	}
	patterns, _ := e.patterns(s.Resource)
	return s.Resource == nil || in(patterns)
}

func (e evaluation) matchesPrincipal(s Statement) bool {
	if s.NotPrincipal != nil {
		return !s.NotPrincipal.spares(e.Principal)
	}
	return s.Principal == nil || s.Principal.includes(e.Principal)
}

// patterns are the values, without those that have an unknown variable;
// resolved is false if there is such a one.
func (e evaluation) patterns(values Values) (patterns []pattern, resolved bool) {
	resolved = true
	for _, value := range values {
		p, known := wildcards(value), true
		if e.variables {
			p, known = e.facts.expand(value)
		}
		if !known {
			resolved = false
			continue
		}
		patterns = append(patterns, p)
	}
	return patterns, resolved
}
