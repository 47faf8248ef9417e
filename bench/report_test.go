package main

import (
	"strings"
	"testing"
)

func TestReportShowsTheFigures(t *testing.T) {
	all := won()
	all.Races[0].Wall = 1.25
	report, err := all.report()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"medians of 3 rounds", "2026-11-25, 2 cores.",
		"| wall time, ours/twin, 1 pool | 1.25 | 1.00 | **no** |",
		"| processor time, ours/twin, 1 pool | 1.10 | 1.10 | yes |",
		"| 1000 | on | 10.00 s | 1.00 s | 1 MB | 9.00 s | 1.00 s | 1 MB | 1.00 | 1.10 | 1.10 |",
		"| nothing changed | 1 | 50 ms |",
		"| build | 50.00 s |",
		"| keyless-proof | 14 MB | 3 ms | 8 MB |",
	} {
		if !strings.Contains(string(report), want) {
			t.Errorf("the report lacks %q:\n%s", want, report)
		}
	}
	all.Fresh = nil
	if report, _ := all.report(); !strings.Contains(string(report), "Not measured yet") {
		t.Errorf("without figures of a fresh machine the report does not say so")
	}
}

// A decade of pools is as wide as the next, a decade of seconds as high.
func TestPlotIsLogarithmic(t *testing.T) {
	drawing := string(won().plot())
	for _, want := range []string{
		`points="70.0,264.8 233.3,257.4 396.7,236.7 560.0,143.3"`, // ours: 0.5, 0.6, 1 and 10 s
		`points="70.0,147.6 `, // the twin: 9 s
		`>1,000 pools</text>`, `>100 s</text>`, `>0.1 s</text>`,
	} {
		if !strings.Contains(drawing, want) {
			t.Errorf("the plot lacks %s:\n%s", want, drawing)
		}
	}
}
