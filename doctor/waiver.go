package doctor

import (
	"slices"

	"keyless-runners/preflight"
	"keyless-runners/preflight/facts"
)

// said is a finding's text, wherever it is.
type said struct{ id, problem string }

func saidBy(f preflight.Finding) said { return said{f.Kind.ID, f.Problem} }

// waivers let stand of what is deployed what the files let stand: the same finding, word for word.
// No account keeps a waiver, and no cluster a comment.
func (e *examination) waivers(findings []preflight.Finding) []facts.Waiver {
	if len(e.declared.Waivers) == 0 {
		return nil
	}
	reasons := map[said]string{}
	for _, f := range preflight.Check(e.declared).Findings {
		if f.Waived != "" {
			reasons[saidBy(f)] = f.Waived
		}
	}
	var found []facts.Waiver
	for _, f := range findings {
		// A waiver counts for a line, so each finding there has to be one that may stand.
		another := slices.ContainsFunc(findings, func(other preflight.Finding) bool {
			return other.Kind.ID == f.Kind.ID && other.Place.File == f.Place.File && other.Place.Line == f.Place.Line && reasons[saidBy(other)] == ""
		})
		if f.Waived == "" && !another {
			found = append(found, facts.Waiver{ID: f.Kind.ID, Reason: reasons[saidBy(f)], Place: f.Place, First: f.Place.Line, Last: f.Place.Line})
		}
	}
	return found
}
