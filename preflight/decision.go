package preflight

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// decision is what documents say to a request, as far as the files tell.
type decision struct {
	Outcome policy.Outcome
	// Unknown says why the outcome is not certain, "" if it is; Open is where that
	// is written.
	Unknown string
	Open    source.Place
	// Place is the statement that decided, the zero value if none did; Statement is
	// its number in its document, and Name how to call it.
	Place     source.Place
	Statement int
	Name      string
}

func (d decision) allowed() bool {
	return d.Outcome == policy.Allowed && d.Unknown == ""
}

// possible says whether the files leave it open that the request is allowed.
func (d decision) possible() bool {
	return d.Outcome == policy.Allowed || d.Outcome == policy.ImplicitDeny && d.Unknown != ""
}

// decide evaluates documents that count together.
func decide(request policy.Request, documents []*facts.Document) decision {
	var result decision
	// open says, by effect, why a statement that is not certain may speak of the
	// request.
	open := map[policy.Effect]unsure{}
	for _, document := range documents {
		switch {
		case document.Unknown != "":
			open[policy.EffectAllow] = unsure{document.Unknown, document.Place}
			open[policy.EffectDeny] = open[policy.EffectAllow]
			continue
		case !document.There || document.Problem != nil:
			continue
		}
		verdict := policy.Evaluate(request, certain(request, document))
		if verdict.Outcome == policy.ExplicitDeny || result.Outcome == policy.ImplicitDeny {
			result = decided(verdict, document)
		}
		if verdict.Outcome == policy.ExplicitDeny {
			return result
		}
		addOpen(request, document, open)
	}
	why := open[policy.EffectAllow]
	if result.Outcome == policy.Allowed {
		why = open[policy.EffectDeny]
	}
	result.Unknown, result.Open = why.why, why.place
	return result
}

// openDenial says why a document may deny the request after all; the zero value if it
// certainly does not.
func openDenial(request policy.Request, document *facts.Document) unsure {
	open := map[policy.Effect]unsure{}
	addOpen(request, document, open)
	return open[policy.EffectDeny]
}

// unsure is why something is not certain, and where that is written.
type unsure struct {
	why   string
	place source.Place
}

// decided is a verdict and the statement behind it, if there is one.
func decided(verdict policy.Decision, document *facts.Document) decision {
	d := decision{Outcome: verdict.Outcome}
	if verdict.Outcome == policy.ImplicitDeny {
		return d
	}
	d.Statement, d.Place = verdict.Statement, document.Statement(verdict.Statement)
	d.Name = fmt.Sprintf("Statement[%d]", verdict.Statement)
	if verdict.Sid != "" {
		d.Name = fmt.Sprintf("statement %q", verdict.Sid)
	}
	return d
}

// certain is the document without the statements that depend on what only a request
// has. They keep their places.
func certain(request policy.Request, document *facts.Document) policy.Document {
	d := document.Policy
	for i, statement := range d.Statement {
		if openKey(request, statement) == "" {
			continue
		}
		if &d.Statement[0] == &document.Policy.Statement[0] {
			d.Statement = slices.Clone(d.Statement)
		}
		d.Statement[i].Effect = ""
	}
	return d
}

// addOpen notes why statements that are not certain may speak of the request: those
// with something unknown in the file, and those that depend on the request.
func addOpen(request policy.Request, document *facts.Document, open map[policy.Effect]unsure) {
	for _, i := range slices.Sorted(maps.Keys(document.Maybe)) {
		if maybe := document.Maybe[i]; speaks(request, maybe.AtMost) {
			open[maybe.AtMost.Effect] = unsure{maybe.Why, maybe.Place}
		}
	}
	for i, statement := range document.Policy.Statement {
		key := openKey(request, statement)
		if key == "" {
			continue
		}
		statement.Condition = withoutOpen(request, statement.Condition)
		if openVariable(request, statement) != "" {
			statement.Resource, statement.NotResource = policy.Values{"*"}, nil
		}
		if speaks(request, statement) {
			open[statement.Effect] = unsure{fmt.Sprintf("it depends on %s, which only a request has", key), document.InStatement(i, "Condition")}
		}
	}
}

// speaks says whether a statement speaks of the request, whatever its effect.
func speaks(request policy.Request, statement policy.Statement) bool {
	statement.Effect = policy.EffectAllow
	return policy.Evaluate(request, one(statement)).Outcome == policy.Allowed
}

// openKey is the first condition key or policy variable of a statement that only a
// request has, "" if there is none.
func openKey(request policy.Request, statement policy.Statement) string {
	for _, operator := range slices.Sorted(maps.Keys(statement.Condition)) {
		for _, key := range slices.Sorted(maps.Keys(statement.Condition[operator])) {
			if isOpen(request, key) {
				return key
			}
		}
	}
	return openVariable(request, statement)
}

// variable is a policy variable, such as "${aws:PrincipalTag/team}".
var variable = regexp.MustCompile(`\$\{([a-z]+:[^},]+)`)

// openVariable is the first key that a resource of the statement has as a policy
// variable and that only a request has, "" if there is none.
func openVariable(request policy.Request, statement policy.Statement) string {
	for _, resource := range slices.Concat(statement.Resource, statement.NotResource) {
		if !strings.Contains(resource, "${") {
			continue
		}
		for _, found := range variable.FindAllStringSubmatch(resource, -1) {
			if isOpen(request, found[1]) {
				return found[1]
			}
		}
	}
	return ""
}

// isOpen says whether a key is one of AWS's own, such as "aws:SourceIp", that the
// request here has no value for. The keys of a token are all known: its issuer's.
func isOpen(request policy.Request, key string) bool {
	service, name, found := strings.Cut(key, ":")
	if !found || strings.ContainsAny(service, "./") || strings.HasPrefix(name, "//") {
		return false
	}
	for known := range request.Context {
		if strings.EqualFold(known, key) {
			return false
		}
	}
	return true
}

// withoutOpen is the condition as far as it can be judged.
func withoutOpen(request policy.Request, condition policy.Condition) policy.Condition {
	judged := policy.Condition{}
	for operator, keys := range condition {
		for key, values := range keys {
			if isOpen(request, key) {
				continue
			}
			if judged[operator] == nil {
				judged[operator] = map[string]policy.Values{}
			}
			judged[operator][key] = values
		}
	}
	return judged
}

// one is a document of one statement.
func one(statement policy.Statement) policy.Document {
	return policy.Document{Version: policy.Version, Statement: []policy.Statement{statement}}
}
