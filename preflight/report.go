package preflight

import (
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/rule"
	"keyless-runners/preflight/source"
)

// Report holds what Check found.
type Report struct {
	// Files is how many files were read.
	Files int
	// NotLookedAt are the files in which nothing is looked at.
	NotLookedAt []string
	// Findings are sorted by file, line, column and id; those that were waived are among
	// them.
	Findings []Finding
	// Chains are the runners' chains, in the order of the files.
	Chains []Chain
	// Access is who can push where, sorted by image repository.
	Access []Access
}

// Chain is the way from a runner to the image repositories.
type Chain struct {
	// Workload names it, such as "RunnerDeployment self-hosted-runners/build".
	Workload string
	// NoRunner reports that it takes no jobs.
	NoRunner bool
	// Names are the names by which a user may ask for the chain, the shortest first: the
	// pool's, the object's, a scale set's on GitHub, and the object's with its namespace
	// and kind. There is always one.
	Names []string
	// Pool is the object's name.
	Pool  string
	Place source.Place
	// Links are the steps from the job to the image repository, in order, each
	// judged separately.
	Links []Link
}

// Link is one step of a chain.
type Link struct {
	// Name is the name of the step, such as "token → trust policy".
	Name  string
	State State
	// Text says what was found, in one line.
	Text  string
	Place source.Place
	// From and To are the two ends, for pictures: "Pod", "ServiceAccount x/y".
	From, To string
}

// What packages that print or compare a report need of those that make it.
type (
	Finding  = finding.Finding
	Kind     = finding.Kind
	Related  = finding.Related
	Severity = finding.Severity

	State     = chain.State
	Access    = chain.Access
	Jobs      = chain.Jobs
	Scope     = chain.Scope
	ScopeKind = chain.ScopeKind
)

const (
	Note    = finding.Note
	Warning = finding.Warning
	Error   = finding.Error

	Proved  = chain.Proved
	Broken  = chain.Broken
	Unknown = chain.Unknown

	LinkJob            = chain.LinkJob
	LinkServiceAccount = chain.LinkServiceAccount
	LinkRole           = chain.LinkRole
	LinkProvider       = chain.LinkProvider
	LinkTrust          = chain.LinkTrust
	LinkPush           = chain.LinkPush

	UnknownScope     = chain.UnknownScope
	SourceRepository = chain.SourceRepository
	Organization     = chain.Organization
	Enterprise       = chain.Enterprise
	NoJobs           = chain.NoJobs
	DefaultGroup     = chain.DefaultGroup
)

// Kinds returns every kind of finding, sorted by id.
func Kinds() []Kind { return rule.Kinds() }

// Proved reports whether nothing was found but notes and what was waived. Files without
// a runner are not: that is a finding.
func (r Report) Proved() bool {
	errors, warnings, _ := r.Count()
	return errors+warnings == 0
}

// Count returns how many findings there are of each severity, without those that
// were waived.
func (r Report) Count() (errors, warnings, notes int) {
	for _, finding := range r.Findings {
		switch {
		case finding.Waived != "":
		case finding.Kind.Severity == Error:
			errors++
		case finding.Kind.Severity == Warning:
			warnings++
		default:
			notes++
		}
	}
	return errors, warnings, notes
}
