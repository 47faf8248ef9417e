package preflight

import (
	"cmp"
	"slices"

	"keyless-runners/preflight/facts"
)

// Check judges what files say.
func Check(f facts.Facts) Report {
	p := newProof(f)
	p.bound()
	p.takeLooseDocuments()
	p.indexAssociations()
	p.indexTakers()
	p.findUnattached()
	p.checkUnrendered()
	p.checkTemplates()
	p.checkObjects()
	p.checkDocuments()
	p.checkProviders()
	p.checkRoles()
	p.checkAssociations()
	p.checkServiceAccounts()
	p.checkImageRepositories()
	p.checkWorkloads()
	p.followServiceAccounts()
	p.checkJobs()
	p.checkPrincipals()
	p.noteUnread()
	p.checkSecrets()
	p.closeChains()
	p.dropRepeated()
	p.waive()
	p.report.Findings = sortFindings(p.report.Findings)
	p.report.Access = sortAccess(p.report.Access)
	return p.report
}

// dropRepeated drops what another finding says better: why a token is not let in names
// the condition keys of another issuer.
func (p *proof) dropRepeated() {
	p.report.Findings = slices.DeleteFunc(p.report.Findings, func(f Finding) bool {
		return f.Kind == otherKey && p.explained[f.Place]
	})
}

// sortFindings puts findings in the order of the files, and drops what two ways
// led to.
func sortFindings(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Line, b.Place.Line),
			cmp.Compare(a.Kind.ID, b.Kind.ID),
			cmp.Compare(a.Problem, b.Problem),
		)
	})
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		return a.Place == b.Place && a.Kind.ID == b.Kind.ID && a.Problem == b.Problem
	})
}
