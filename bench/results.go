package main

import (
	"encoding/json"
	"os"
)

// What a run leaves: the figures, and how they are shown.
const (
	figuresFile = "docs/benchmarks.json"
	reportFile  = "docs/benchmarks.md"
	plotFile    = "docs/benchmarks.svg"
)

// results are the figures of a run. Those of a fresh machine are of the last run that
// took them.
type results struct {
	Date    string
	Rounds  int
	Machine string
	Races   []race
	Again   []again
	Checks  []check
	// Checkers are the programs that check.
	Checkers []checker
	Fresh    *fresh `json:",omitempty"`
}

func readResults() (results, error) {
	var all results
	content, err := os.ReadFile(figuresFile)
	if os.IsNotExist(err) {
		return all, nil
	}
	if err != nil {
		return all, err
	}
	return all, json.Unmarshal(content, &all)
}

func (r results) write() error {
	figures, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	report, err := r.report()
	if err != nil {
		return err
	}
	for file, content := range map[string][]byte{
		figuresFile: append(figures, '\n'),
		reportFile:  report,
		plotFile:    r.plot(),
	} {
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// race returns the race of so many pools with validation.
func (r results) race(pools int) race {
	for _, race := range r.Races {
		if race.Pools == pools && race.Validated {
			return race
		}
	}
	return race{}
}

func (r results) synthAgain(what string, pools int) cost {
	for _, again := range r.Again {
		if again.What == what && again.Pools == pools {
			return again.Cost
		}
	}
	return cost{}
}

// makeAgain is the cost of "make synth" of the declared fleet, however many pools that
// has.
func (r results) makeAgain() cost {
	for _, again := range r.Again {
		if again.What == makeSynth {
			return again.Cost
		}
	}
	return cost{}
}
