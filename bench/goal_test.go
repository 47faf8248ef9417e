package main

import (
	"testing"
)

// won are results that meet every goal, each of them just.
func won() results {
	raced := func(pools int, wall float64) race {
		return race{Pools: pools, Validated: true, Ours: cost{Wall: wall, CPU: 1, Memory: 1 << 20}, Twin: cost{Wall: 9, CPU: 1, Memory: 1 << 20}, Wall: 1, CPU: 1.1, Memory: 1.1}
	}
	return results{
		Rounds: 3, Date: "2026-11-25", Machine: "2 cores",
		Races: []race{raced(1, 0.5), raced(10, 0.6), raced(100, 1), raced(1_000, 10), {Pools: 1, Ours: cost{Wall: 7}, Twin: cost{Wall: 1}, Wall: 7}},
		Again: []again{
			{unchanged, 1, cost{Wall: 0.05}}, {unchanged, 1_000, cost{Wall: 0.05}},
			{everything, 1_000, cost{Wall: 10}}, {poolChanged, 1_000, cost{Wall: 6.7}},
			{makeSynth, 3, cost{Wall: 0.05}},
		},
		Checks:   []check{{Pools: 1_000, Cost: cost{Wall: 1, Memory: 1 << 30}}, {Pools: 10_000, Cost: cost{Wall: 10, Memory: 1 << 30}}},
		Checkers: []checker{{"keyless-proof", 14 << 20, cost{Wall: 0.003, Memory: 8 << 20}}},
		Fresh:    &fresh{Steps: []step{{"download", 500, true}, {"build", 50, false}, {"synth", 10, false}}},
	}
}

func TestGoalsThatAreMet(t *testing.T) {
	all := won()
	if err := missed(all.goals()); err != nil {
		t.Errorf("got %v, want no goal missed", err)
	}
	if got := len(all.goals()); got != 16 {
		t.Errorf("got %d goals, want 16", got)
	}
}

func TestGoalsThatAreMissed(t *testing.T) {
	for want, change := range map[string]func(*results){
		"wall time, ours/twin, 1 pool: got 1.01, want at most 1.00":                           func(r *results) { r.Races[0].Wall = 1.01 },
		"processor time, ours/twin, 1,000 pools: got 1.11, want at most 1.10":                 func(r *results) { r.Races[3].CPU = 1.11 },
		"memory, ours/twin, 1 pool: got 1.20, want at most 1.10":                              func(r *results) { r.Races[0].Memory = 1.2 },
		"wall time at 1,000 pools, over that at 100: got 10.10, want at most 10.00":           func(r *results) { r.Races[3].Ours.Wall = 10.1 },
		"nothing changed, 1,000 pools: got 51 ms, want at most 50 ms":                         func(r *results) { r.Again[1].Cost.Wall = 0.051 },
		"nothing changed, make synth: got 60 ms, want at most 50 ms":                          func(r *results) { r.Again[4].Cost.Wall = 0.06 },
		"one pool of 1,000 changed, over everything: got 0.70, want at most 0.67":             func(r *results) { r.Again[3].Cost.Wall = 7 },
		"keyless check, 1,000 pools: got 1.50 s, want at most 1.00 s":                         func(r *results) { r.Checks[0].Cost.Wall = 1.5 },
		"keyless check, memory, 10,000 pools: got 2048 MB, want at most 1024 MB":              func(r *results) { r.Checks[1].Cost.Memory = 2 << 30 },
		"fresh machine to artefacts, beyond the downloads: got 61.00 s, want at most 60.00 s": func(r *results) { r.Fresh.Steps[1].Seconds = 51 },
		"nothing changed, 1 pool: got 0 ms, want at most 50 ms":                               func(r *results) { r.Again = r.Again[1:] },
	} {
		all := won()
		change(&all)
		err := missed(all.goals())
		if err == nil || err.Error() != "1 of 16 goals were missed:\n  "+want {
			t.Errorf("got %v\nwant %s alone", err, want)
		}
	}
}
