package report_test

import (
	"testing"

	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
)

func TestVerdict(t *testing.T) {
	other := func(who string) preflight.Access {
		return preflight.Access{ImageRepository: repository, Who: who, Role: role}
	}
	pattern := access()
	pattern.ImageRepository, pattern.ImageRepositorySuchAs = "every image repository", repository
	namespace := other(`every ServiceAccount of namespace "a"`)
	namespace.SuchAs = "system:serviceaccount:a:a"
	second := access()
	second.ImageRepository += "-two"
	broken := chain()
	broken.Links[0].State = preflight.Broken
	finding := func(kind preflight.Kind, waived string) preflight.Finding {
		return preflight.Finding{Kind: kind, Waived: waived}
	}
	note, waived := finding(tagsMove, ""), finding(storedKey, "why not")
	one := []preflight.Chain{chain()}
	noJobs := access()
	noJobs.Jobs = preflight.Jobs{Scope: preflight.Scope{Kind: preflight.NoJobs}}

	for _, c := range []struct {
		name   string
		report preflight.Report
		want   string
	}{
		{"no one else", proved(),
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (4 files)"},
		{"plurals", preflight.Report{
			Files: 1, Chains: []preflight.Chain{chain(), chain()}, Access: []preflight.Access{access(), second, access()},
			Findings: []preflight.Finding{note, note, waived, waived},
		}, "proved: 2 runners can push to 2 image repositories, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (1 file, 2 notes, 2 waived)"},
		{"singulars", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{access()}, Findings: []preflight.Finding{note, waived}},
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (2 files, 1 note, 1 waived)"},
		{"a note that was waived", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{access()}, Findings: []preflight.Finding{finding(tagsMove, "so be it")}},
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (2 files, 1 waived)"},
		{"a file of which nothing is looked at", preflight.Report{Files: 2, NotLookedAt: []string{"a.yaml"}, Chains: one, Access: []preflight.Access{access()}, Findings: []preflight.Finding{note}},
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (2 files, 1 note; 1 file holds nothing that is looked at)"},
		{"files of which nothing is looked at", preflight.Report{Files: 3, NotLookedAt: []string{"a.yaml", "b.yaml"}, Chains: one, Findings: []preflight.Finding{finding(storedKey, "")}},
			"not proved: 1 error (3 files; 2 files hold nothing that is looked at)"},
		{"one other, in two rows", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{access(), other("root"), {ImageRepository: "x", Who: "root", Place: at(stackFile, 1, 1)}}},
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app; 1 other can push too (2 files)"},
		{"two others", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{other("admin"), access(), other("root")}},
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app; 2 others can push too (2 files)"},
		{"a pattern of others", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{namespace, access(), other("root")}},
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app; at least 2 others can push too (2 files)"},
		{"a pattern that is a runner's", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{{ImageRepository: "x", Who: "runner-*", Runner: true, Jobs: jobs()}, other("root")}},
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app; 1 other can push too (2 files)"},
		{"an image repository of others alone", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{access(), {ImageRepository: "x", Who: "root"}}},
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app; 1 other can push too (2 files)"},
		{"a pattern of image repositories", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{pattern}},
			"proved: 1 runner can push to whatever matches 1 pattern, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (2 files)"},
		{"a pattern and a name", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{pattern, access()}},
			"proved: 1 runner can push to 1 image repository and whatever matches 1 pattern, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (2 files)"},
		{"a broken chain that was waived", preflight.Report{Files: 2, Chains: []preflight.Chain{chain(), broken}, Access: []preflight.Access{access()}, Findings: []preflight.Finding{waived}},
			"proved: 1 of 2 runners can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (2 files, 1 waived)"},
		{"what is no runner", preflight.Report{Files: 2, Chains: []preflight.Chain{{NoRunner: true, Links: one[0].Links}}, Access: []preflight.Access{noJobs}},
			"proved: 1 workload can push to 1 image repository, and no one else can (2 files)"},
		{"no link", preflight.Report{Files: 2, Chains: []preflight.Chain{{}}, Access: []preflight.Access{access()}, Findings: []preflight.Finding{waived}},
			"proved: 0 of 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (2 files, 1 waived)"},
		{"an error", preflight.Report{Files: 1, Chains: one, Findings: []preflight.Finding{finding(storedKey, "")}},
			"not proved: 1 error (1 file)"},
		{"a warning", preflight.Report{Files: 1, Chains: one, Findings: []preflight.Finding{finding(wideTrust, "")}},
			"not proved: 1 warning (1 file)"},
		{"errors and warnings", preflight.Report{Files: 4, Chains: one, Findings: []preflight.Finding{
			finding(storedKey, ""), finding(wideTrust, ""), finding(noServiceAccount, ""), finding(wideTrust, ""), note, waived,
		}}, "not proved: 2 errors, 2 warnings (4 files, 1 note, 1 waived)"},
		{"no workload, and a warning of it", preflight.Report{Files: 3, Findings: []preflight.Finding{finding(wideTrust, "")}},
			"not proved: no runner among the files, 1 warning (3 files)"},
		{"no workload, which was waived", preflight.Report{Files: 3, Findings: []preflight.Finding{waived}, Access: []preflight.Access{other("root")}},
			"proved: no runner among the files; 1 other can push (3 files, 1 waived)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := report.Verdict(c.report); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// A scope that is widened changes the verdict, and so do a group and labels.
func TestVerdictNamesWhoseJobs(t *testing.T) {
	row := func(kind preflight.ScopeKind, name, group string, labels ...string) preflight.Access {
		a := access()
		a.Jobs = preflight.Jobs{Scope: preflight.Scope{Kind: kind, Name: name}, Group: group, Labels: labels}
		return a
	}
	const repository, organization, enterprise, unknown = preflight.SourceRepository, preflight.Organization, preflight.Enterprise, preflight.UnknownScope
	for _, c := range []struct {
		name string
		rows []preflight.Access
		want string
	}{
		{"a source repository", []preflight.Access{row(repository, "octo-org/my-app", "", "push")}, "octo-org/my-app on label push"},
		{"an organization", []preflight.Access{row(organization, "octo-org", "default", "push")}, "organization octo-org on label push"},
		{"an enterprise", []preflight.Access{row(enterprise, "octo", "Default", "push")}, "enterprise octo on label push"},
		{"a group", []preflight.Access{row(organization, "octo-org", "builders", "self-hosted", "push")}, "organization octo-org in group builders on labels self-hosted, push"},
		{"unknown labels", []preflight.Access{row(organization, "octo-org", "default")}, "organization octo-org on unknown labels"},
		{"nothing known", []preflight.Access{row(unknown, "", "")}, "an unknown scope on unknown labels"},
		{"one scope, two labels", []preflight.Access{row(organization, "octo-org", "default", "a"), row(organization, "octo-org", "default", "b")}, "organization octo-org"},
		{"one scope, two groups", []preflight.Access{row(organization, "octo-org", "a", "a"), row(organization, "octo-org", "b", "a")}, "organization octo-org"},
		{"the same twice", []preflight.Access{row(repository, "o/a", "", "a"), row(repository, "o/a", "", "a")}, "o/a on label a"},
		{"two source repositories", []preflight.Access{row(repository, "o/a", "", "a"), row(repository, "o/b", "", "a")}, "2 source repositories"},
		{"several of each", []preflight.Access{
			row(repository, "o/a", "", "a"), row(repository, "o/b", "", "b"), row(repository, "o/c", "", "c"),
			row(organization, "o", "", "o"), row(enterprise, "e", "", "e"), row(enterprise, "f", "", "e"), row(unknown, "", ""),
		}, "3 source repositories, 1 organization, 2 enterprises and an unknown scope"},
		{"one name, two kinds", []preflight.Access{row(organization, "o", "", "a"), row(enterprise, "o", "", "a")}, "1 organization and 1 enterprise"},
		{"what does not print", []preflight.Access{row(repository, "::x\n", "", "\x1b")}, `\x3a:x\n on label \x1b`},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := "proved: 1 runner can push to 1 image repository, for jobs of " + c.want + ", and no one else can (4 files)"
			r := proved()
			r.Access = c.rows
			if got := report.Verdict(r); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}
