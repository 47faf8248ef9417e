package diff

import "keyless-runners/preflight/report"

// documentVersion is raised when a name of the document goes or means something else, not when
// one comes.
const documentVersion = 1

// document is a difference in JSON: all of it.
type document struct {
	Version int    `json:"version"`
	Base    string `json:"base"`
	Now     string `json:"now"`
	Verdict string `json:"verdict"`
	// Gains says what the exit status says.
	Gains bool `json:"gains"`
	// Undetermined counts answers that neither state determines.
	Undetermined int             `json:"undetermined"`
	Pushes       []documentGrant `json:"pushes"`
	// Pulls are the pulls that come or go without a push.
	Pulls     []documentGrant   `json:"pulls"`
	Troubles  []documentTrouble `json:"troubles"`
	Stacks    []documentStack   `json:"stacks"`
	Objects   []documentObject  `json:"objects"`
	Workflows []string          `json:"workflows"`
	// GrantsAlone are the names of files that differ and of which pushes and pulls alone are
	// compared.
	GrantsAlone []string `json:"grantsAlone"`
	Order       []string `json:"order"`
	// RolesGone are the names of roles that no template has any more.
	RolesGone []string `json:"rolesGone"`
	Unused    []string `json:"unusedAllowances"`
}

type documentGrant struct {
	// Change is "gained" or "lost".
	Change          string `json:"change"`
	ImageRepository string `json:"imageRepository"`
	// ImageRepositorySuchAs and SuchAs are one of those that are described, "" if there is one.
	ImageRepositorySuchAs string `json:"imageRepositorySuchAs,omitempty"`
	Who                   string `json:"who"`
	SuchAs                string `json:"suchAs,omitempty"`
	// Possibly says why it is not certain; "" if it is.
	Possibly string `json:"possibly,omitempty"`
	Role     string `json:"role"`
	// Jobs are null of what is no runner.
	Jobs *report.DocumentJobs `json:"jobs"`
	// Before are the jobs of the same ServiceAccount in the other state, if it has the grant in both.
	Before []report.DocumentJobs `json:"before,omitempty"`
	// Wider reports a runner that takes the jobs of a wider scope.
	Wider bool `json:"wider"`
	// Allowed is the reason; "" if the gain is a finding.
	Allowed string `json:"allowed,omitempty"`
}

type documentTrouble struct {
	// Kind is "fails" or "stays".
	Kind   string   `json:"kind"`
	Where  string   `json:"where"`
	Things []string `json:"things"`
	Why    string   `json:"why"`
	Fix    string   `json:"fix"`
}

type documentStack struct {
	Template  string             `json:"template"`
	Note      string             `json:"note,omitempty"`
	Resources []documentResource `json:"resources"`
}

type documentResource struct {
	Action    Action   `json:"action"`
	Title     string   `json:"title"`
	LogicalID string   `json:"logicalId"`
	Because   []string `json:"because,omitempty"`
}

type documentObject struct {
	Action Action `json:"action"`
	Folder string `json:"folder"`
	From   string `json:"from,omitempty"`
	Title  string `json:"title"`
	// Command deletes an object that no file has any more.
	Command string `json:"command,omitempty"`
}

func newDocument(d Difference) document {
	out := document{
		Version: documentVersion, Base: d.Base, Now: d.Now, Verdict: d.Verdict(), Gains: d.Gains(), Undetermined: d.Undetermined,
		Pushes: newDocumentGrants(d.Pushes), Pulls: newDocumentGrants(d.Pulls), Troubles: []documentTrouble{}, Stacks: []documentStack{}, Objects: []documentObject{},
		Workflows: append([]string{}, d.Workflows...), GrantsAlone: append([]string{}, d.GrantsAlone...), Order: append([]string{}, d.Order...), RolesGone: append([]string{}, d.RolesGone...), Unused: append([]string{}, d.Unused...),
	}
	for _, t := range d.Troubles {
		kind := "stays"
		if t.Fails {
			kind = "fails"
		}
		out.Troubles = append(out.Troubles, documentTrouble{kind, t.Where, t.Things, t.Why, t.Fix})
	}
	for _, stack := range d.Stacks {
		resources := make([]documentResource, len(stack.Resources))
		for i, r := range stack.Resources {
			resources[i] = documentResource(r)
		}
		out.Stacks = append(out.Stacks, documentStack{stack.Template, stack.Note, resources})
	}
	for _, o := range d.Objects {
		out.Objects = append(out.Objects, documentObject{o.Action, o.Folder, o.From, o.Title(), o.Command()})
	}
	return out
}

func newDocumentGrants(grants []Grant) []documentGrant {
	out := make([]documentGrant, len(grants))
	for i, grant := range grants {
		out[i] = newDocumentGrant(grant)
	}
	return out
}

func newDocumentGrant(grant Grant) documentGrant {
	out := documentGrant{
		Change: grant.Kind.String(), ImageRepository: grant.ImageRepository, ImageRepositorySuchAs: grant.ImageRepositorySuchAs,
		Who: grant.Who, SuchAs: grant.SuchAs, Possibly: grant.Possibly, Role: grant.Role, Wider: grant.Wider(), Allowed: grant.Allowed,
	}
	if grant.Runner {
		out.Jobs = new(report.NewDocumentJobs(grant.Jobs))
	}
	for _, before := range grant.Before {
		out.Before = append(out.Before, report.NewDocumentJobs(before))
	}
	return out
}
