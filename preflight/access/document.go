package access

import (
	"slices"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// knownDocument is the document without the values that are not known.
func knownDocument(document *facts.Document) policy.Document {
	d := policy.Document{Version: document.Policy.Version, Statement: slices.Clone(document.Policy.Statement)}
	for _, maybe := range document.Maybe {
		d.Statement = append(d.Statement, maybe.AtMost)
	}
	for i, statement := range d.Statement {
		d.Statement[i].Resource = withoutValues(statement.Resource)
		d.Statement[i].NotResource = withoutValues(statement.NotResource)
		if len(statement.Condition) == 0 {
			continue
		}
		condition := policy.Condition{}
		for operator, keys := range statement.Condition {
			condition[operator] = map[string]policy.Values{}
			for key, values := range keys {
				condition[operator][key] = withoutValues(values)
			}
		}
		d.Statement[i].Condition = condition
	}
	return d
}

func withoutValues(values policy.Values) policy.Values {
	if !slices.ContainsFunc(values, facts.IsUnknown) {
		return values
	}
	return slices.DeleteFunc(slices.Clone(values), facts.IsUnknown)
}
