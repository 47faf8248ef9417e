package preflight

import (
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// waive marks the findings that somebody lets stand, and the links that they are
// about, and reports waivers that do nothing. Findings about waivers cannot be waived.
func (p *proof) waive() {
	type key struct{ file, id string }
	byKind := map[key][]*Finding{}
	for i := range p.report.Findings {
		finding := &p.report.Findings[i]
		at := key{finding.Place.File, finding.Kind.ID}
		byKind[at] = append(byKind[at], finding)
	}
	reasons := map[source.Place]string{}
	var idle []facts.Waiver
	for _, waiver := range p.Waivers {
		used := false
		for _, finding := range byKind[key{waiver.Place.File, waiver.ID}] {
			if waiver.Reason != "" && waiver.First <= finding.Place.Line && finding.Place.Line <= waiver.Last {
				finding.Waived, used = waiver.Reason, true
				reasons[finding.Place] = waiver.Reason
			}
		}
		if !used {
			idle = append(idle, waiver)
		}
	}
	for _, waiver := range idle {
		p.reportIdle(waiver)
	}
	p.vouch(reasons)
}

// vouch takes links for proved about which somebody waived a finding.
func (p *proof) vouch(reasons map[source.Place]string) {
	for _, chain := range p.report.Chains {
		for i := range chain.Links {
			link := &chain.Links[i]
			if reason := reasons[link.Place]; reason != "" && link.State != Proved {
				link.State = Proved
				link.Text += " (waived: " + reason + ")"
			}
		}
	}
}

func (p *proof) reportIdle(waiver facts.Waiver) {
	var ids []string
	for _, kind := range kinds {
		ids = append(ids, kind.ID)
	}
	switch {
	case waiver.ID == idleWaiver.ID:
		p.find(idleWaiver, waiver.Place, fmt.Sprintf("%s cannot be waived", waiver.ID), "mend or take out the waiver that it is about")
	case !slices.Contains(ids, waiver.ID):
		p.find(idleWaiver, waiver.Place, fmt.Sprintf("waiver of %q, which is no finding%s", waiver.ID, didYouMean(waiver.ID, ids)), "write the id as the report does")
	case waiver.Reason == "":
		p.find(idleWaiver, waiver.Place, fmt.Sprintf("waiver of %s without a reason", waiver.ID), "say why the finding may stand; without it the waiver does nothing")
	default:
		p.find(idleWaiver, waiver.Place, fmt.Sprintf("waiver of %s, which was not found there", waiver.ID), "take the waiver out")
	}
}

func didYouMean(value string, known []string) string {
	if near := identity.Closest(value, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// anywhere is the first place of the files, for findings about all of them.
func (p *proof) anywhere() source.Place {
	switch {
	case len(p.Objects) > 0:
		return p.Objects[0].Place
	case len(p.Templates) > 0:
		return p.Templates[0].Place
	case len(p.Documents) > 0:
		return p.Documents[0].Document.Place
	case len(p.Jobs) > 0:
		return p.Jobs[0].Place
	}
	return source.Place{}
}
