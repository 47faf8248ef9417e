package fleet

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
)

// Scope is whose jobs a pool runs. Exactly one field is set.
type Scope struct {
	SourceRepository identity.SourceRepository
	Organization     identity.Organization
	// Enterprise needs a controller that signs in to GitHub with a personal
	// access token (actions-runner-controller, docs/about-arc.md).
	Enterprise identity.Enterprise
}

func (s Scope) check(at place, problems *Problems) {
	var set []string
	if s.SourceRepository != "" {
		set = append(set, "sourceRepository")
		problems.add(at.field("sourceRepository"), s.SourceRepository.Check())
	}
	if s.Organization != "" {
		set = append(set, "organization")
		problems.add(at.field("organization"), s.Organization.Check())
	}
	if s.Enterprise != "" {
		set = append(set, "enterprise")
		problems.add(at.field("enterprise"), s.Enterprise.Check())
	}
	if len(set) != 1 {
		got := "none is set"
		if len(set) > 1 {
			got = strings.Join(set, " and ") + " are set"
		}
		problems.add(at, fmt.Errorf("choose one of sourceRepository, organization and enterprise: %s", got))
	}
}

// URL is the scope's address on GitHub.
func (s Scope) URL() string {
	const gitHub = "https://github.com/"
	switch {
	case s.SourceRepository != "":
		return gitHub + string(s.SourceRepository)
	case s.Organization != "":
		return gitHub + string(s.Organization)
	}
	return gitHub + "enterprises/" + string(s.Enterprise)
}

// owner is the part of GitHub within which scopes can overlap, in lower case.
func (s Scope) owner() string {
	switch {
	case s.SourceRepository != "":
		return strings.ToLower(string(s.SourceRepository.Owner()))
	case s.Organization != "":
		return strings.ToLower(string(s.Organization))
	}
	return "enterprises/" + strings.ToLower(string(s.Enterprise))
}

// overlaps says whether one job could be within both scopes of the same owner.
func (s Scope) overlaps(other Scope) bool {
	if s.SourceRepository == "" || other.SourceRepository == "" {
		return true
	}
	return strings.EqualFold(string(s.SourceRepository), string(other.SourceRepository))
}
