package access

import (
	"fmt"
	"maps"
	"slices"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Decision is the documents' decision on a request, as far as the files determine it.
type Decision struct {
	// Truth is whether the request is allowed.
	Truth policy.Truth
	// Denied reports that a statement denies the request for certain.
	Denied bool
	// Why says why the truth is Possibly, "" if it is not; Open is where that is written.
	Why  string
	Open source.Place
	// Undenied reports that a statement allows the request for certain, and what is open is
	// whether another denies it.
	Undenied bool
	// Place is the statement that decided, the zero value if none did; Statement is its
	// number in Document, and Name how to call it.
	Place     source.Place
	Document  *facts.Document
	Statement int
	Name      string

	on []dependence
}

// Allowed reports whether the request is allowed for certain.
func (d Decision) Allowed() bool { return d.Truth == policy.Yes }

// Possible reports whether the request is allowed, or may be.
func (d Decision) Possible() bool { return d.Truth != policy.No }

// Decide asks documents that count together.
func Decide(request policy.Request, documents ...*facts.Document) Decision {
	return weigh(judge(request, documents))
}

// effect is how far statements of one effect match a request.
type effect struct {
	truth policy.Truth
	why   string
	open  source.Place

	document  *facts.Document
	statement int
	sid       string

	// on holds what a possible effect depends on.
	on []dependence
}

// judgement is how far documents allow a request, and deny it.
type judgement struct{ allow, deny effect }

// judge holds documents that count together against a request.
func judge(request policy.Request, documents []*facts.Document) judgement {
	var all judgement
	for _, document := range documents {
		one := judgeOne(request, document)
		all.allow, all.deny = either(all.allow, one.allow), either(all.deny, one.deny)
	}
	return all
}

func judgeOne(request policy.Request, document *facts.Document) judgement {
	if document.Unknown != "" {
		unknown := effect{truth: policy.Possibly, why: document.Unknown, open: document.Place, on: []dependence{{why: document.Unknown}}}
		return judgement{unknown, unknown}
	}
	if !document.There || document.Problem != nil {
		return judgement{}
	}
	of := policy.Judge(request, document.Policy)
	found := judgement{effectOf(of.Allow, request, document, policy.EffectAllow), effectOf(of.Deny, request, document, policy.EffectDeny)}
	for _, i := range slices.Sorted(maps.Keys(document.Maybe)) {
		maybe := document.Maybe[i]
		most := policy.Judge(request, policy.Document{Version: document.Policy.Version, Statement: []policy.Statement{maybe.AtMost}})
		unknown := effect{truth: policy.Possibly, why: maybe.Why, open: maybe.Place, on: []dependence{{maybe.Why, atMost(maybe)}}}
		if most.Allow.Truth != policy.No {
			found.allow = either(found.allow, unknown)
		}
		if most.Deny.Truth != policy.No {
			found.deny = either(found.deny, unknown)
		}
	}
	return found
}

func effectOf(match policy.Match, request policy.Request, document *facts.Document, of policy.Effect) effect {
	if match.Truth == policy.No {
		return effect{}
	}
	found := effect{truth: match.Truth, why: match.Why, document: document, statement: match.Statement, sid: match.Sid}
	if match.Truth == policy.Possibly {
		found.open = document.InStatement(match.Statement, match.Element)
		found.on = []dependence{{match.Why, func() policy.Document { return undecided(request, document, of) }}}
	}
	return found
}

// either is the one that is further, the first of two that are as far. What is possible
// depends on both.
func either(a, b effect) effect {
	switch {
	case b.truth > a.truth:
		return b
	case b.truth == a.truth:
		a.on = joined(a.on, b.on)
	}
	return a
}

// bothEffects is the one that is less far: each has to be.
func bothEffects(a, b effect) effect {
	switch {
	case b.truth < a.truth:
		return b
	case b.truth == a.truth:
		a.on = joined(a.on, b.on)
	}
	return a
}

// joined returns a new list.
func joined(a, b []dependence) []dependence {
	if len(b) == 0 {
		return a
	}
	return slices.Concat(a, b)
}

// weigh returns the outcome of a judgement: what is denied is not allowed, and what is not
// allowed by anything stays so, whatever may deny it.
func weigh(j judgement) Decision {
	switch {
	case j.deny.truth == policy.Yes:
		return j.deny.decides(Decision{Truth: policy.No, Denied: true})
	case j.allow.truth == policy.Possibly:
		return j.allow.decides(Decision{Truth: policy.Possibly, Why: j.allow.why, Open: j.allow.open, on: joined(j.allow.on, j.deny.on)})
	case j.allow.truth == policy.Yes && j.deny.truth == policy.Possibly:
		return j.allow.decides(Decision{Truth: policy.Possibly, Why: j.deny.why, Open: j.deny.open, Undenied: true, on: j.deny.on})
	}
	return j.allow.decides(Decision{Truth: j.allow.truth})
}

// decides adds to a decision the statement that decided.
func (e effect) decides(d Decision) Decision {
	if e.document == nil {
		return d
	}
	d.Document, d.Statement, d.Place = e.document, e.statement, e.document.Statement(e.statement)
	d.Name = fmt.Sprintf("Statement[%d]", d.Statement)
	if e.sid != "" {
		d.Name = fmt.Sprintf("statement %q", e.sid)
	}
	return d
}
