package access

import (
	"slices"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// known is the document without the values that are not known.
func known(document *facts.Document) policy.Document {
	d := policy.Document{Version: document.Policy.Version, Statement: slices.Clone(document.Policy.Statement)}
	for _, maybe := range document.Maybe {
		d.Statement = append(d.Statement, maybe.AtMost)
	}
	for i, statement := range d.Statement {
		d.Statement[i].Resource = without(statement.Resource)
		d.Statement[i].NotResource = without(statement.NotResource)
		if len(statement.Condition) == 0 {
			continue
		}
		condition := policy.Condition{}
		for operator, keys := range statement.Condition {
			condition[operator] = map[string]policy.Values{}
			for key, values := range keys {
				condition[operator][key] = without(values)
			}
		}
		d.Statement[i].Condition = condition
	}
	return d
}

func without(values policy.Values) policy.Values {
	if !slices.ContainsFunc(values, facts.IsUnknown) {
		return values
	}
	return slices.DeleteFunc(slices.Clone(values), facts.IsUnknown)
}
