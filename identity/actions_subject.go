package identity

import (
	"fmt"
	"strings"
)

// IssuerActions is the OIDC issuer of GitHub Actions on github.com, whose tokens jobs ask for
// with the permission "id-token: write".
const IssuerActions Issuer = "https://token.actions.githubusercontent.com"

// ActionsSubject is the subject of a job's token from IssuerActions, in its default form
// (https://docs.github.com/en/actions/reference/security/oidc). Letters count in both cases, as
// GitHub writes the names.
type ActionsSubject struct {
	SourceRepository SourceRepository
	// OwnerID and RepositoryID are GitHub's numbers, which are part of the subject in source
	// repositories that were created, renamed or transferred since July 15, 2026, or opted in
	// (https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/).
	// Zero, both: the names alone.
	OwnerID, RepositoryID uint64
	// Environment is the job's environment. Zero: the job runs for a pull request, without one.
	Environment string
}

// String is "repo:OWNER/NAME:environment:ENVIRONMENT" or "repo:OWNER/NAME:pull_request", with
// "@ID" behind both names if there are numbers.
func (s ActionsSubject) String() string {
	owner, name, _ := strings.Cut(string(s.SourceRepository), "/")
	if s.OwnerID != 0 {
		owner, name = fmt.Sprintf("%s@%d", owner, s.OwnerID), fmt.Sprintf("%s@%d", name, s.RepositoryID)
	}
	context := "pull_request"
	if s.Environment != "" {
		// A colon in a name would end it.
		context = "environment:" + strings.ReplaceAll(s.Environment, ":", "%3A")
	}
	return "repo:" + owner + "/" + name + ":" + context
}
