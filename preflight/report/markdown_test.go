package report_test

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	markup "github.com/yuin/goldmark/renderer/html"

	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
)

// rendered is Markdown as GitHub renders it, and the HTML in it.
func rendered(t *testing.T, markdown string) string {
	t.Helper()
	var out bytes.Buffer
	gfm := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(markup.WithUnsafe()))
	if err := gfm.Convert([]byte(markdown), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

var (
	tag      = regexp.MustCompile(`<[^>]*>`)
	codeSpan = regexp.MustCompile(`<code>[^<]*</code>`)
	mention  = regexp.MustCompile(`@[A-Za-z0-9]|#[0-9]`)
)

// tags counts the tags of HTML that open something.
func tags(rendered string) map[string]int {
	count := map[string]int{}
	for _, tag := range tag.FindAllString(rendered, -1) {
		if !strings.HasPrefix(tag, "</") {
			count[tag]++
		}
	}
	return count
}

// hostile are values that try to be something else on GitHub.
var hostile = []string{
	"a|b||c\\|d\\\\|e`|`f",
	"x\n\n## heading\r\n| a | b |\n- item",
	"`a` ``b`` ```c \\` d",
	"x`<img src=x>`y", "x``<img src=x>``y",
	"</code></td><script>alert(1)</script><img src=x onerror=alert(1)><!-- x",
	"</details></summary><details open>",
	"![image](https://example.com/a.png) [link](https://example.com) [a][b] [^1]",
	"https://example.com http://example.com www.example.com ftp://example.com <https://example.com>",
	"@octocat @org/team octocat@example.com owner/repo#1 #2 GH-3 &#64;octocat &commat;octocat",
	"**bold** _it_ __it__ *it* ~~gone~~ ~gone~ $x$ $$x$$",
	"&lt;b&gt; &amp; &#124; &nbsp; &copy;",
	`"quoted|" "not closed \" | "in \"quotes\" ` + "`|` @octocat\"",
	" leading and trailing ",
	"[x] [ ] 1. + - = > ***",
	"\x1b[31m\u202e\xff\x00",
	"\\", "`", "|", "\"", "\"\"", " ", "&", "<", "``", "`` ` ``",
}

// wantShown wants a value in what is shown, as it prints.
func wantShown(t *testing.T, shown, value string) {
	t.Helper()
	for _, change := range [][2]string{{"\n", `\n`}, {"\r", `\r`}, {"\x1b", `\x1b`}, {"\u202e", `\u202e`}, {"\xff", `\xff`}, {"\x00", `\x00`}} {
		value = strings.ReplaceAll(value, change[0], change[1])
	}
	if !strings.Contains(shown, strings.TrimSpace(value)) {
		t.Errorf("got\n%s\nwant %q in it", shown, value)
	}
}

func TestMarkdownStaysMarkdownWhateverTheFilesSay(t *testing.T) {
	for _, value := range hostile {
		place := at(value, 1, 2)
		r := preflight.Report{
			Findings: []preflight.Finding{
				{Kind: storedKey, Place: place, Problem: value, Fix: value, Related: []preflight.Related{{Place: place, What: value}}},
				{Kind: wideTrust, Place: place, Problem: "p", Fix: value, Waived: value},
				{Kind: tagsMove, Place: place, Problem: value, Fix: value},
			},
			Chains: []preflight.Chain{{Workload: value, Place: place, Links: []preflight.Link{{Name: "Pod → role", Text: value, Place: place}}}},
			Access: []preflight.Access{
				{ImageRepository: value, Who: value, Role: value, Place: place},
				{ImageRepository: value, Who: value, Role: value, Place: place, Runner: true,
					Jobs: preflight.Jobs{Scope: preflight.Scope{Kind: preflight.Organization, Name: value}, Group: value, Labels: []string{value}}},
			},
		}
		got := rendered(t, write(t, report.Markdown, r))
		count := tags(got)
		delete(count, "<code>")
		delete(count, "<p>")
		want := map[string]int{
			"<h2>": 1, "<h3>": 3, "<table>": 4, "<thead>": 4, "<tbody>": 4, "<tr>": 9, "<th>": 19, "<td>": 26,
			"<br>": 1, "<strong>": 1, "<details>": 2, "<summary>": 2, "<ul>": 2, "<li>": 2,
		}
		if diff := cmp.Diff(want, count); diff != "" {
			t.Errorf("%q: tags (-want +got):\n%s\n%s", value, diff, got)
		}
		wantShown(t, html.UnescapeString(tag.ReplaceAllString(got, "")), value)
		if outside := html.UnescapeString(codeSpan.ReplaceAllString(got, "`")); mention.MatchString(outside) {
			t.Errorf("%q: got %q for GitHub to find", value, mention.FindString(outside))
		}
	}
}

func TestMarkdownShowsQuotedValuesAsCode(t *testing.T) {
	got := write(t, report.Markdown, preflight.Report{Findings: []preflight.Finding{
		{Kind: storedKey, Place: at("a|b.json", 0, 0), Problem: `role "a_b" of "x\ny" and "" at https://example.com is *`, Fix: `name "one`},
		{Kind: storedKey, Place: at("a`b.json", 3, 0), Problem: `the files`},
	}})
	want := "| error KR090 | <code>a&#124;b.json</code> | role `\"a_b\"` of `\"x\\ny\"` and `\"\"` at https&#58;//example.com is &#42; | name \"one |\n" +
		"| error KR090 | <code>a&#96;b.json:3</code> | the files |  |\n"
	if !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMarkdownOfNothing(t *testing.T) {
	got := write(t, report.Markdown, preflight.Report{Files: 1, Findings: []preflight.Finding{{Kind: wideTrust, Problem: "no runner workload"}}})
	want := `## ❌ not proved: no runner among the files, 1 warning (1 file)

### What is wrong

| Finding | Where | Problem | Fix |
| --- | --- | --- | --- |
| warning KR052 | the files as a whole | no runner workload |  |

### Who can push where

No one, as far as the files show.
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMarkdownPutsTheWorstFirst(t *testing.T) {
	r := flawed()
	r.Chains = append([]preflight.Chain{chain()}, r.Chains...)
	got := write(t, report.Markdown, r)
	for _, order := range [][2]string{
		{"| error KR010 |", "| warning KR052 |"},
		{"❌ **no**", "| yes |"},
		{"❌ Pod → ServiceAccount", "✅ Pod → ServiceAccount"},
	} {
		first, second := strings.Index(got, order[0]), strings.Index(got, order[1])
		if first < 0 || second < first {
			t.Errorf("got %q at %d and %q at %d, want the first before the second", order[0], first, order[1], second)
		}
	}
}

func TestMarkdownShowsThreePlacesOfAFinding(t *testing.T) {
	finding := preflight.Finding{Kind: storedKey, Problem: "p", Fix: "f"}
	for range 5 {
		finding.Related = append(finding.Related, preflight.Related{Place: at("a.json", 1, 1), What: "it"})
	}
	got := write(t, report.Markdown, preflight.Report{Findings: []preflight.Finding{finding}})
	want := "| p<br>see `a.json:1:1`: it<br>see `a.json:1:1`: it<br>see `a.json:1:1`: it<br>and 2 more places | f |"
	if verdict := "(0 files; not shown: 2 places)\n"; !strings.Contains(got, want) || !strings.Contains(got, verdict) {
		t.Errorf("got\n%s\nwant\n%s\nand %s", got, want, verdict)
	}
}

// The heading quotes whose jobs they are, whatever those are called.
func TestMarkdownHeadingStaysOne(t *testing.T) {
	for _, value := range hostile {
		r := proved()
		r.Access[0].Jobs = preflight.Jobs{Scope: preflight.Scope{Kind: preflight.Organization, Name: value}, Group: value, Labels: []string{value, value}}
		heading, _, _ := strings.Cut(write(t, report.Markdown, r), "\n")
		got := rendered(t, heading)
		count := tags(got)
		delete(count, "<code>")
		if diff := cmp.Diff(map[string]int{"<h2>": 1}, count); diff != "" {
			t.Errorf("%q: tags (-want +got):\n%s\n%s", value, diff, got)
		}
		if outside := html.UnescapeString(codeSpan.ReplaceAllString(got, "`")); mention.MatchString(outside) {
			t.Errorf("%q: got %q for GitHub to find", value, mention.FindString(outside))
		}
	}
}

