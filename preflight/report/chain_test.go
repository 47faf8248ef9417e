package report_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diagnose"
	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
)

var chains = []preflight.Chain{
	{Workload: "RunnerDeployment r/build", Pool: "build", Place: at("a.yaml", 1, 1), Links: []preflight.Link{
		{Name: preflight.LinkRole, State: preflight.Proved, Text: "named", Place: at("a.yaml", 2, 1), From: "ServiceAccount r/b", To: "role push"},
		{Name: preflight.LinkTrust, State: preflight.Broken, Text: "not let in", Place: at("a.yaml", 3, 1), From: "provider p", To: "role push"},
	}},
	{Workload: "RunnerDeployment r/\x1b[31m", Pool: "x", Place: at("a.yaml", 9, 1), Links: []preflight.Link{
		{Name: preflight.LinkRole, State: preflight.Proved, Text: "named", Place: at("a.yaml", 2, 1), From: "ServiceAccount r/b", To: "role push"},
		{Name: preflight.LinkTrust, State: preflight.Unknown, Text: "not known", Place: at("a.yaml", 11, 1), From: "provider \"]\n#<b>`", To: "role other"},
	}},
}

func written(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestChains(t *testing.T) {
	want := `RunnerDeployment r/build (a.yaml:1:1)
  1. ServiceAccount → role ARN: proved
     named, see a.yaml:2:1
  2. token → trust policy: broken
     not let in, see a.yaml:3:1

RunnerDeployment r/\x1b[31m (a.yaml:9:1)
  1. ServiceAccount → role ARN: proved
     named, see a.yaml:2:1
  2. token → trust policy: unknown
     not known, see a.yaml:11:1
`
	got := written(t, func(out io.Writer) error { return report.Chains(out, chains) })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// What chains share is drawn once, and no name ends its box.
func TestMermaid(t *testing.T) {
	want := `flowchart LR
  n0["ServiceAccount r/b"]
  n1["role push"]
  n0 -->|"ServiceAccount → role ARN"| n1
  n2["provider p"]
  n2 --x|"token → trust policy"| n1
  n3["provider #quot;]\n#35;#lt;b#gt;#96;"]
  n4["role other"]
  n3 -.->|"token → trust policy"| n4
`
	got := written(t, func(out io.Writer) error { return report.Mermaid(out, chains) })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFailuresNameTheFindingsOfCheck(t *testing.T) {
	diagnosis := diagnose.Diagnosis{
		Title: "not let in", Link: diagnose.TokenToTrust, Meaning: "The trust policy says no.", Source: "a guide", Rules: []string{"KR040", "KR041"},
		Causes: []diagnose.Cause{{Subject: diagnose.TrustPolicy, What: "another subject", Look: "the condition", Fix: "name it"}},
	}
	want := `token → trust policy: not let in
  The trust policy says no.
  1. another subject
     look at the condition
     fix: name it
  keyless check, before the job: KR040, KR041
  source: a guide
`
	got := written(t, func(out io.Writer) error { return report.Failures(out, []diagnose.Diagnosis{diagnosis}, nil) })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFailuresNameTheLinesOfTheRole(t *testing.T) {
	diagnosis := diagnose.Diagnosis{
		Title: "not let in", Link: diagnose.TokenToTrust, Meaning: "The trust policy says no.", Source: "a guide",
		Values: []diagnose.Value{{Name: "role", Text: "other"}},
		Causes: []diagnose.Cause{
			{Subject: diagnose.TrustPolicy, What: "another subject", Look: "the condition", Fix: "name it"},
			{Subject: diagnose.Cluster, What: "another cluster", Look: "the issuer", Fix: "trust it"},
		},
	}
	want := `token → trust policy: not let in
  The trust policy says no.
    role: other
  1. another subject
     look at the condition
     fix: name it
     see a.yaml:11:1
  2. another cluster
     look at the issuer
     fix: trust it
  source: a guide
`
	got := written(t, func(out io.Writer) error { return report.Failures(out, []diagnose.Diagnosis{diagnosis}, chains) })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
