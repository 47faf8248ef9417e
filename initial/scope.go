package initial

import (
	"net/url"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// scopeOf is whose jobs a runner takes, as it names them.
func scopeOf(s facts.Scope) fleet.Scope {
	if s.URL.Known() {
		return scopeAt(s.URL.Value)
	}
	return fleet.Scope{
		SourceRepository: identity.SourceRepository(s.SourceRepository.Value),
		Organization:     identity.Organization(s.Organization.Value),
		Enterprise:       identity.Enterprise(s.Enterprise.Value),
	}
}

// scopeAt reads a githubConfigUrl as the controller does (actions-runner-controller,
// github/actions/config.go, ParseGitHubConfigFromURL).
func scopeAt(address string) fleet.Scope {
	parsed, err := url.Parse(strings.Trim(address, "/"))
	if err != nil {
		return fleet.Scope{}
	}
	scope := fleet.Scope{Host: strings.TrimPrefix(parsed.Host, "www.")}
	if scope.Host == "github.com" {
		scope.Host = ""
	}
	switch parts := strings.Split(strings.Trim(parsed.Path, "/"), "/"); {
	case len(parts) == 1:
		scope.Organization = identity.Organization(parts[0])
	case len(parts) == 2 && strings.EqualFold(parts[0], "enterprises"):
		scope.Enterprise = identity.Enterprise(parts[1])
	case len(parts) == 2:
		scope.SourceRepository = identity.SourceRepository(strings.Join(parts, "/"))
	}
	return scope
}
