package report_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode"

	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
)

// Nothing that does not print leaves the package, whatever the files say.
func FuzzWrite(f *testing.F) {
	f.Add("dist/a.json", `ServiceAccount "x" is not there`, "add it")
	f.Add("\x1b]0;x\a", "`|\\\"[x](y)<img>\u202e", "@all #1 ://")
	f.Add("", "\xff\"\\", "##[x]")
	f.Fuzz(func(t *testing.T, file, problem, reason string) {
		place := at(file, 1, 1)
		r := preflight.Report{
			Findings: []preflight.Finding{
				{Kind: storedKey, Place: place, Problem: problem, Fix: reason, Related: []preflight.Related{{Place: place, What: problem}}},
				{Kind: tagsMove, Place: place, Problem: problem, Fix: reason},
				{Kind: storedKey, Place: place, Problem: problem, Waived: reason},
			},
			Chains: []preflight.Chain{{Workload: problem, Place: place, Links: []preflight.Link{{Name: "x", Text: problem, From: file, To: reason, Place: place}}}},
			Access: []preflight.Access{{ImageRepository: problem, Who: reason, Role: file, Place: place}},
		}
		for _, format := range report.Formats() {
			var out bytes.Buffer
			if err := report.Write(&out, format, r, kinds); err != nil {
				t.Fatal(err)
			}
			for _, c := range out.String() {
				if !unicode.IsPrint(c) && c != '\n' {
					t.Fatalf("%s: got %q in\n%s", format, c, out.String())
				}
			}
			if isJSON := format == report.JSON || format == report.SARIF; isJSON && !json.Valid(out.Bytes()) {
				t.Fatalf("%s: got\n%s", format, out.String())
			}
			if format == report.Text && bytes.Contains(out.Bytes(), []byte("##")) {
				t.Fatalf("got a command in\n%s", out.String())
			}
		}
	})
}
