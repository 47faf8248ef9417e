package infra_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/regioninfo"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
	"keyless-runners/infra"
	"keyless-runners/internal/kernel/kerneltest"
)

func TestMain(m *testing.M) { kerneltest.Main(m) }

// synth returns what jsii panics with as an error.
func synth(f fleet.Checked, outdir string) (err error) {
	defer func() {
		if failure := recover(); failure != nil {
			err = fmt.Errorf("%v", failure)
		}
	}()
	infra.Synth(f, outdir)
	return nil
}

func TestNothingIsUploadedButTheTemplate(t *testing.T) {
	outdir := t.TempDir()
	if err := synth(fleettest.Checked(t, fleettest.Article()), outdir); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(outdir, "keyless-runners.assets.json"))
	if err != nil {
		t.Fatal(err)
	}
	var assets struct {
		Files map[string]struct {
			Source struct{ Path string }
		}
		DockerImages map[string]any
	}
	if err := json.Unmarshal(content, &assets); err != nil {
		t.Fatal(err)
	}
	for _, file := range assets.Files {
		if file.Source.Path != "keyless-runners.template.json" {
			t.Errorf("got asset %q, want the template alone", file.Source.Path)
		}
	}
	if len(assets.Files) != 1 || len(assets.DockerImages) != 0 {
		t.Errorf("got %d files and %d images, want 1 file", len(assets.Files), len(assets.DockerImages))
	}
}

// A region that identity has made up would pass every check of ours; those that
// CDK does not know yet are named here.
func TestRegionsAreThoseOfTheCDK(t *testing.T) {
	newer := []identity.Region{}
	known := map[string]string{}
	for _, region := range *regioninfo.RegionInfo_Regions() {
		known[*region.Name()] = *region.Partition()
	}
	for _, region := range identity.Regions() {
		partition, ok := known[string(region)]
		if !ok && !slices.Contains(newer, region) {
			t.Errorf("region %q is unknown to the CDK", region)
		}
		if ok && partition != string(region.Partition()) {
			t.Errorf("region %q: got partition %q, the CDK says %q", region, region.Partition(), partition)
		}
		delete(known, string(region))
	}
	for region, partition := range known {
		if identity.Partition(partition).Check() == nil {
			t.Errorf("region %q of partition %q is missing", region, partition)
		}
	}
}

// EKS refuses a second association of a ServiceAccount.
func TestAssociationsThatExistAreInNoTemplate(t *testing.T) {
	f := fleettest.Article()
	f.Pools[0].Way, f.Pools[0].ExistingAssociation = fleet.WayPodIdentity, true
	outdir := t.TempDir()
	if err := synth(fleettest.Checked(t, f), outdir); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(outdir, "keyless-runners.template.json"))
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
	want := []string{"AWS::ECR::Repository", "AWS::IAM::ManagedPolicy", "AWS::IAM::OIDCProvider", "AWS::IAM::Role"}
	if !slices.Equal(got, want) {
		t.Errorf("got resources %q, want %q", got, want)
	}
}
