package chain

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// showToken finds whether a role that trusts GitHub certainly refuses each token that the job can show, where
// GitHub makes its subjects by default as the role expects them: the hop is refused then, and its step says why.
func (c *Chains) showToken(h *Hop, scope Scope) {
	trust := c.trustOf(h.Role)
	providers := slices.DeleteFunc(index.ProvidersIn(trust), func(trusted index.Federated) bool { return trusted.Host != githubIssuer })
	if scope.Kind != SourceRepository || strings.Count(scope.Name, "/") != 1 || len(providers) != 1 || h.By.Audience.Unknown != "" || !expectsSubjectsOf(trust, scope.Name) {
		return
	}
	issuer, audience := access.Issuer{Provider: providers[0].ARN, Host: githubIssuer}, facts.Text{Value: cmp.Or(h.By.Audience.Value, string(identity.AudienceSTS)), There: true}
	var refused []Assumption
	var accepted []string
	for _, end := range h.Job.TokenContexts {
		subject := "repo:" + scope.Name + ":" + end
		step := Assumption{
			Who:     fmt.Sprintf("GitHub's token of subject %q", subject),
			Role:    h.Role,
			actions: []string{access.AssumeRoleWithWebIdentity},
			ask: func(string) (policy.Request, access.Decision) {
				request := issuer.Request(subject, audience.Value)
				return request, access.Decide(request, trust)
			},
		}
		switch step.decide(trust); step.Problem.state() {
		case Broken:
			refused = append(refused, step)
		case Proved:
			accepted = append(accepted, subject)
		}
	}
	switch len(h.Job.TokenContexts) {
	case 0:
	case len(refused):
		h.Refused, h.Step = true, refused[0]
	case len(accepted):
		if c.provides(h.Role, providers[0], audience).state() == Proved {
			h.Accepted = accepted
		}
	}
}

// defaultSubject is the form of GitHub's subjects, or of patterns of them, where no one made it another: a
// source repository or an organization may (GitHub, "OpenID Connect reference", "Customizing the subject
// claims").
var defaultSubject = regexp.MustCompile(`^repo:[^:@]*(\*|:\*|:(ref:refs/|environment:|pull_request).*)$`)

// noSubject matches what is no subject of GitHub's in any form: a form is a list of claims, whose names have letters,
// digits and underscores alone (GitHub's REST API, "Set the customization template for an OIDC subject claim"), and
// whose context is a ref, an environment or "pull_request".
var noSubject = regexp.MustCompile(`^(https?:|(repo:[^:*?]*:)?([A-Za-z0-9_]*[^A-Za-z0-9_:*?]|ref:([^r*?]|r[^e*?]|re[^f*?])|[A-Za-z0-9_]+$))`)

// expectsSubjectsOf reports whether each subject of GitHub's in a trust policy has the default form, or is none, and
// names no source repository that is the given one in letters of another case, of which GitHub's are not known.
func expectsSubjectsOf(trust *facts.Document, repository string) bool {
	own := "repo:" + repository + ":"
	for _, statement := range trust.Policy.Statement {
		for _, keys := range statement.Condition {
			for key, values := range keys {
				if !strings.EqualFold(key, githubIssuer+":sub") {
					continue
				}
				for _, value := range values {
					fixed, _, _ := strings.Cut(value, "*")
					n := min(len(fixed), len(own))
					switch {
					case !defaultSubject.MatchString(value) && !noSubject.MatchString(value):
						return false
					case defaultSubject.MatchString(value) && fixed[:n] != own[:n] && strings.EqualFold(fixed[:n], own[:n]):
						return false
					}
				}
			}
		}
	}
	return true
}
