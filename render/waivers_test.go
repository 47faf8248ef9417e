package render_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
)

// A waiver is where keyless check looks for it: in the metadata of what it is about, and of
// nothing else.
func TestWaiversAreRenderedIntoWhatTheyAreAbout(t *testing.T) {
	f := fleettest.Article()
	f.Pools[0].Way = fleet.WayBoth
	f.Pools[0].Waivers = fleet.Waivers{
		Role:           map[string]string{"KR074": "the release team signs by hand"},
		Policy:         map[string]string{"KR077": "it reads test data"},
		Association:    map[string]string{"KR120": "the platform's stack installs the agent"},
		ServiceAccount: map[string]string{"KR122": "the pool is moving"},
		Runner:         map[string]string{"KR081": "our own image: this group"},
	}
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	files := rendered(t, f)
	var template struct {
		Resources map[string]struct {
			Type     string
			Metadata struct {
				Keyless struct{ Waive map[string]string } `json:"keyless-runners"`
			}
		}
	}
	if err := json.Unmarshal(files["infra/keyless-runners.template.json"], &template); err != nil {
		t.Fatal(err)
	}
	got := map[string]map[string]string{}
	for _, resource := range template.Resources {
		if waive := resource.Metadata.Keyless.Waive; waive != nil {
			got[resource.Type] = waive
		}
	}
	want := map[string]map[string]string{
		"AWS::IAM::Role":                   {"KR074": "the release team signs by hand"},
		"AWS::IAM::ManagedPolicy":          {"KR077": "it reads test data"},
		"AWS::EKS::PodIdentityAssociation": {"KR120": "the platform's stack installs the agent"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("template (-want +got)\n%s", diff)
	}
	scaleSet := scaleSetFleet(func(p *fleet.Pool) {
		p.Waivers = fleet.Waivers{Runner: map[string]string{"KR081": "our own image: this group"}}
	})
	for object, line := range map[string]string{
		scaleSetObjects(t, f)["ServiceAccount"]:              "\n    keyless-runners/waive.KR122: the pool is moving\n",
		scaleSetObjects(t, f)["RunnerDeployment"]:            "\n    keyless-runners/waive.KR081: \"our own image: this group\"\n",
		scaleSetObjects(t, scaleSet)["AutoscalingRunnerSet"]: "\n    keyless-runners/waive.KR081: \"our own image: this group\"\n",
	} {
		if strings.Count(object, line) != 1 || strings.Count(object, "keyless-runners/waive.") != 1 {
			t.Errorf("got\n%s, want once%s", object, line)
		}
	}
}
