// Package rule holds the catalogue of findings, and decides each from facts, index and chains.
//
// A file beside this one declares the ids of one group of the catalogue, with the rules that
// report them. A rule sees everything that is known, and nothing of what other rules report, so
// their order does not matter. To add a finding: declare its id at the end of the catalogue,
// write the rule, and give it an example in preflight/testdata/findings.
package rule

import (
	"cmp"
	"slices"

	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/source"
)

// View has what rules decide from: facts, what refers to them, and the chains.
type View = *chain.Chains

// rule reports what is wrong in one respect.
type rule func(v View, report reporter)

// reporter adds a finding.
type reporter func(kind finding.Kind, at source.Place, problem, fix string, related ...finding.Related)

var rules = []rule{
	noRunners, templates, objectsDefinedTwice, rolesDefinedTwice, policiesDefinedTwice, imageRepositoriesDefinedTwice,
	associationsDefinedTwice, looseDocuments, oversizedDocuments, documents,
	unrenderedFiles, unlistedObjects, chartValues, namespaces, serviceAccounts, sharedServiceAccounts, runnerKinds, containerModes, podFaults, withoutRole,
	rolesFound, annotations, providersAlone, providers, trustedProviders, otherKeys, tokensTrusted, assumptions, clustersOfAssociations,
	logins, publicLogins, requests, pushes, pushesBySession, pushesNowhereAtAll, notLookedAtAll, imageRepositoriesFound, imageRepositoryPolicies,
	storedKeys, givenSecrets, users, refusedWorkflows, unreadActions, jobRunners, jobsInContainers, brokenSteps, partialPushes, neverPushes, unreadableSources, rolesOfJobs, jobLoginSteps, jobTargets, jobProfiles,
	principals, starters, privileges, reaches,
	environments, privilegedContainers, nodeRoles, fileSystemGroups, runnerLabels, secretsInFiles,
	objectKinds, objectNames, mistypedValues, misspeltFields, roleNames, imageRepositoryNames, roleSizes, policySizes,
	jobLogins, loggedIn, jobDocker, jobTools, jobBuilders, jobContainers, builders, images,
	sameScaleSets, managers, runnersStarted, runnerVersions, autoscalers, runnersThatAreThere, agents, associationsRefused, overriddenWays, actionVersions, deployers, twins,
}

// Findings returns what every rule reports, in the order of the files; those that are waived are
// among them.
func Findings(v View) []finding.Finding {
	var found []finding.Finding
	report := distinct(func(kind finding.Kind, at source.Place, problem, fix string, related ...finding.Related) {
		found = append(found, finding.Finding{Kind: kind, Place: at, Problem: problem, Fix: fix, Related: related})
	})
	for _, check := range rules {
		check(v, report)
	}
	return sorted(waive(found, v.Waivers))
}

func sorted(findings []finding.Finding) []finding.Finding {
	slices.SortStableFunc(findings, func(a, b finding.Finding) int {
		return cmp.Or(
			cmp.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Line, b.Place.Line),
			cmp.Compare(a.Place.Column, b.Place.Column),
			cmp.Compare(a.Kind.ID, b.Kind.ID),
			cmp.Compare(a.Problem, b.Problem),
		)
	})
	return findings
}

// kinds are all sorts of findings, in the order of their declaration.
var kinds []finding.Kind

// Kinds returns every kind of finding, sorted by id.
func Kinds() []finding.Kind {
	return slices.SortedFunc(slices.Values(kinds), func(a, b finding.Kind) int { return cmp.Compare(a.ID, b.ID) })
}

func kind(id string, severity finding.Severity, title string) finding.Kind {
	k := finding.Kind{ID: id, Severity: severity, Title: title}
	kinds = append(kinds, k)
	return k
}

// becauseOf visits the links from ServiceAccounts to roles of which the reason is an R.
func becauseOf[R chain.Reason](v View, visit func(of *chain.Identity, link chain.Link, reason R)) {
	for _, found := range v.Identities {
		for _, link := range found.Links {
			if reason, is := link.Reason.(R); is {
				visit(found, link, reason)
			}
		}
	}
}

// once distinguishes the first of several chains that come to the same place.
type once map[any]bool

func (o once) first(key any) bool {
	if o[key] {
		return false
	}
	o[key] = true
	return true
}
