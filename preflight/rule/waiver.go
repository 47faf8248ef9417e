package rule

import (
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
)

var idleWaiver = kind("KR003", finding.Warning, "waiver without effect")

// absences are the findings about what is not among the files. A waiver of one is right in its
// file, and has no effect where the files are checked together with those that have it.
var absences = []string{noProvider.ID, noImageRepository.ID}

// waive marks the findings that waivers let stand, and adds one for each waiver that does
// nothing. Findings about waivers cannot be waived.
func waive(found []finding.Finding, waivers []facts.Waiver) []finding.Finding {
	type key struct{ file, id string }
	byKind := map[key][]int{}
	for n, f := range found {
		at := key{f.Place.File, f.Kind.ID}
		byKind[at] = append(byKind[at], n)
	}
	var idle []finding.Finding
	for _, waiver := range waivers {
		used := false
		for _, n := range byKind[key{waiver.Place.File, waiver.ID}] {
			if line := found[n].Place.Line; waiver.Reason != "" && waiver.First <= line && line <= waiver.Last {
				found[n].Waived, used = waiver.Reason, true
			}
		}
		if !used && !(waiver.Reason != "" && slices.Contains(absences, waiver.ID)) {
			idle = append(idle, idleOf(waiver))
		}
	}
	return append(found, idle...)
}

func idleOf(waiver facts.Waiver) finding.Finding {
	var ids []string
	for _, kind := range kinds {
		ids = append(ids, kind.ID)
	}
	idle := finding.Finding{Kind: idleWaiver, Place: waiver.Place}
	switch {
	case waiver.ID == idleWaiver.ID:
		idle.Problem, idle.Fix = fmt.Sprintf("%s cannot be waived", waiver.ID), "mend or take out the waiver that it is about"
	case !slices.Contains(ids, waiver.ID):
		idle.Problem, idle.Fix = fmt.Sprintf("waiver of %q, which is no finding%s", waiver.ID, identity.DidYouMean(identity.Closest(waiver.ID, ids))), "write the id as the report does"
	case waiver.Reason == "":
		idle.Problem, idle.Fix = fmt.Sprintf("waiver of %s without a reason", waiver.ID), "say why the finding may stand; without it the waiver does nothing"
	default:
		idle.Problem, idle.Fix = fmt.Sprintf("waiver of %s, which was not found there", waiver.ID), "take the waiver out"
	}
	return idle
}
