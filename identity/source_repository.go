package identity

import (
	"fmt"
	"strings"
)

// SourceRepository is a repository on GitHub, "owner/name".
type SourceRepository string

// Check reports anything that is not "owner/name", with the form that was
// probably meant.
func (s SourceRepository) Check() error {
	err := s.check()
	if err == nil {
		return nil
	}
	if near := s.nearest(); near != s && near.check() == nil {
		return fmt.Errorf("%w%s", err, DidYouMean(near))
	}
	return err
}

// pages are the folders of GitHub's own pages, by what these are about.
var pages = map[string]string{"orgs": "organization", "organizations": "organization", "enterprise": "enterprise", "enterprises": "enterprise"}

func (s SourceRepository) check() error {
	const kind = "source repository"
	if s == "" {
		return fmt.Errorf("%s is missing; want %q", kind, "owner/name")
	}
	owner, name, ok := strings.Cut(string(s), "/")
	if !ok || strings.Contains(name, "/") {
		return fmt.Errorf("%s %q: want %q", kind, s, "owner/name")
	}
	if owner == "" || name == "" {
		return fmt.Errorf("%s %q: want %q", kind, s, "owner/name")
	}
	if of := pages[strings.ToLower(owner)]; of != "" {
		return fmt.Errorf("%s %q: the page of an %s is not one; want %q", kind, s, of, "owner/name")
	}
	if name == "." || name == ".." || withoutGit(name) != name {
		return fmt.Errorf("%s %q: GitHub has no repository named %q; want %q", kind, s, name, "owner/name")
	}
	return firstError(
		checkOwner(kind+" owner", owner),
		checkLength(kind+" name", name, 100),
		checkAlphabet(kind+" name", name, alphanumeric+"._-", "letters, digits and ._-"),
	)
}

// nearest drops what stands around "owner/name" in URLs and clone commands.
func (s SourceRepository) nearest() SourceRepository {
	text := strings.TrimSpace(string(s))
	for _, prefix := range []string{"https://", "http://", "ssh://", "git@", "www.", "github.com/", "github.com:"} {
		text = strings.TrimPrefix(text, prefix)
	}
	return SourceRepository(withoutGit(strings.Trim(text, "/")))
}

// withoutGit drops the ending of clone commands, which GitHub ignores case in.
func withoutGit(text string) string {
	if start := len(text) - len(".git"); start >= 0 && strings.EqualFold(text[start:], ".git") {
		return text[:start]
	}
	return text
}

// Owner is the part before the slash: an organization or a user.
func (s SourceRepository) Owner() Organization {
	owner, _, _ := strings.Cut(string(s), "/")
	return Organization(owner)
}
