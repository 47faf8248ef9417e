package doctor

import (
	"fmt"
	"slices"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// compareText compares a value that may be missing. What one of the states does not determine is
// not compared.
func (e *examination) compareText(name, title, what string, deployed, declared facts.Text) {
	switch {
	case deployed.Unknown != "" || declared.Unknown != "":
		e.passOver("the %s of %s, which is not known", what, declared.Place)
	case deployed.There == declared.There && deployed.Value == declared.Value:
	case !deployed.There:
		e.drifts(name, "%s has no %s; %s has %q", title, what, declared.Place, declared.Value)
	case !declared.There:
		e.drifts(name, "%s has %s %q, and %s has none", title, what, deployed.Value, declared.Place)
	default:
		e.drifts(name, "%s has %s %q; %s has %q", title, what, deployed.Value, declared.Place, declared.Value)
	}
}

// compareDocument compares two policy documents by their statements, in any order.
func (e *examination) compareDocument(name, text string, deployed, declared *facts.Document) {
	if deployed.Unknown != "" || declared.Unknown != "" || len(declared.Maybe) > 0 {
		e.passOver("the policy document of %s, of which something is not known", declared.Place)
		return
	}
	e.compareSets(name, text, statements(deployed), statements(declared), declared.Place.String())
}

// compareSets compares values in any order.
func (e *examination) compareSets(name, text string, deployed, declared []string, place string) {
	var details []string
	for _, value := range deployed {
		if !slices.Contains(declared, value) {
			details = append(details, "deployed: "+value)
		}
	}
	for _, value := range declared {
		if !slices.Contains(deployed, value) {
			details = append(details, "declared: "+value)
		}
	}
	if len(details) > 0 {
		e.drift = append(e.drift, Finding{Name: name, Text: fmt.Sprintf("%s than %s", text, place), Details: details})
	}
}

// statements returns a document's statements, each the same however its lists are ordered; its problem,
// if IAM refuses it. A document that is not there has none.
func statements(d *facts.Document) []string {
	if d.Problem != nil {
		return []string{"a document that IAM refuses: " + d.Problem.What}
	}
	var found []string
	for _, statement := range d.Policy.Statement {
		for _, values := range []*policy.Values{&statement.Action, &statement.NotAction, &statement.Resource, &statement.NotResource} {
			*values = sorted(*values)
		}
		statement.Principal, statement.NotPrincipal = sortedPrincipal(statement.Principal), sortedPrincipal(statement.NotPrincipal)
		statement.Condition = sortedCondition(statement.Condition)
		found = append(found, string(policy.Document{Version: d.Policy.Version, Statement: []policy.Statement{statement}}.JSON()))
	}
	return found
}

func sorted(values policy.Values) policy.Values { return slices.Sorted(slices.Values(values)) }

func sortedPrincipal(p *policy.Principal) *policy.Principal {
	if p == nil {
		return nil
	}
	ordered := *p
	for _, values := range []*policy.Values{&ordered.AWS, &ordered.Federated, &ordered.Service, &ordered.CanonicalUser} {
		*values = sorted(*values)
	}
	return &ordered
}

func sortedCondition(condition policy.Condition) policy.Condition {
	if condition == nil {
		return nil
	}
	ordered := policy.Condition{}
	for operator, keys := range condition {
		ordered[operator] = map[string]policy.Values{}
		for key, values := range keys {
			ordered[operator][key] = sorted(values)
		}
	}
	return ordered
}
