package main

import (
	"fmt"
	"strings"
)

// goal is a figure that must not be above a limit.
type goal struct {
	What       string
	Got, Limit float64
	Unit       string
}

func (g goal) met() bool { return g.Got > 0 && g.Got <= g.Limit }

// goals are the project's goals on two cores. A figure that was not measured is left out.
func (r results) goals() []goal {
	var goals []goal
	for _, pools := range []int{1, 1_000} {
		race := r.race(pools)
		goals = append(goals,
			goal{fmt.Sprintf("wall time, ours/twin, %s", many(pools)), race.Wall, 1, ""},
			goal{fmt.Sprintf("processor time, ours/twin, %s", many(pools)), race.CPU, 1.1, ""},
			goal{fmt.Sprintf("memory, ours/twin, %s", many(pools)), race.Memory, 1.1, ""},
		)
	}
	goals = append(goals, goal{"wall time at 1,000 pools, over that at 100", r.race(1_000).Ours.Wall / r.race(100).Ours.Wall, 10, ""})
	for _, pools := range []int{1, 1_000} {
		goals = append(goals, goal{"nothing changed, " + many(pools), 1_000 * r.synthAgain(unchanged, pools).Wall, 50, "ms"})
	}
	goals = append(goals,
		goal{makeSynth, 1_000 * r.makeAgain().Wall, 50, "ms"},
		goal{"one pool of 1,000 changed, over everything", r.synthAgain(poolChanged, 1_000).Wall / r.synthAgain(everything, 1_000).Wall, 0.67, ""})
	for _, check := range r.Checks {
		limit := 1.0
		if check.Pools > 1_000 {
			limit = 10
		}
		goals = append(goals,
			goal{"keyless check, " + many(check.Pools), check.Cost.Wall, limit, "s"},
			goal{"keyless check, memory, " + many(check.Pools), float64(check.Cost.Memory) / (1 << 20), 1_024, "MB"})
	}
	if r.Fresh != nil {
		goals = append(goals, goal{"fresh machine to artefacts, beyond the downloads", r.Fresh.beyondDownloads(), 60, "s"})
	}
	return goals
}

func (f fresh) beyondDownloads() (seconds float64) {
	for _, step := range f.Steps {
		if !step.Downloading {
			seconds += step.Seconds
		}
	}
	return seconds
}

// missed is an error that lists the goals that are not met.
func missed(goals []goal) error {
	var list []string
	for _, goal := range goals {
		if !goal.met() {
			list = append(list, fmt.Sprintf("\n  %s: got %s, want at most %s", goal.What, goal.amount(goal.Got), goal.amount(goal.Limit)))
		}
	}
	if list == nil {
		return nil
	}
	return fmt.Errorf("%d of %d goals were missed:%s", len(list), len(goals), strings.Join(list, ""))
}

func (g goal) amount(value float64) string {
	digits := 2
	if g.Unit == "ms" || g.Unit == "MB" {
		digits = 0
	}
	return strings.TrimSpace(fmt.Sprintf("%.*f %s", digits, value, g.Unit))
}
