package command

import (
	"fmt"
	"slices"
	"testing"

	"keyless-runners/preflight"
)

func TestChoose(t *testing.T) {
	chains := []preflight.Chain{
		{Workload: "RunnerDeployment runners/build", Names: []string{"app", "build", "runners/build", "RunnerDeployment runners/build"}},
		{Workload: "RunnerDeployment others/build", Names: []string{"web", "build", "others/build", "RunnerDeployment others/build"}},
		{Workload: "AutoscalingRunnerSet arc/set", Names: []string{"set", "on-github", "arc/set", "AutoscalingRunnerSet arc/set"}},
	}
	all := []string{"RunnerDeployment runners/build", "RunnerDeployment others/build", "AutoscalingRunnerSet arc/set"}
	for name, want := range map[string][]string{
		"":                              all,
		"app":                           all[:1],
		"build":                         all[:2],
		"others/build":                  all[1:2],
		"RunnerDeployment others/build": all[1:2],
		"on-github":                     all[2:],
		"arc/set":                       all[2:],
		"AutoscalingRunnerSet arc/set":  all[2:],
	} {
		chosen, err := choose(chains, name)
		var got []string
		for _, chain := range chosen {
			got = append(got, chain.Workload)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: got %q, %v, want %q", name, got, err, want)
		}
	}
}

func TestChooseWhatIsNotThere(t *testing.T) {
	var chains []preflight.Chain
	for i := range 12 {
		name := fmt.Sprintf("pool-%d", i)
		chains = append(chains, preflight.Chain{Workload: "RunnerDeployment runners/" + name, Names: []string{name, "runners/" + name}})
	}
	for _, test := range []struct {
		chains []preflight.Chain
		name   string
		want   string
	}{
		{nil, "build", "no runner is among the files"},
		{nil, "", "no runner is among the files"},
		{chains[:1], "poll-0", `no file and no runner is named "poll-0"; did you mean "pool-0"?
the runners among the files are
  "pool-0" or "RunnerDeployment runners/pool-0"`},
		{chains[:10], "web", `no file and no runner is named "web"
the runners among the files are
  "pool-0" or "RunnerDeployment runners/pool-0"
  "pool-1" or "RunnerDeployment runners/pool-1"
  "pool-2" or "RunnerDeployment runners/pool-2"
  "pool-3" or "RunnerDeployment runners/pool-3"
  "pool-4" or "RunnerDeployment runners/pool-4"
  "pool-5" or "RunnerDeployment runners/pool-5"
  "pool-6" or "RunnerDeployment runners/pool-6"
  "pool-7" or "RunnerDeployment runners/pool-7"
  "pool-8" or "RunnerDeployment runners/pool-8"
  "pool-9" or "RunnerDeployment runners/pool-9"`},
		{chains, "runners/pool-99", `no file and no runner is named "runners/pool-99"; did you mean "runners/pool-9"?
the runners among the files are
  "pool-0" or "RunnerDeployment runners/pool-0"
  "pool-1" or "RunnerDeployment runners/pool-1"
  "pool-2" or "RunnerDeployment runners/pool-2"
  "pool-3" or "RunnerDeployment runners/pool-3"
  "pool-4" or "RunnerDeployment runners/pool-4"
  "pool-5" or "RunnerDeployment runners/pool-5"
  "pool-6" or "RunnerDeployment runners/pool-6"
  "pool-7" or "RunnerDeployment runners/pool-7"
  "pool-8" or "RunnerDeployment runners/pool-8"
  "pool-9" or "RunnerDeployment runners/pool-9"
  and 2 more`},
	} {
		if chosen, err := choose(test.chains, test.name); chosen != nil || text(err) != test.want {
			t.Errorf("%q: got %v, %v\nwant %s", test.name, chosen, err, test.want)
		}
	}
}
