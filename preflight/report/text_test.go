package report_test

import (
	"fmt"
	"strings"
	"testing"

	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
)

func TestTextEndsWithTheVerdict(t *testing.T) {
	for _, r := range []preflight.Report{proved(), flawed(), {}} {
		if got := write(t, report.Text, r); !strings.HasSuffix(got, "\n"+report.Verdict(r)+"\n") {
			t.Errorf("got %q, want the verdict as the last line", got[max(0, len(got)-200):])
		}
	}
}

func TestTextWithoutAnyRow(t *testing.T) {
	got := write(t, report.Text, preflight.Report{Files: 1, Findings: []preflight.Finding{{Kind: wideTrust, Problem: "no runner workload"}}})
	want := `warning KR052: no runner workload

who can push where: no one, as far as the files show

not proved: no runner among the files, 1 warning (1 file)
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Findings of a kind have an end, and so have the places of one. The verdict counts what
// is not there.
func TestTextOfManyFindingsHasAnEnd(t *testing.T) {
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
		"\n  ! arn:":                   50,
		"\n    arn:":                   4950,
		"build.k8s.yaml:50:5: error":   1,
		"build.k8s.yaml:51:5: error":   0,
		"self-hosted-runners.json:10:": 1,
		"self-hosted-runners.json:11:": 0,
		"    ... and 2 more places (--format json has all of them)\n":                                1,
		"\n... and 9950 more KR010 (--format json has all of them)\n":                                1,
		"\n... and 1950 more waived KR090 (--format json has all of them)\n":                         1,
		"\n\nnot proved: 10000 errors (0 files, 2000 waived; not shown: 11900 findings, 2 places)\n": 1,
	} {
		if n := strings.Count(got, line); n != want {
			t.Errorf("got %d times %q, want %d", n, line, want)
		}
	}
	findings, _, _ := strings.Cut(got, "\nwho can push where")
	if len(findings) > 20_000 {
		t.Errorf("got %d bytes of findings, want fewer than 20,000", len(findings))
	}
}

// A reviewer compares the rows, so all of them are there, however many.
func TestTextHasEveryRow(t *testing.T) {
	r := many()
	shown := map[string]int{}
	for line := range strings.Lines(write(t, report.Text, r)) {
		if name, isRow := strings.CutPrefix(strings.TrimLeft(line, " !"), "arn:"); isRow {
			shown["arn:"+strings.Fields(name)[0]]++
		}
	}
	for _, row := range r.Access {
		if shown[row.ImageRepository] != 1 {
			t.Errorf("got %d rows of %q, want 1", shown[row.ImageRepository], row.ImageRepository)
		}
	}
}

func TestTextStatesWhoseJobsARunnerTakes(t *testing.T) {
	row := func(jobs preflight.Jobs) preflight.Access {
		return preflight.Access{ImageRepository: "app", Who: "build", Role: "push", Runner: true, Jobs: jobs}
	}
	got := write(t, report.Text, preflight.Report{Access: []preflight.Access{
		row(jobs()),
		row(preflight.Jobs{Scope: preflight.Scope{Kind: preflight.Organization, Name: "octo-org"}, Group: "default", Labels: []string{"push"}}),
		row(preflight.Jobs{Scope: preflight.Scope{Kind: preflight.Enterprise, Name: "octo"}, Group: "builders", Labels: []string{"a", "b"}}),
		row(preflight.Jobs{}),
		{ImageRepository: "app", Who: "root", Role: "admin", Place: at(stackFile, 1, 2)},
	}})
	want := `who can push where (! marks what is not a runner among the files):
    IMAGE REPOSITORY  SCOPE                  GROUP     LABELS                    WHO    ROLE   RUNNER
  ! app               -                      -         -                         root   admin  no, see dist/infra/self-hosted-runners.json:1:2
    app               octo-org/my-app        -         self-hosted, push-my-app  build  push   yes
    app               organization octo-org  default   push                      build  push   yes
    app               enterprise octo        builders  a, b                      build  push   yes
    app               unknown                unknown   unknown                   build  push   yes
`
	if !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTextAlignsCharactersAndNotBytes(t *testing.T) {
	got := write(t, report.Text, preflight.Report{Access: []preflight.Access{
		{ImageRepository: "äöü", Who: "a", Role: "b", Runner: true},
		{ImageRepository: "abcdefghijklmnopq", Who: "", Role: "", Runner: true},
	}})
	want := `who can push where:
    IMAGE REPOSITORY   SCOPE    GROUP    LABELS   WHO  ROLE  RUNNER
    äöü                unknown  unknown  unknown  a    b     yes
    abcdefghijklmnopq  unknown  unknown  unknown  -    -     yes
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
			{ImageRepository: hostile, Who: hostile, Role: hostile, Runner: true,
				Jobs: preflight.Jobs{Scope: preflight.Scope{Kind: preflight.SourceRepository, Name: hostile}, Group: hostile, Labels: []string{hostile}}},
			{ImageRepository: hostile, Who: hostile, Role: hostile, Place: at(hostile, 5, 6)},
		},
	})
	want := strings.ReplaceAll(`P:1:2: error KR090: P
    fix: P
    see: P:3:4: P
  P:1:2: waived KR090: P (reason: P)

who can push where (! marks what is not a runner among the files):
`, "P", plain)
	none := strings.Repeat("-"+strings.Repeat(" ", len(plain)+1), 3)
	table := fmt.Sprintf("  ! %s  %s%s  %s  no, see %s:5:6\n    %s  %s  %s  %s  %s  %s  yes\n", plain, none, plain, plain, strings.Replace(plain, `\x3a`, ":", 1), plain, plain, plain, plain, plain, plain)
	if !strings.HasPrefix(got, want) || !strings.Contains(got, table) {
		t.Errorf("got\n%s\nwant\n%s\nand\n%s", got, want, table)
	}
}

func TestTextShortensWhatIsLong(t *testing.T) {
	long := "begin" + strings.Repeat("ä", 1_000_000) + "end"
	got := write(t, report.Text, preflight.Report{
		Findings: []preflight.Finding{{Kind: storedKey, Place: at(long, 1, 1), Problem: long, Fix: long}},
		Access:   []preflight.Access{{ImageRepository: long, Who: long, Role: long}},
	})
	if n := strings.Count(got, "begin"); n != 6 {
		t.Errorf("got %d beginnings, want 6", n)
	}
	for line := range strings.Lines(got) {
		if n := len([]rune(line)); n > 3200 {
			t.Errorf("got a line of %d characters, want at most 3200", n)
		}
	}
	cell := "begin" + strings.Repeat("ä", 493) + " ... " + strings.Repeat("ä", 494) + "end"
	if want := "  ! " + cell + "  -      -      -       " + cell + "  " + cell + "  no, see "; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant a line\n%s", got, want)
	}
	if want := "not proved: no runner among the files, 1 error (0 files; not shown: 3 parts of long values)\n"; !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s\nwant at the end\n%s", got, want)
	}
	exact, over := strings.Repeat("a", 1000), strings.Repeat("a", 1001)
	row := write(t, report.Text, preflight.Report{Access: []preflight.Access{{ImageRepository: exact, Who: over, Runner: true}}})
	if want := exact + "  unknown  unknown  unknown  " + strings.Repeat("a", 498) + " ... " + strings.Repeat("a", 497) + "  -"; !strings.Contains(row, want) {
		t.Errorf("got\n%s\nwant\n%s", row, want)
	}
	if want := "not shown: 1 part of a long value)\n"; !strings.HasSuffix(row, want) {
		t.Errorf("got\n%s\nwant at the end\n%s", row, want)
	}
}
