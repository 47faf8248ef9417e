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

	for _, c := range []struct {
		name   string
		report preflight.Report
		want   string
	}{
		{"nobody else", proved(),
			"proved: 1 runner workload can push to 1 image repository, and nobody else can (4 files)"},
		{"plurals", preflight.Report{
			Files: 1, Chains: []preflight.Chain{chain(), chain()}, Access: []preflight.Access{access(), second, access()},
			Findings: []preflight.Finding{note, note, waived, waived},
		}, "proved: 2 runner workloads can push to 2 image repositories, and nobody else can (1 file, 2 notes, 2 waived)"},
		{"singulars", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{access()}, Findings: []preflight.Finding{note, waived}},
			"proved: 1 runner workload can push to 1 image repository, and nobody else can (2 files, 1 note, 1 waived)"},
		{"a note that was waived", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{access()}, Findings: []preflight.Finding{finding(tagsMove, "so be it")}},
			"proved: 1 runner workload can push to 1 image repository, and nobody else can (2 files, 1 waived)"},
		{"one other, in two rows", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{access(), other("root"), {ImageRepository: "x", Who: "root", Place: at(stackFile, 1, 1)}}},
			"proved: 1 runner workload can push to 1 image repository; 1 other can push too (2 files)"},
		{"two others", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{other("admin"), access(), other("root")}},
			"proved: 1 runner workload can push to 1 image repository; 2 others can push too (2 files)"},
		{"a pattern of others", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{namespace, access(), other("root")}},
			"proved: 1 runner workload can push to 1 image repository; at least 2 others can push too (2 files)"},
		{"a pattern that is a runner's", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{{ImageRepository: "x", Who: "runner-*", Runner: true}, other("root")}},
			"proved: 1 runner workload can push to 1 image repository; 1 other can push too (2 files)"},
		{"an image repository of others alone", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{access(), {ImageRepository: "x", Who: "root"}}},
			"proved: 1 runner workload can push to 1 image repository; 1 other can push too (2 files)"},
		{"a pattern of image repositories", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{pattern}},
			"proved: 1 runner workload can push to whatever matches 1 pattern, and nobody else can (2 files)"},
		{"a pattern and a name", preflight.Report{Files: 2, Chains: one, Access: []preflight.Access{pattern, access()}},
			"proved: 1 runner workload can push to 1 image repository and whatever matches 1 pattern, and nobody else can (2 files)"},
		{"a broken chain that was waived", preflight.Report{Files: 2, Chains: []preflight.Chain{chain(), broken}, Access: []preflight.Access{access()}, Findings: []preflight.Finding{waived}},
			"proved: 1 of 2 runner workloads can push to 1 image repository, and nobody else can (2 files, 1 waived)"},
		{"no link", preflight.Report{Files: 2, Chains: []preflight.Chain{{}}, Access: []preflight.Access{access()}, Findings: []preflight.Finding{waived}},
			"proved: 0 of 1 runner workload can push to 1 image repository, and nobody else can (2 files, 1 waived)"},
		{"an error", preflight.Report{Files: 1, Chains: one, Findings: []preflight.Finding{finding(storedKey, "")}},
			"not proved: 1 error (1 file)"},
		{"a warning", preflight.Report{Files: 1, Chains: one, Findings: []preflight.Finding{finding(wideTrust, "")}},
			"not proved: 1 warning (1 file)"},
		{"errors and warnings", preflight.Report{Files: 4, Chains: one, Findings: []preflight.Finding{
			finding(storedKey, ""), finding(wideTrust, ""), finding(noServiceAccount, ""), finding(wideTrust, ""), note, waived,
		}}, "not proved: 2 errors, 2 warnings (4 files, 1 note, 1 waived)"},
		{"no workload, and a warning of it", preflight.Report{Files: 3, Findings: []preflight.Finding{finding(wideTrust, "")}},
			"not proved: no runner workload among the files, 1 warning (3 files)"},
		{"no workload, which was waived", preflight.Report{Files: 3, Findings: []preflight.Finding{waived}, Access: []preflight.Access{other("root")}},
			"proved: no runner workload among the files; 1 other can push (3 files, 1 waived)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := report.Verdict(c.report); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
