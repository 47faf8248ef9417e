package report_test

import (
	"fmt"
	"strings"
	"testing"

	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
)

func TestTextEndsWithTheVerdict(t *testing.T) {
	for _, r := range []preflight.Report{proved(), flawed(), many(), {}} {
		if got := write(t, report.Text, r); !strings.HasSuffix(got, "\n"+report.Verdict(r)+"\n") {
			t.Errorf("got %q, want the verdict as the last line", got[max(0, len(got)-200):])
		}
	}
}

func TestTextWithoutAnyRow(t *testing.T) {
	got := write(t, report.Text, preflight.Report{Files: 1, Findings: []preflight.Finding{{Kind: wideTrust, Problem: "no runner workload"}}})
	want := `warning KR052: no runner workload

who can push where: nobody, as far as the files tell

not proved: no runner workload among the files, 1 warning (1 file)
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A row that is no runner's comes first, wherever it stands in the report, and a
// finding has at most ten places.
func TestTextHasAnEnd(t *testing.T) {
	r := many()
	for i := range 12 {
		r.Findings[0].Related = append(r.Findings[0].Related, preflight.Related{Place: at(stackFile, i+1, 1), What: "a policy"})
	}
	got := write(t, report.Text, r)
	for line, want := range map[string]int{
		"error KR010:":                 50,
		"    fix: add it\n":            50,
		"    see: ":                    10,
		": a policy\n":                 10,
		"waived KR090: a key":          50,
		"(reason: it is of no use)\n":  50,
		"\n  ! arn:":                   40,
		"\n    arn:":                   0,
		"build.k8s.yaml:50:5: error":   1,
		"build.k8s.yaml:51:5: error":   0,
		"self-hosted-runners.json:10:": 1,
		"self-hosted-runners.json:11:": 0,
		"    ... and 2 more places (--format json has all of them)\n":                                 1,
		"\n... and 9950 more KR010 (--format json has all of them)\n":                                 1,
		"\n... and 1950 more waived KR090 (--format json has all of them)\n":                          1,
		"\n... and 4960 more rows, 10 of them no runner workload (--format json has all of them)\n\n": 1,
	} {
		if n := strings.Count(got, line); n != want {
			t.Errorf("got %d times %q, want %d", n, line, want)
		}
	}
	if len(got) > 40_000 {
		t.Errorf("got %d bytes, want fewer than 40,000", len(got))
	}
}

func TestTextCountsTheRowsThatItLeavesOut(t *testing.T) {
	for _, c := range []struct {
		runners, others int
		want            string
	}{
		{40, 0, ""},
		{41, 0, "... and 1 more row (--format json has all of them)"},
		{39, 2, "... and 1 more row (--format json has all of them)"},
		{0, 41, "... and 1 more row, 1 of them no runner workload (--format json has all of them)"},
		{2, 42, "... and 4 more rows, 2 of them no runner workload (--format json has all of them)"},
	} {
		var r preflight.Report
		for range c.runners {
			r.Access = append(r.Access, access())
		}
		for range c.others {
			r.Access = append(r.Access, preflight.Access{ImageRepository: repository, Who: "root"})
		}
		_, more, _ := strings.Cut(write(t, report.Text, r), "\n...")
		if more != "" {
			more = "..." + more
		}
		if more, _, _ := strings.Cut(more, "\n"); more != c.want {
			t.Errorf("%d rows of runners and %d of others: got %q, want %q", c.runners, c.others, more, c.want)
		}
	}
}

func TestTextAlignsCharactersAndNotBytes(t *testing.T) {
	got := write(t, report.Text, preflight.Report{Access: []preflight.Access{
		{ImageRepository: "äöü", Who: "a", Role: "b", Runner: true},
		{ImageRepository: "abcdefghijklmnopq", Who: "", Role: "", Runner: true},
	}})
	want := `who can push where:
    IMAGE REPOSITORY   WHO  ROLE  RUNNER
    äöü                a    b     yes
    abcdefghijklmnopq  -    -     yes
`
	if !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What a value holds is one line and prints, and no log takes it for a command.
func TestTextIsPlainWhateverTheFilesSay(t *testing.T) {
	hostile := "::add-mask::x\r\n\x1b[2J\x9b31m\u202e\xff##[error]no ##vso[task]"
	plain := `\x3a:add-mask::x\r\n\x1b[2J\x9b31m\u202e\xff#\x23[error]no #\x23vso[task]`
	got := write(t, report.Text, preflight.Report{
		Findings: []preflight.Finding{
			{Kind: storedKey, Place: at(hostile, 1, 2), Problem: hostile, Fix: hostile, Related: []preflight.Related{{Place: at(hostile, 3, 4), What: hostile}}},
			{Kind: storedKey, Place: at("  "+hostile, 1, 2), Problem: hostile, Waived: hostile},
		},
		Access: []preflight.Access{
			{ImageRepository: hostile, Who: hostile, Role: hostile, Runner: true},
			{ImageRepository: hostile, Who: hostile, Role: hostile, Place: at(hostile, 5, 6)},
		},
	})
	want := strings.ReplaceAll(`P:1:2: error KR090: P
    fix: P
    see: P:3:4: P
  P:1:2: waived KR090: P (reason: P)

who can push where (! is no runner workload among the files):
`, "P", plain)
	table := fmt.Sprintf("  ! %s  %s  %s  no, see %s:5:6\n    %s  %s  %s  yes\n", plain, plain, plain, strings.Replace(plain, `\x3a`, ":", 1), plain, plain, plain)
	if !strings.HasPrefix(got, want) || !strings.Contains(got, table) {
		t.Errorf("got\n%s\nwant\n%s\nand\n%s", got, want, table)
	}
}

func TestTextShortensWhatIsLong(t *testing.T) {
	long := "begin" + strings.Repeat("ä", 1_000_000) + "end"
	got := write(t, report.Text, preflight.Report{
		Findings: []preflight.Finding{{Kind: storedKey, Place: at(long, 1, 1), Problem: long, Fix: long}},
		Access:   []preflight.Access{{ImageRepository: long, Who: long, Role: long, Runner: true}},
	})
	if n := strings.Count(got, "begin"); n != 6 {
		t.Errorf("got %d beginnings, want 6", n)
	}
	for line := range strings.Lines(got) {
		if n := len([]rune(line)); n > 2100 {
			t.Errorf("got a line of %d characters, want at most 2100", n)
		}
	}
	exact, over := strings.Repeat("a", 160), strings.Repeat("a", 161)
	row := write(t, report.Text, preflight.Report{Access: []preflight.Access{{ImageRepository: exact, Who: over, Runner: true}}})
	if want := exact + "  " + strings.Repeat("a", 78) + " ... " + strings.Repeat("a", 77) + "  -"; !strings.Contains(row, want) {
		t.Errorf("got\n%s\nwant\n%s", row, want)
	}
	cell := "begin" + strings.Repeat("ä", 73) + " ... " + strings.Repeat("ä", 74) + "end"
	if want := "    " + cell + "  " + cell + "  " + cell + "  yes\n"; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant a line\n%s", got, want)
	}
}
