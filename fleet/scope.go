package fleet

import (
	"cmp"
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"keyless-runners/identity"
)

// Scope is whose jobs a pool runs. Exactly one of SourceRepository, Organization and
// Enterprise is set.
type Scope struct {
	// Host is the host of GitHub Enterprise Server, or of GitHub Enterprise Cloud with data
	// residency ("NAME.ghe.com"), for scale sets: that of RunnerDeployments is set in their
	// controller. Zero: "github.com".
	Host             string
	SourceRepository identity.SourceRepository
	Organization     identity.Organization
	// Enterprise needs a controller that signs in to GitHub with a personal
	// access token (actions-runner-controller, docs/about-arc.md).
	Enterprise identity.Enterprise
}

func (s Scope) check(at place, problems *Problems) {
	if s.Host != "" {
		problems.add(at.field("host"), checkHost(s.Host))
	}
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

func checkHost(host string) error {
	switch {
	case strings.EqualFold(host, "github.com") || strings.EqualFold(host, "www.github.com"):
		return fmt.Errorf("host %q is the default; leave it out", host)
	case !strings.Contains(host, "."):
		return fmt.Errorf("host %q: want the whole name, for example \"github.example.com\"", host)
	case len(validation.IsDNS1123Subdomain(host)) > 0:
		return fmt.Errorf("host %q: want the name alone in lower case, without https:// and a path, for example \"github.example.com\"", host)
	}
	return nil
}

// URL is the scope's address on GitHub.
func (s Scope) URL() string {
	gitHub := "https://" + cmp.Or(s.Host, "github.com") + "/"
	switch {
	case s.SourceRepository != "":
		return gitHub + string(s.SourceRepository)
	case s.Organization != "":
		return gitHub + string(s.Organization)
	}
	return gitHub + "enterprises/" + string(s.Enterprise)
}

// owner is the part of a GitHub within which scopes can overlap, in lower case.
func (s Scope) owner() string {
	owner := "enterprises/" + string(s.Enterprise)
	switch {
	case s.SourceRepository != "":
		owner = string(s.SourceRepository.Owner())
	case s.Organization != "":
		owner = string(s.Organization)
	}
	return strings.ToLower(s.Host + "/" + owner)
}

// overlaps reports whether one job could be within both scopes of the same owner.
func (s Scope) overlaps(other Scope) bool {
	if s.SourceRepository == "" || other.SourceRepository == "" {
		return true
	}
	return strings.EqualFold(string(s.SourceRepository), string(other.SourceRepository))
}
