package infra_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdklabs/cdk-nag-go/cdknag/v2"
	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet/fleettest"
	"keyless-runners/infra"
)

// The 16 pools each have one policy with a statement on every resource. cdk-nag takes
// the answer to a wildcard from the policy itself, and reports any other wildcard.
func TestCDKNagFindsNothingWithoutAnAnswer(t *testing.T) {
	jsii.Close()
	t.Setenv("CDK_VALIDATION", "false")
	defer jsii.Close()
	outdir := t.TempDir()
	app := infra.NewApp(fleettest.Checked(t, fleettest.Large()), outdir)
	props := &cdknag.NagPackProps{ReportFormats: &[]cdknag.NagReportFormat{cdknag.NagReportFormat_JSON}}
	for _, pack := range []awscdk.IAspect{cdknag.NewAwsSolutionsChecks(props), cdknag.NewNIST80053R5Checks(props)} {
		awscdk.Aspects_Of(app).Add(pack, nil)
	}
	app.Synth(nil)
	want := map[string]int{
		"AwsSolutions Compliant":   36,
		"NIST.800.53.R5 Compliant": 96,
		"AwsSolutions Suppressed AwsSolutions-IAM5 [Resource::*] ecr:GetAuthorizationToken accepts no other resource": 16,
	}
	got := verdicts(t, outdir, "AwsSolutions")
	for verdict, count := range verdicts(t, outdir, "NIST.800.53.R5") {
		got[verdict] = count
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
}

// verdicts counts what a pack of cdk-nag reported on all stacks: all that complies, and
// the rest by rule and reason.
func verdicts(t *testing.T, outdir, pack string) map[string]int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(outdir, pack+"-*-NagReport.json"))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var report struct {
			Lines []struct{ Compliance, RuleID, ExceptionReason string }
		}
		if err := json.Unmarshal(content, &report); err != nil {
			t.Fatal(err)
		}
		for _, line := range report.Lines {
			verdict := pack + " " + line.Compliance
			if line.Compliance != "Compliant" {
				verdict += " " + line.RuleID + " " + line.ExceptionReason
			}
			count[verdict]++
		}
	}
	return count
}
