package examples_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdklabs/cdk-nag-go/cdknag/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/rhysd/actionlint"

	"keyless-runners/examples"
	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/infra"
	"keyless-runners/internal/kernel/kerneltest"
	"keyless-runners/manifests"
	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
	"keyless-runners/render"
	"keyless-runners/render/rendertest"
)

var update = flag.Bool("update", false, "write the rendered folders anew; read every line of the difference before you commit it")

func TestMain(m *testing.M) { kerneltest.Main(m) }

func rendered(t *testing.T, declared fleet.Fleet, outdir string) render.Files {
	t.Helper()
	return rendertest.Render(t, declared, outdir, infra.Synth, manifests.Synth)
}

func TestExamplesHaveNoProblems(t *testing.T) {
	for _, example := range examples.All() {
		if err := example.Fleet.Check(); err != nil {
			t.Errorf("%s: got problems, want none:\n%v", example.Name, err)
		}
	}
}

func TestExamplesRenderToTheirFolders(t *testing.T) {
	for _, example := range examples.All() {
		before, err := render.ReadFiles(example.Name)
		if err != nil {
			t.Fatal(err)
		}
		outdir := t.TempDir()
		changes := render.Compare(before, rendered(t, example.Fleet, outdir))
		if *update {
			if err := changes.Apply(outdir, example.Name); err != nil {
				t.Fatal(err)
			}
			continue
		}
		for _, change := range changes {
			t.Errorf("%s:\n%s", example.Name, change.Diff())
		}
	}
}

// verdicts are what keyless check says of the folder of each example: a line for each
// finding that is not waived, and the last line.
var verdicts = map[string]string{
	"pod-identity": `
note KR120: the files do not show the EKS Pod Identity agent in cluster "platform-prod-1"; it is assumed to exist
proved: 1 runner can push to 1 image repository, for jobs of octo-org/web on labels self-hosted, push-web, and no one else can (4 files, 1 note, 1 waived)`,
	"move-to-pod-identity": `
note KR120: the files do not show the EKS Pod Identity agent in cluster "platform"; it is assumed to exist
proved: 3 runners can push to 3 image repositories, for jobs of 3 source repositories, and no one else can (10 files, 1 note, 3 waived)`,
	"pod": `
proved: 1 runner can push to 1 image repository, for jobs of octo-org/monolith on labels self-hosted, push-monolith, and no one else can (4 files)`,
	"namespaces": `
proved: 2 runners can push to 2 image repositories, for jobs of 2 source repositories, and no one else can (6 files)`,
	"webhook-scaling": `
proved: 1 runner can push to 1 image repository, for jobs of organization octo-org in group Image builds on labels self-hosted, push-web, and no one else can (4 files)`,
	"environments": `
proved: 3 runners can push to 3 image repositories, for jobs of octo-org/my-app, and no one else can (12 files)`,
	"role": `
proved: 1 runner can push to 1 image repository, for jobs of octo-org/web on labels self-hosted, push-web, and no one else can (5 files, 2 waived)`,
	"blue-green": `
note KR120: the files do not show the EKS Pod Identity agent in cluster "blue"; it is assumed to exist
note KR120: the files do not show the EKS Pod Identity agent in cluster "green"; it is assumed to exist
proved: 4 runners can push to 2 image repositories, for jobs of 2 source repositories, and no one else can (13 files, 2 notes, 2 waived)`,
	"two-clusters": `
proved: 2 runners can push to 1 image repository, for jobs of organization octo-org, and no one else can (8 files, 1 waived)`,
	"central-registry": `
proved: 1 runner can push to 1 image repository, for jobs of octo-org/web on labels self-hosted, push-web, and no one else can (5 files)`,
	"existing-registry": `
proved: 1 runner can push to 1 image repository, for jobs of octo-org/web on label push-web, and no one else can (5 files, 1 waived)`,
	"builders": `
proved: 4 runners can push to 4 image repositories, for jobs of 4 source repositories, and no one else can (13 files, 2 waived)`,
	"cache": `
proved: 1 runner can push to 3 image repositories, for jobs of octo-org/shop on label push-shop, and no one else can (6 files, 1 waived)`,
	"pull-through": `
proved: 1 runner can push to 1 image repository, for jobs of octo-org/web on labels self-hosted, push-web, and no one else can (4 files, 1 waived)`,
	"container-modes": `
note KR120: the files do not show the EKS Pod Identity agent in cluster "platform"; it is assumed to exist
proved: 2 runners can push to 2 image repositories, for jobs of 2 source repositories, and no one else can (7 files, 1 note, 1 waived)`,
	"target-role": `
note KR120: the files do not show the EKS Pod Identity agent in cluster "platform"; it is assumed to exist
proved: 1 runner can push to 1 image repository, for jobs of octo-org/web on label push-web, and no one else can (5 files, 1 note, 1 waived)`,
	"one-label": `
proved: 2 runners can push to 1 image repository, for jobs of octo-org/web on labels self-hosted, push-web, and no one else can (6 files)`,
	"existing-role": `
note KR120: the files do not show the EKS Pod Identity agent in cluster "platform"; it is assumed to exist
proved: 2 runners can push to 1 image repository, for jobs of octo-org/web, and no one else can (7 files, 1 note, 2 waived)`,
	"session-policy": `
note KR126: role "arn:aws:iam::111122223333:role/ci/apps-push" is open to every EKS Pod Identity association of the account, if an association is made that names it
note KR120: the files do not show the EKS Pod Identity agent in cluster "platform"; it is assumed to exist
proved: 2 runners can push to 2 image repositories, for jobs of 2 source repositories; at least 1 other can push too (8 files, 2 notes, 2 waived)`,
	"deployment": `
note KR187: a job with subject "repo:octo-org@123456/runners@456789:environment:production" can take role "arn:aws:iam::111122223333:role/github-deploy", and with it the CDK's deployment role "arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-us-east-1", which can change every role of the account
proved: 1 runner can push to 1 image repository, for jobs of octo-org/web on labels self-hosted, push-web, and no one else can (8 files, 1 note)`,
	"teams": `
proved: 3 runners can push to 3 image repositories, for jobs of 3 source repositories, and no one else can (10 files)`,
	"enterprise-server": `
proved: 1 runner can push to 1 image repository, for jobs of organization github.example.com/octo-org on label push-web, and no one else can (4 files)`,
	"shared-role": `
note KR120: the files do not show the EKS Pod Identity agent in cluster "platform"; it is assumed to exist
proved: 2 runners can push to 1 image repository, for jobs of octo-org/web, and no one else can (6 files, 1 note, 2 waived)`,
	"scale-set": `
proved: 1 runner can push to 2 image repositories, for jobs of organization octo-org in group Image builds on label push-apps, and no one else can (4 files)`,
	"move-to-scale-set": `
proved: 2 runners can push to 2 image repositories, for jobs of 2 source repositories, and no one else can (7 files)`,
}

