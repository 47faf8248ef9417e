package change

import (
	"strings"
	"testing"

	"keyless-runners/policy"
	"keyless-runners/preflight/chain"
)

func jobsIn(kind chain.ScopeKind, name, group, labels string) chain.Jobs {
	return chain.Jobs{Scope: chain.Scope{Kind: kind, Name: name}, Group: group, Labels: strings.Fields(labels)}
}

func TestCovers(t *testing.T) {
	const source, organization, enterprise = chain.SourceRepository, chain.Organization, chain.Enterprise
	app := jobsIn(source, "octo-org/app", "", "self-hosted push")
	for _, test := range []struct {
		name string
		a, b chain.Jobs
		want policy.Truth
		why  string
	}{
		{"the same", app, app, policy.Yes, ""},
		{"names and labels in another case", app, jobsIn(source, "Octo-Org/App", "", "Self-Hosted PUSH"), policy.Yes, ""},
		{"another source repository", app, jobsIn(source, "octo-org/web", "", "self-hosted push"), policy.No, ""},
		{"a label less to ask for", app, jobsIn(source, "octo-org/app", "", "push"), policy.Yes, ""},
		{"a label more to ask for", app, jobsIn(source, "octo-org/app", "", "self-hosted push gpu"), policy.No, ""},
		{"unknown labels", app, jobsIn(source, "octo-org/app", "", ""), policy.Possibly, "labels are not known"},
		{"the organization of a source repository", app, jobsIn(organization, "octo-org", "default", "push"), policy.No, ""},
		{"a source repository of the organization", jobsIn(organization, "octo-org", "default", "self-hosted push"), app, policy.Yes, ""},
		{"a source repository of a group", jobsIn(organization, "octo-org", "builders", "self-hosted push"), app, policy.Possibly, "which source repositories may use a runner group is set on GitHub"},
		{"a source repository of another organization", jobsIn(organization, "octo", "default", "self-hosted push"), app, policy.No, ""},
		{"an organization on another host", jobsIn(organization, "ghes.example.com/octo-org", "default", "self-hosted push"), app, policy.No, ""},
		{"another group", jobsIn(organization, "octo-org", "default", "push"), jobsIn(organization, "octo-org", "builders", "push"), policy.Possibly, "which source repositories may use a runner group is set on GitHub"},
		{"the enterprise of an organization", jobsIn(organization, "octo-org", "default", "push"), jobsIn(enterprise, "octo", "default", "push"), policy.No, ""},
		{"an organization of the enterprise", jobsIn(enterprise, "octo", "default", "push"), jobsIn(organization, "octo-org", "default", "push"), policy.Possibly, "whether octo-org is in enterprise octo is not among the files"},
		{"another enterprise", jobsIn(enterprise, "octo", "default", "push"), jobsIn(enterprise, "acme", "default", "push"), policy.No, ""},
		{"an unknown scope", app, jobsIn(chain.UnknownScope, "", "", "push"), policy.Possibly, "a scope is not known"},
		{"unknown scopes", jobsIn(chain.UnknownScope, "", "", "push"), jobsIn(chain.UnknownScope, "", "", "push"), policy.Yes, ""},
		{"a name that is no source repository's", jobsIn(organization, "octo-org", "default", "push"), jobsIn(source, "octo-org", "", "push"), policy.No, ""},
	} {
		if got, why := covers(test.a, test.b); got != test.want || why != test.why {
			t.Errorf("%s: got %v %q, want %v %q", test.name, got, why, test.want, test.why)
		}
	}
}
