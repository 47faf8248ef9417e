package commandline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
)

func TestWaiversOfFindingsThatAreNone(t *testing.T) {
	f := fleettest.Article()
	f.Pools[0].Waivers = fleet.Waivers{
		Role:   map[string]string{"KR074": "the release team signs by hand", "KR998": "why not"},
		Runner: map[string]string{"KR999": "why not"},
	}
	const want = `2 problems in the fleet, nothing was written:
  pools["build"].waivers.role["KR998"]: "KR998" is no finding; docs/checks.md has them all
  pools["build"].waivers.runner["KR999"]: "KR999" is no finding; docs/checks.md has them all
edit fleet/declared.go and run the command again`
	got := ""
	if err := checkWaivers(Declaration{File: "fleet/declared.go"}, f); err != nil {
		got = err.Error()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	f.Pools[0].Waivers = fleet.Waivers{Role: map[string]string{"KR074": "the release team signs by hand"}}
	if err := checkWaivers(Declaration{File: "fleet/declared.go"}, f); err != nil {
		t.Errorf("a finding that there is: %v", err)
	}
}
