package report

import (
	"keyless-runners/preflight"
	"keyless-runners/preflight/source"
)

// documentVersion is raised when a name of the document goes or means something
// else, not when one comes.
const documentVersion = 1

// document is a report in JSON: all of it, in the report's order. Values are as
// they stand in the files; the bytes of a file's name that are no text are U+FFFD.
type document struct {
	// Version is the version of this form.
	Version int `json:"version"`
	// Verdict is the report in one line.
	Verdict string `json:"verdict"`
	// Proved says what the exit status says.
	Proved bool `json:"proved"`
	// Files is how many files were read.
	Files int `json:"files"`
	// NotLookedAt are the files in which nothing is looked at.
	NotLookedAt []string          `json:"notLookedAt"`
	Counts      documentCounts    `json:"counts"`
	Findings    []documentFinding `json:"findings"`
	Chains      []documentChain   `json:"chains"`
	Access      []documentAccess  `json:"access"`
}

// documentCounts counts findings; those that were waived count as waived alone.
type documentCounts struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Notes    int `json:"notes"`
	Waived   int `json:"waived"`
}

// documentPlace is a file as the user named it, "" for the files as a whole, and
// where in it, counted from 1; 0 is not known.
type documentPlace struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	// Resource is the address of a Terraform resource; not there of anything else.
	Resource string `json:"resource,omitempty"`
}

type documentFinding struct {
	ID string `json:"id"`
	// Severity is "error", "warning" or "note".
	Severity string `json:"severity"`
	Title    string `json:"title"`
	Problem  string `json:"problem"`
	Fix      string `json:"fix"`
	documentPlace
	Related []documentRelated `json:"related"`
	// Waived is the reason; "" if no one waived the finding.
	Waived string `json:"waived"`
}

type documentRelated struct {
	What string `json:"what"`
	documentPlace
}

type documentChain struct {
	Workload string `json:"workload"`
	Pool     string `json:"pool"`
	documentPlace
	Links []documentLink `json:"links"`
}

type documentLink struct {
	Name string `json:"name"`
	// State is "proved", "broken" or "unknown".
	State string `json:"state"`
	Text  string `json:"text"`
	From  string `json:"from"`
	To    string `json:"to"`
	documentPlace
}

type documentAccess struct {
	ImageRepository string `json:"imageRepository"`
	// ImageRepositorySuchAs is one of those that ImageRepository describes, "" if it is
	// one.
	ImageRepositorySuchAs string `json:"imageRepositorySuchAs,omitempty"`
	Who                   string `json:"who"`
	// SuchAs is one of those that Who describes, "" if it is one.
	SuchAs string `json:"suchAs,omitempty"`
	// Possibly says why it is not certain; "" if it is.
	Possibly string `json:"possibly,omitempty"`
	Role     string `json:"role"`
	// Runner reports that it is a runner among the files.
	Runner bool `json:"runner"`
	// Jobs are null of what is no runner.
	Jobs *DocumentJobs `json:"jobs"`
	documentPlace
}

// DocumentJobs is whose jobs a runner takes, in JSON.
type DocumentJobs struct {
	// Scope is "source repository", "organization", "enterprise" or "unknown".
	Scope string `json:"scope"`
	// Name is whose jobs they are; "" if that is unknown.
	Name string `json:"name"`
	// Group is the runner group; "" if it is unknown, or a source repository's runner
	// names none.
	Group string `json:"group"`
	// Labels are the runner's; none: they are unknown.
	Labels []string `json:"labels"`
}

func newDocument(report preflight.Report) document {
	errors, warnings, notes := report.Count()
	d := document{
		Version:     documentVersion,
		Verdict:     Verdict(report),
		Proved:      report.Proved(),
		Files:       report.Files,
		NotLookedAt: append([]string{}, report.NotLookedAt...),
		Counts:      documentCounts{errors, warnings, notes, len(waivedOf(report.Findings))},
		Findings:    make([]documentFinding, 0, len(report.Findings)),
		Chains:      make([]documentChain, 0, len(report.Chains)),
		Access:      make([]documentAccess, 0, len(report.Access)),
	}
	for _, finding := range report.Findings {
		d.Findings = append(d.Findings, newDocumentFinding(finding))
	}
	for _, chain := range report.Chains {
		d.Chains = append(d.Chains, newDocumentChain(chain))
	}
	for _, row := range report.Access {
		access := documentAccess{row.ImageRepository, row.ImageRepositorySuchAs, row.Who, row.SuchAs, row.Possibly, row.Role, row.Runner, nil, newDocumentPlace(row.Place)}
		if row.Runner && row.Jobs.Scope.Kind != preflight.NoJobs {
			access.Jobs = new(NewDocumentJobs(row.Jobs))
		}
		d.Access = append(d.Access, access)
	}
	return d
}

// NewDocumentJobs returns the jobs as a document has them.
func NewDocumentJobs(jobs preflight.Jobs) DocumentJobs {
	return DocumentJobs{jobs.Scope.Kind.String(), jobs.Scope.Name, jobs.Group, append([]string{}, jobs.Labels...)}
}

func newDocumentFinding(f preflight.Finding) documentFinding {
	related := make([]documentRelated, 0, len(f.Related))
	for _, r := range f.Related {
		related = append(related, documentRelated{r.What, newDocumentPlace(r.Place)})
	}
	return documentFinding{
		ID:            f.Kind.ID,
		Severity:      f.Kind.Severity.String(),
		Title:         f.Kind.Title,
		Problem:       f.Problem,
		Fix:           f.Fix,
		documentPlace: newDocumentPlace(f.Place),
		Related:       related,
		Waived:        f.Waived,
	}
}

func newDocumentChain(c preflight.Chain) documentChain {
	links := make([]documentLink, 0, len(c.Links))
	for _, l := range c.Links {
		links = append(links, documentLink{l.Name, l.State.String(), l.Text, l.From, l.To, newDocumentPlace(l.Place)})
	}
	return documentChain{c.Workload, c.Pool, newDocumentPlace(c.Place), links}
}

func newDocumentPlace(p source.Place) documentPlace {
	return documentPlace{p.File, p.Line, p.Column, p.Resource()}
}
