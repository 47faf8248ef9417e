package infra_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet/fleettest"
	"keyless-runners/infra"
)

// Who has an app of the CDK defines parts of a checked fleet in stacks of their own, beside
// what else is there.
func TestPartsOfAFleetGoIntoAnotherAppsStack(t *testing.T) {
	f := fleettest.Article()
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	outdir := t.TempDir()
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(outdir), AnalyticsReporting: jsii.Bool(false)})
	stack := awscdk.NewStack(app, jsii.String("platform"), nil)
	awss3.NewCfnBucket(stack, jsii.String("Bucket"), nil)
	infra.NewProvider(stack, f.Clusters[0])
	infra.NewImageRepository(stack, f.ImageRepositories[0])
	infra.NewPool(stack, f.Pools[0], nil)
	app.Synth(nil)

	content, err := os.ReadFile(filepath.Join(outdir, "platform.template.json"))
	if err != nil {
		t.Fatal(err)
	}
	var template struct {
		Resources map[string]struct{ Type string }
	}
	if err := json.Unmarshal(content, &template); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, resource := range template.Resources {
		got = append(got, resource.Type)
	}
	slices.Sort(got)
	want := []string{"AWS::ECR::Repository", "AWS::IAM::ManagedPolicy", "AWS::IAM::OIDCProvider", "AWS::IAM::Role", "AWS::S3::Bucket"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
