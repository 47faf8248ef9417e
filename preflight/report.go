package preflight

import "keyless-runners/preflight/source"

// Report is what Check found.
type Report struct {
	// Files is how many files were read.
	Files int
	// Findings are sorted by file, line and id; those that were waived are among
	// them.
	Findings []Finding
	// Chains are those of the runners, sorted by place.
	Chains []Chain
	// Access is who can push where, sorted by image repository.
	Access []Access
}

// Chain is the way from a runner to the image repositories.
type Chain struct {
	// Workload names it, such as "RunnerDeployment self-hosted-runners/build".
	Workload string
	// Names are those by which a user may ask for the chain, the shortest first: the
	// pool's, the object's, a scale set's on GitHub, and the object's with its namespace
	// and kind. There is always one.
	Names []string
	// Pool is the object's name.
	Pool  string
	Place source.Place
	// Links are the steps from the job to the image repository, in order, each
	// judged by itself.
	Links []Link
}

// Link is one step of a chain.
type Link struct {
	// Name says which step it is, such as "token → trust policy".
	Name  string
	State State
	// Text says what was found, in one line.
	Text  string
	Place source.Place
	// From and To are the two ends, for pictures: "Pod", "ServiceAccount x/y".
	From, To string
}

// State says what is known of a link.
type State int

const (
	// Proved means that the files show that it holds.
	Proved State = iota
	// Broken means that the files show that it does not.
	Broken
	// Unknown means that the files do not tell.
	Unknown
)

func (s State) String() string {
	return [...]string{"proved", "broken", "unknown"}[s]
}

// Access is one answer to the question who can push where. Runners that have one role
// through one ServiceAccount and take different jobs are an answer each.
type Access struct {
	// ImageRepository is one as docker push is given it, or describes a class of them, of
	// which ImageRepositorySuchAs is one; "" if there is one.
	ImageRepository, ImageRepositorySuchAs string
	// Who is a principal, or describes a class of them, of which SuchAs is one; "" if there
	// is one.
	Who, SuchAs string
	// Possibly says why it is not certain that they can; "" if it is.
	Possibly string
	// Role is the ARN, or the logical id, of the role through which.
	Role  string
	Place source.Place
	// Runner says that it is a runner among the files.
	Runner bool
	// Jobs are those that the runner takes; the zero value if Runner is false.
	Jobs Jobs
}

// Proved says whether nothing was found but notes and what was waived. Files without
// a runner are not: that is a finding.
func (r Report) Proved() bool {
	errors, warnings, _ := r.Count()
	return errors+warnings == 0
}

// Count says how many findings there are of each severity, without those that
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
