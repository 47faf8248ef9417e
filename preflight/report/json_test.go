package report_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
)

func TestJSONOfAnEmptyReportHasEmptyLists(t *testing.T) {
	got := write(t, report.JSON, preflight.Report{Files: 1, Chains: []preflight.Chain{{Workload: "Pod x/y"}}, Findings: []preflight.Finding{{Kind: storedKey, Problem: "p"}}})
	want := `{
  "version": 1,
  "verdict": "not proved: 1 error (1 file)",
  "proved": false,
  "files": 1,
  "notLookedAt": [],
  "counts": {
    "errors": 1,
    "warnings": 0,
    "notes": 0,
    "waived": 0
  },
  "findings": [
    {
      "id": "KR090",
      "severity": "error",
      "title": "stored AWS key",
      "problem": "p",
      "fix": "",
      "file": "",
      "line": 0,
      "column": 0,
      "related": [],
      "waived": ""
    }
  ],
  "chains": [
    {
      "workload": "Pod x/y",
      "pool": "",
      "file": "",
      "line": 0,
      "column": 0,
      "links": []
    }
  ],
  "access": []
}
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := write(t, report.JSON, preflight.Report{}); strings.Contains(got, "null") || !strings.Contains(got, `"findings": [],`) || !strings.Contains(got, `"chains": [],`) {
		t.Errorf("got\n%s\nwant empty lists", got)
	}
}

// A program reads what the files say; a terminal that shows the JSON prints it.
func TestJSONHoldsValuesWholeAndPrints(t *testing.T) {
	hostile := "\x1b[2J\u009b31m\u007f\u202e\U000e0041\r\n<b>&##[error]\u2028 ä 🔑 \"\\u0041\""
	got := write(t, report.JSON, preflight.Report{
		Findings: []preflight.Finding{{Kind: storedKey, Place: at(hostile, 1, 1), Problem: hostile + strings.Repeat("x", 100_000)}},
		Access:   []preflight.Access{{Who: hostile}},
	})
	for _, r := range got {
		if !unicode.IsPrint(r) && r != '\n' {
			t.Errorf("got %q in the JSON", r)
		}
	}
	if strings.Contains(got, "##") {
		t.Errorf("got ## in the JSON")
	}
	var read struct {
		Findings []struct{ File, Problem string }
		Access   []struct{ Who string }
	}
	if err := json.Unmarshal([]byte(got), &read); err != nil {
		t.Fatal(err)
	}
	if read.Findings[0].File != hostile || read.Findings[0].Problem != hostile+strings.Repeat("x", 100_000) || read.Access[0].Who != hostile {
		t.Errorf("got %.200q, want %q", read.Findings[0].File, hostile)
	}
}

func TestJSONHasAllOfIt(t *testing.T) {
	var read struct{ Findings, Chains, Access []any }
	if err := json.Unmarshal([]byte(write(t, report.JSON, many())), &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Findings) != 12_000 || len(read.Chains) != 5_000 || len(read.Access) != 5_000 {
		t.Errorf("got %d findings, %d chains and %d rows, want 12000, 5000 and 5000", len(read.Findings), len(read.Chains), len(read.Access))
	}
}
