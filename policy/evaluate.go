package policy

import (
	"fmt"
	"slices"
	"strings"
)

// Request is a request to AWS.
type Request struct {
	// Principal is the caller, with every name that a policy may call it: a role's
	// session has the ARNs of the session and of the role, a token that STS is
	// to exchange has the ARN of its provider in Federated. Zero: a caller
	// without a name.
	Principal Principal
	// Action is SERVICE:NAME, such as "ecr:PutImage".
	Action string
	// Resource is the ARN of the resource, "*" for an action without resource types.
	Resource string
	// Context holds the values of condition keys, among them a token's claims.
	// A key without values is missing, unless it is open.
	Context map[string][]string
	// Open reports whether a key that Context lacks is one that only the request itself
	// has, such as "aws:SourceIp". Nil: no key is.
	Open func(key string) bool
	// Bounded reports that the principal has a permissions boundary.
	Bounded bool
}

// Outcome says how a request was decided.
type Outcome int

const (
	// ImplicitDeny means that no statement applies to the request.
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
	// Open says why the outcome is not certain: why another statement may allow what is
	// implicitly denied, or deny what is allowed. It is "" if the outcome is certain.
	Open string
}

// String names the outcome, the statement and what is open.
func (d Decision) String() string {
	text := d.Outcome.String()
	if d.Outcome != ImplicitDeny {
		text += fmt.Sprintf(" by Statement[%d]", d.Statement)
		if d.Sid != "" {
			text += fmt.Sprintf(" %q", d.Sid)
		}
		text += fmt.Sprintf(" of document %d", d.Document)
	}
	if d.Open != "" {
		text += ", open: " + d.Open
	}
	return text
}

// Evaluate decides a request by documents that count together, such as all
// identity-based policies of a role (IAM user guide, "Policy evaluation logic"). The
// first statement that denies it decides; without one, the first that allows it.
//
// Documents that must each allow the request, such as a permissions boundary or
// the policies of two accounts, are evaluated one by one. A statement without a
// principal matches every principal, one without a resource every resource: whether the
// document may be without them depends on its use and is for the caller to say.
// A statement with an operator that IAM does not have matches nothing; Parse
// lets none pass.
func Evaluate(request Request, documents ...Document) Decision {
	judgement := Judge(request, documents...)
	allow, deny := judgement.Allow, judgement.Deny
	switch {
	case deny.Truth == Yes:
		return Decision{Outcome: ExplicitDeny, Document: deny.Document, Statement: deny.Statement, Sid: deny.Sid}
	case allow.Truth == Yes:
		return Decision{Outcome: Allowed, Document: allow.Document, Statement: allow.Statement, Sid: allow.Sid, Open: deny.Why}
	}
	return Decision{Open: allow.Why}
}

// Judgement is how far statements allow a request, and how far others deny it.
type Judgement struct{ Allow, Deny Match }

// Match is how far the statements of one effect match a request. The zero value: none
// does.
type Match struct {
	Truth Truth
	// Document, Statement and Sid name the statement that matches for certain, or else
	// possibly; the first of such.
	Document, Statement int
	Sid                 string
	// Why says why Truth is Possibly, "" if it is not, and Element which element of the
	// statement is open.
	Why, Element string
}

// Judge evaluates the statements of documents for a request, each effect separately.
func Judge(request Request, documents ...Document) Judgement {
	e := evaluation{Request: request, facts: facts{request.Context, request.Open}}
	var judgement Judgement
	for d, document := range documents {
		e.variables = document.Version == Version
		for s, statement := range document.Statement {
			of := judgement.of(statement.Effect)
			if of == nil || of.Truth == Yes {
				continue
			}
			if found := e.matches(statement); found.truth > of.Truth {
				*of = Match{found.truth, d, s, statement.Sid, found.why, found.element}
			}
		}
	}
	return judgement
}

// of is the part of the judgement that is about the effect, nil if there is no such effect.
func (j *Judgement) of(effect Effect) *Match {
	switch effect {
	case EffectAllow:
		return &j.Allow
	case EffectDeny:
		return &j.Deny
	}
	return nil
}

// evaluation evaluates one document for a request.
type evaluation struct {
	Request
	facts facts
	// variables reports that the document's version has policy variables.
	variables bool
}

// matches reports how far the statement matches the request: every element has to.
func (e evaluation) matches(s Statement) answer {
	if !e.matchesAction(s) {
		return answer{}
	}
	all := e.matchesPrincipal(s).in("Principal")
	for _, element := range []func() answer{
		func() answer { return e.matchesResource(s).in("Resource") },
		func() answer { return e.meets(s.Condition).in("Condition") },
	} {
		if all.truth == No {
			return answer{}
		}
		all = all.and(element())
	}
	return all
}

// matchesAction ignores case: "ecr:putimage" is "ecr:PutImage".
func (e evaluation) matchesAction(s Statement) bool {
	in := func(values Values) bool {
		return slices.ContainsFunc(values, func(value string) bool {
			return strings.EqualFold(value, e.Action) || !isPlain(value) && wildcards(value).foldMatches(e.Action)
		})
	}
	if s.NotAction != nil {
		return !in(s.NotAction)
	}
	return in(s.Action)
}

// matchesResource regards case. The guide does not say whether NotResource includes "*",
// the resource of an action that has no other.
func (e evaluation) matchesResource(s Statement) answer {
	if s.NotResource == nil && s.Resource == nil {
		return answer{truth: Yes}
	}
	if s.NotResource == nil {
		return e.anyResource(s.Resource)
	}
	not := e.anyResource(s.NotResource).not()
	if not.truth == Yes && e.Resource == "*" {
		return possibly("the IAM user guide does not say whether NotResource includes actions that have no resource")
	}
	return not
}

// anyResource reports how far one of the values matches the resource.
func (e evaluation) anyResource(values Values) (any answer) {
	for _, value := range values {
		if any = any.or(e.oneResource(value)); any.truth == Yes {
			break
		}
	}
	return any
}

// oneResource reads a wildcard that reaches over a colon, one in the type of a resource,
// and a variable before the fifth colon as open: the guide has the first within segments
// and refuses the others (IAM user guide, "IAM JSON policy elements: Resource").
func (e evaluation) oneResource(value string) answer {
	if isPlain(value) && value != e.Resource {
		return answer{}
	}
	p, state := e.expand(value)
	switch {
	case state.truth == No || !p.matches(e.Resource):
		return answer{}
	case state.truth == Possibly:
		return state
	case e.variables && HasEarlyVariable(value):
		return possibly(fmt.Sprintf("%q has a policy variable before the fifth colon, where IAM knows none", value))
	case p.isLiteral() || p.matchesWithinSegments(e.Resource):
		return answer{truth: Yes}
	}
	return possibly(fmt.Sprintf("the IAM user guide does not say whether the wildcard in %q reaches over a colon or into the type of a resource", value))
}

func (e evaluation) matchesPrincipal(s Statement) answer {
	switch {
	case s.NotPrincipal != nil && s.Effect == EffectDeny && e.Bounded:
		return answer{truth: Yes}
	case s.NotPrincipal != nil:
		return s.NotPrincipal.includesAll(e.Principal).not()
	case s.Principal != nil:
		return s.Principal.includes(e.Principal)
	}
	return answer{truth: Yes}
}

// expand returns the value as a pattern; the state says why it can't be one: a policy variable
// is open, or has no value.
func (e evaluation) expand(value string) (p symbols, state answer) {
	if !e.variables {
		return wildcards(value), answer{truth: Yes}
	}
	return e.facts.expand(value)
}
