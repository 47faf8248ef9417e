package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMediansAndRatiosGoRoundByRound(t *testing.T) {
	all := costs{
		{{Wall: 1, CPU: 4, Memory: 10}, {Wall: 9, CPU: 5}, {Wall: 2, CPU: 6}},
		{{Wall: 2, CPU: 4, Memory: 20}, {Wall: 3, CPU: 5}, {Wall: 2, CPU: 3}},
	}
	if got, want := all.median(0), (cost{2, 5, 10}); got != want {
		t.Errorf("median: got %v, want %v", got, want)
	}
	if got := all.ratio(func(c cost) float64 { return c.Wall }); got != 1 { // of 0.5, 3 and 1
		t.Errorf("ratio of wall time: got %g, want 1", got)
	}
	if got := all.ratio(func(c cost) float64 { return c.CPU }); got != 1 { // of 1, 1 and 2
		t.Errorf("ratio of processor time: got %g, want 1", got)
	}
}

func TestCostCountsAllProcesses(t *testing.T) {
	folder := t.TempDir()
	both := command{dir: folder, env: []string{"WORD=here"}, processes: [][]string{
		{"sh", "-c", `echo "$WORD" > a`}, {"sh", "-c", `pwd > b; exit 0`},
	}}
	took, err := both.run(t.Context(), nil)
	if err != nil || took.Wall <= 0 || took.CPU <= 0 {
		t.Errorf("got %+v, %v, want some time and no error", took, err)
	}
	a, err := os.ReadFile(filepath.Join(folder, "a"))
	if err != nil || string(a) != "here\n" {
		t.Errorf("got %q, %v, want the word from the environment", a, err)
	}
	if b, err := os.ReadFile(filepath.Join(folder, "b")); err != nil || string(b) != folder+"\n" {
		t.Errorf("got %q, %v, want the folder", b, err)
	}
	failing := command{processes: [][]string{{"true"}, {"sh", "-c", "echo broken; exit 3"}}}
	if _, err := failing.run(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "exit status 3\nbroken") {
		t.Errorf("got %v, want the status and what it said", err)
	}
	peak, err := command{processes: [][]string{{"sleep", "0.2"}, {"sh", "-c", "sleep 0.2; true"}}}.peak(t.Context())
	if err != nil || peak < 100<<10 {
		t.Errorf("got a peak of %d bytes, %v, want that of three processes", peak, err)
	}
}
