package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestActionsSubjectIsWrittenAsGitHubDoes(t *testing.T) {
	for want, subject := range map[string]identity.ActionsSubject{
		"repo:octo-org/octo-repo:environment:Production":            {SourceRepository: "octo-org/octo-repo", Environment: "Production"},
		"repo:octo-org/octo-repo:environment:eu%3Aproduction":       {SourceRepository: "octo-org/octo-repo", Environment: "eu:production"},
		"repo:octo-org/octo-repo:pull_request":                      {SourceRepository: "octo-org/octo-repo"},
		"repo:octocat@123456/my-repo@456789:environment:production": {SourceRepository: "octocat/my-repo", OwnerID: 123456, RepositoryID: 456789, Environment: "production"},
		"repo:octocat@123456/my-repo@456789:pull_request":           {SourceRepository: "octocat/my-repo", OwnerID: 123456, RepositoryID: 456789},
	} {
		wantText(t, subject.String(), want)
	}
}