func TestExamplesAreProved(t *testing.T) {
	for _, example := range examples.All() {
		facts, files, err := preflight.Read(preflight.Input{Paths: []string{example.Name}})
		if err != nil {
			t.Fatal(err)
		}
		found := preflight.Check(facts)
		found.Files = files
		var said []string
		for _, finding := range found.Findings {
			if finding.Waived != "" {
				continue
			}
			said = append(said, fmt.Sprintf("%s %s: %s", finding.Kind.Severity, finding.Kind.ID, finding.Problem))
		}
		got := strings.Join(append(said, report.Verdict(found)), "\n")
		if diff := cmp.Diff(strings.TrimSpace(verdicts[example.Name]), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", example.Name, diff)
		}
		if !found.Proved() {
			t.Errorf("%s is not proved", example.Name)
		}
	}
}

// What exists in another account is said to be needed, until its policy is among the files.
func TestAnImageRepositoryOfAnotherAccountNeedsItsPolicy(t *testing.T) {
	facts, _, err := preflight.Read(preflight.Input{Paths: []string{"existing-registry/infra", "existing-registry/manifests", "existing-registry/workflows"}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, finding := range preflight.Check(facts).Findings {
		if finding.Waived == "" {
			got = append(got, finding.Kind.ID+" "+finding.Problem, finding.Fix)
		}
	}
	want := []string{
		`KR132 whether role "arn:aws:iam::111122223333:role/web-runner" may push to "arn:aws:ecr:us-east-1:444455556666:repository/shop/web" is not known: the image repository is in another account and its policy is not among the files`,
		`add the output of "aws ecr get-repository-policy": the image repository has to let the role push, too`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// An association is one cluster's, so it gives the role to the jobs of that cluster's runner group.
func TestJobsAreThoseOfTheAssociationsCluster(t *testing.T) {
	f := examples.TwoClusters()
	for i := range f.Clusters {
		f.Clusters[i].Region, f.Clusters[i].Issuer = "us-east-1", ""
	}
	p := &f.Pools[0]
	p.Cluster, p.AlsoIn, p.Way = f.Clusters[0], f.Clusters[1:], fleet.WayPodIdentity
	outdir, folder := t.TempDir(), t.TempDir()
	if err := render.Compare(nil, rendered(t, f, outdir)).Apply(outdir, folder); err != nil {
		t.Fatal(err)
	}
	facts, _, err := preflight.Read(preflight.Input{Paths: []string{folder}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range preflight.Check(facts).Access {
		got = append(got, row.Who+" for group "+row.Jobs.Group)
	}
	want := []string{
		"system:serviceaccount:web-runners:runner of cluster east for group builds-east",
		"system:serviceaccount:web-runners:runner of cluster west for group builds-west",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Teams run cdk-nag on what they deploy: each finding is answered in its place.
func TestCDKNagFindsNothingWithoutAnAnswer(t *testing.T) {
	jsii.Close()
	t.Setenv("CDK_VALIDATION", "false")
	defer jsii.Close()
	for _, example := range examples.All() {
		outdir := t.TempDir()
		app := infra.NewApp(fleettest.Checked(t, example.Fleet), outdir)
		awscdk.Aspects_Of(app).Add(cdknag.NewAwsSolutionsChecks(&cdknag.NagPackProps{ReportFormats: &[]cdknag.NagReportFormat{cdknag.NagReportFormat_JSON}}), nil)
		app.Synth(nil)
		reports, err := filepath.Glob(filepath.Join(outdir, "AwsSolutions-*-NagReport.json"))
		if err != nil || len(reports) == 0 {
			t.Fatalf("%s: got %d reports, %v", example.Name, len(reports), err)
		}
		for _, file := range reports {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var report struct {
				Lines []struct{ ResourceID, Compliance, RuleID, RuleInfo string }
			}
			if err := json.Unmarshal(content, &report); err != nil {
				t.Fatal(err)
			}
			for _, line := range report.Lines {
				if line.Compliance != "Compliant" && line.Compliance != "Suppressed" {
					t.Errorf("%s: %+v", example.Name, line)
				}
			}
		}
	}
}

// docs/fleet.md is where a reader looks for an example.
func TestDocumentationShowsEveryExample(t *testing.T) {
	text, err := os.ReadFile("../docs/fleet.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, example := range examples.All() {
		link := fmt.Sprintf("[%s](../examples/%s.go)", example.Name, strings.ReplaceAll(example.Name, "-", "_"))
		if !strings.Contains(string(text), link) {
			t.Errorf("docs/fleet.md lacks %s", link)
		}
		if _, err := os.Stat(strings.ReplaceAll(example.Name, "-", "_") + ".go"); err != nil {
			t.Error(err)
		}
	}
}

func TestActionlintFindsNothingInExamples(t *testing.T) {
	for _, example := range examples.All() {
		config := filepath.Join(example.Name, "workflows", ".github", "actionlint.yaml")
		linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{ConfigFile: config})
		if err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(example.Name, "workflows", "*.yaml"))
		pools, deployments := len(example.Fleet.Pools), len(example.Fleet.Deployments)
		if err != nil || len(files) != pools+2*deployments {
			t.Fatalf("%s: got %d workflows, %v, want one for each of %d pools and two for each of %d deployments", example.Name, len(files), err, pools, deployments)
		}
		for _, file := range files {
			findings, err := linter.LintFile(file, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, finding := range findings {
				t.Errorf("%s: %v", file, finding)
			}
		}
	}
}

// A stack and a pool are rendered to the same bytes by themselves as among the others, or
// keyless synth could not leave the others out.
func TestPartsOfExamplesAreRenderedAsInTheWhole(t *testing.T) {
	jsii.Close()
	t.Setenv("CDK_VALIDATION", "false") // the whole is validated above, to the same bytes
	defer jsii.Close()
	for _, example := range examples.All() {
		whole, err := render.ReadFiles(example.Name)
		if err != nil {
			t.Fatal(err)
		}
		checked := fleettest.Checked(t, example.Fleet)
		for _, pool := range example.Fleet.Pools {
			part := checked.OfPools([]string{string(pool.Name)})
			samePart(t, whole, "manifests/", part, manifests.Synth, len(pool.Clusters()))
		}
		for _, stack := range example.Fleet.Stacks() {
			part := checked.InStacks([]string{string(stack.Name)})
			samePart(t, whole, "infra/", part, infra.Synth, 1)
		}
	}
}

// samePart renders a part of a fleet, and compares each file, at least so many.
func samePart(t *testing.T, whole render.Files, folder string, part fleet.Checked, synth func(fleet.Checked, string), least int) {
	t.Helper()
	outdir := t.TempDir()
	synth(part, outdir)
	files, err := render.ReadFiles(outdir)
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for file, content := range files {
		want, there := whole[folder+file]
		if folder == "infra/" && !there {
			continue // what the CDK's command line needs
		}
		compared++
		if diff := cmp.Diff(string(want), string(content)); diff != "" {
			t.Errorf("%s (-in the whole +alone):\n%s", file, diff)
		}
	}
	if compared < least {
		t.Errorf("got %d files, want at least %d", compared, least)
	}
}