func TestMarkdownStatesWhoseJobsARunnerTakes(t *testing.T) {
	r := proved()
	r.Access[0].Jobs = preflight.Jobs{Scope: preflight.Scope{Kind: preflight.Organization, Name: "octo-org"}, Group: "builders", Labels: []string{"push", "large"}}
	got := write(t, report.Markdown, r)
	for _, want := range []string{
		"## ✅ proved: 1 runner can push to 1 image repository, for jobs of organization `octo-org` in group `builders` on labels `push, large`, and no one else can (4 files)\n",
		"\n| Image repository | Scope | Group | Labels | Who | Role | Runner |\n| --- | --- | --- | --- | --- | --- | --- |\n" +
			"| `arn:aws:ecr:eu-west-1:111122223333:repository/example/app` | `organization octo-org` | `builders` | `push, large` | `system:",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// fleet is a report of many pools, each with a source repository, a ServiceAccount, a role
// and an image repository with long names of its own.
func fleet(pools int) preflight.Report {
	r := preflight.Report{Files: 3 * pools}
	for i := range pools {
		row := access()
		row.ImageRepository = fmt.Sprintf("111122223333.dkr.ecr.ap-southeast-2.amazonaws.com/team-%d/service-with-a-long-name", i)
		row.Who = fmt.Sprintf("system:serviceaccount:team-%d-runners:service-with-a-long-name of oidc.eks.ap-southeast-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF", i)
		row.Role = fmt.Sprintf("arn:aws:iam::111122223333:role/runners/team-%d-service-with-a-long-name", i)
		row.Jobs.Scope.Name = fmt.Sprintf("octo-org/team-%d-service-with-a-long-name", i)
		row.Jobs.Labels = []string{"self-hosted", fmt.Sprintf("push-team-%d-service-with-a-long-name", i)}
		r.Chains, r.Access = append(r.Chains, chain()), append(r.Access, row)
	}
	return r
}

// A job summary on GitHub has 1 MiB: in it, the table of a fleet of 1,000 pools is whole.
func TestMarkdownHasEveryRowOfALargeFleet(t *testing.T) {
	r := fleet(1_000)
	got := write(t, report.Markdown, r)
	if len(got) > 1<<20 {
		t.Errorf("got %d bytes, want 1 MiB at the most", len(got))
	}
	if want := "(3000 files; not shown: 972 chains)\n"; !strings.Contains(got, want) {
		t.Errorf("got\n%.300s\nwant %q in it", got, want)
	}
	open, folded, _ := strings.Cut(got, "\n<details>\n<summary>977 more rows</summary>\n")
	folded, _, _ = strings.Cut(folded, "\n</details>\n")
	for i, row := range r.Access {
		cell := "\n| `" + row.ImageRepository + "` | `" + row.Jobs.Scope.Name + "` |"
		if part := map[bool]string{true: open, false: folded}[i < 23]; strings.Count(part, cell) != 1 {
			t.Fatalf("got %d of row %d, want 1", strings.Count(part, cell), i)
		}
	}
	if n := strings.Count(rendered(t, got), "<tr>"); n != 1_002 {
		t.Errorf("got %d rows, want 1,000 and two headings", n)
	}
}

// A comment on GitHub has 65,536 characters, which is room for all but the folded rows.
func TestMarkdownOfManyFindingsHasAnEnd(t *testing.T) {
	r := many()
	for range 1_000 {
		r.Findings = append(r.Findings, preflight.Finding{Kind: tagsMove, Place: at(stackFile, 1, 1), Problem: `a push to "example/app" can overwrite a tag`})
	}
	got := write(t, report.Markdown, r)
	if len(got) < 1_000_000 || len(got) > 1<<20 {
		t.Errorf("got %d bytes, want at most 1 MiB, and use of them", len(got))
	}
	findings, rows := 0, 0
	for _, c := range []struct {
		row, rest  string
		all        int
		inFindings bool
	}{
		{"\n| error KR010 |", "more findings", 10_000, true},
		{"\n| `arn:aws:ecr:", "more rows", 5_000, false},
		{"\n| error KR090 |", "more waived findings", 2_000, true},
		{"\n- `RunnerDeployment ", "more runners", 5_000, false},
		{"\n| KR081 |", "more notes", 1_000, true},
	} {
		shown := strings.Count(got, c.row)
		if want := left(c.all-shown, c.rest); shown == 0 || !strings.Contains(got, want) {
			t.Errorf("got %d times %q, want one at least, and %q", shown, c.row, want)
		}
		if c.inFindings {
			findings += c.all - shown
		} else if rows == 0 {
			rows = c.all - shown
		}
	}
	if want := fmt.Sprintf("; not shown: %d findings, %d rows, ", findings, rows); !strings.Contains(got, want) {
		t.Errorf("got\n%.300s\nwant %q in it", got, want)
	}
	if n := strings.Count(rendered(t, got), "</details>"); n != 3 {
		t.Errorf("got %d ends of details, want 3", n)
	}
	folded := regexp.MustCompile(`(?s)<details>\n<summary>\d+ more rows.*?</details>`)
	if n := len(folded.ReplaceAllString(got, "")); n > 65_536 {
		t.Errorf("got %d bytes without the folded rows, want 65,536 at the most", n)
	}
}

// Values of any length leave room for what comes after.
func TestMarkdownHasAnEndWhateverTheFilesSay(t *testing.T) {
	long := strings.Repeat("@|#", 1_000_000)
	place := at(long, 1, 1)
	related := []preflight.Related{{Place: place, What: long}, {Place: place, What: long}, {Place: place, What: long}}
	var r preflight.Report
	for range 100 {
		r.Findings = append(r.Findings,
			preflight.Finding{Kind: storedKey, Place: place, Problem: long, Fix: long, Related: related},
			preflight.Finding{Kind: storedKey, Place: place, Problem: long, Fix: long, Waived: long},
			preflight.Finding{Kind: tagsMove, Place: place, Problem: long, Fix: long, Related: related})
		r.Chains = append(r.Chains, preflight.Chain{Workload: long, Place: place, Links: []preflight.Link{{Text: long, Place: place}, {Text: long, Place: place}}})
		r.Access = append(r.Access, preflight.Access{ImageRepository: long, Who: long, Role: long, Place: place})
	}
	r.Findings = append(r.Findings, flawed().Findings...)
	for range 1_000 {
		r.Findings = append(r.Findings, flawed().Findings[1])
	}
	got := write(t, report.Markdown, r)
	if len(got) > 1<<20 {
		t.Errorf("got %d bytes, want 1 MiB at the most", len(got))
	}
	for _, row := range []string{"| error KR090 | `.github/workflows/push.yaml:12:11` |", "| KR081 | `dist/infra"} {
		if !strings.Contains(got, row) {
			t.Errorf("got %d bytes, want %q among them", len(got), row)
		}
	}
	// The hundred large ones are among those that are left.
	if want := left(100+1_001-strings.Count(got, "\n| KR081 |"), "more notes"); !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant %q in it", got[len(got)-1000:], want)
	}
}

func left(n int, what string) string {
	return fmt.Sprintf("\n... and %d %s (`--format json` has all of them)\n", n, what)
}

func TestMarkdownSaysWhyARowIsNotCertain(t *testing.T) {
	row := access()
	row.Possibly = "it depends on aws:SourceIp, which only a request has"
	got := write(t, report.Markdown, preflight.Report{Files: 1, Access: []preflight.Access{row}})
	if want := "| yes (possibly: it depends on aws:SourceIp, which only a request has) |\n"; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant a row that ends in %s", got, want)
	}
}
