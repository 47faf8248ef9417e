package report_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
	"keyless-runners/preflight/source"
)

var update = flag.Bool("update", false, "write testdata/ anew; read every line of the difference before you commit it")

var (
	noServiceAccount = preflight.Kind{ID: "KR010", Severity: preflight.Error, Title: "ServiceAccount is not among the files"}
	wideTrust        = preflight.Kind{ID: "KR052", Severity: preflight.Warning, Title: "trust wider than one ServiceAccount"}
	tagsMove         = preflight.Kind{ID: "KR081", Severity: preflight.Note, Title: "image tags can be overwritten"}
	storedKey        = preflight.Kind{ID: "KR090", Severity: preflight.Error, Title: "stored AWS key"}
)

var kinds = []preflight.Kind{noServiceAccount, wideTrust, tagsMove, storedKey}

const (
	stackFile    = "dist/infra/self-hosted-runners.json"
	manifestFile = "dist/manifests/example/build.k8s.yaml"
	workflowFile = ".github/workflows/push.yaml"
	repository   = "arn:aws:ecr:eu-west-1:111122223333:repository/example/app"
	runner       = "system:serviceaccount:self-hosted-runners:runner of oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"
	role         = "arn:aws:iam::111122223333:role/ecr_push"
)

func at(file string, line, column int) source.Place {
	return source.Place{File: file, Line: line, Column: column}
}

// chain is one in which every link is proved.
func chain() preflight.Chain {
	return preflight.Chain{
		Workload: "RunnerDeployment self-hosted-runners/build",
		Pool:     "build",
		Place:    at(manifestFile, 16, 1),
		Links: []preflight.Link{
			{Name: "Pod → ServiceAccount", Text: `it has ServiceAccount "runner"`, Place: at(manifestFile, 28, 5), From: "Pod", To: "ServiceAccount self-hosted-runners/runner"},
			{Name: "role → image repository", Text: `it may push to "example/app"`, Place: at(stackFile, 40, 9), From: "role ecr_push", To: "example/app"},
		},
	}
}

func access() preflight.Access {
	return preflight.Access{ImageRepository: repository, Who: runner, Role: role, Place: at(stackFile, 40, 9), Runner: true, Jobs: jobs()}
}

func jobs() preflight.Jobs {
	return preflight.Jobs{Scope: preflight.Scope{Kind: preflight.SourceRepository, Name: "octo-org/my-app"}, Labels: []string{"self-hosted", "push-my-app"}}
}

// proved is a report without a flaw.
func proved() preflight.Report {
	return preflight.Report{Files: 4, Chains: []preflight.Chain{chain()}, Access: []preflight.Access{access()}}
}

// flawed is a report with one of everything.
func flawed() preflight.Report {
	broken := chain()
	broken.Links[0] = preflight.Link{Name: "Pod → ServiceAccount", State: preflight.Broken, Text: `ServiceAccount "runner" is not among the files`, Place: at(manifestFile, 28, 5), From: "Pod", To: "ServiceAccount self-hosted-runners/runner"}
	broken.Links[1].State = preflight.Unknown
	return preflight.Report{
		Files: 4,
		Findings: []preflight.Finding{
			{Kind: storedKey, Place: at(workflowFile, 12, 11), Problem: `"AWS_SECRET_ACCESS_KEY" is in the environment`, Fix: "take it out", Waived: "rotated, and gone with #12"},
			{Kind: tagsMove, Place: at(stackFile, 8, 5), Problem: `a push to "example/app" can overwrite a tag`, Fix: `set ImageTagMutability to "IMMUTABLE"`},
			{Kind: wideTrust, Place: at(stackFile, 10, 3), Problem: `"system:serviceaccount:self-hosted-runners:*" may take role "ecr_push"`, Fix: "name one ServiceAccount"},
			{
				Kind: noServiceAccount, Place: at(manifestFile, 28, 5),
				Problem: `ServiceAccount "self-hosted-runners/runner" is not among the files`,
				Fix:     `name one that is, or add it: "self-hosted-runner-service-account"`,
				Related: []preflight.Related{{Place: at(stackFile, 10, 3), What: "the role's trust policy"}, {Place: at(stackFile, 40, 9), What: "the role's policy"}},
			},
		},
		Chains: []preflight.Chain{broken},
		Access: []preflight.Access{
			access(),
			{ImageRepository: repository, Who: "system:serviceaccount:self-hosted-runners:* of oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE", Role: role, Place: at(stackFile, 10, 3)},
		},
	}
}

// many is a report of 10,000 findings of one kind, 2,000 of another that were
// waived, 5,000 runners and 5,000 rows, of which 50 are no runner's.
func many() preflight.Report {
	var r preflight.Report
	for i := range 10_000 {
		r.Findings = append(r.Findings, preflight.Finding{Kind: noServiceAccount, Place: at(manifestFile, i+1, 5), Problem: fmt.Sprintf("ServiceAccount %q is not among the files", fmt.Sprint("runner-", i)), Fix: "add it"})
	}
	for i := range 2_000 {
		r.Findings = append(r.Findings, preflight.Finding{Kind: storedKey, Place: at(workflowFile, i+1, 5), Problem: "a key is stored", Waived: "it is of no use"})
	}
	for i := range 5_000 {
		r.Chains = append(r.Chains, chain())
		row := access()
		row.ImageRepository = fmt.Sprintf("%s-%d", repository, i)
		row.Runner = i%100 != 99
		r.Access = append(r.Access, row)
	}
	return r
}

func write(t *testing.T, format report.Format, r preflight.Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := report.Write(&out, format, r, kinds); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// wantGolden compares with a file of testdata.
func wantGolden(t *testing.T, name, got string) {
	t.Helper()
	golden := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
