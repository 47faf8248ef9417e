package report_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xeipuuv/gojsonschema"

	// It holds the schema that OASIS publishes.
	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
)

// schema is OASIS's sarif-schema-2.1.0.json, which the module keeps for itself.
var schema = sync.OnceValues(func() (*gojsonschema.Schema, error) {
	module, err := build.Import("github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif", ".", build.FindOnly)
	if err != nil {
		return nil, err
	}
	syntax, err := parser.ParseFile(token.NewFileSet(), filepath.Join(module.Dir, "schema.go"), nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var text string
	ast.Inspect(syntax, func(node ast.Node) bool {
		if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			text, err = strconv.Unquote(literal.Value)
		}
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	return gojsonschema.NewSchema(gojsonschema.NewStringLoader(text))
})

// problems are what the schema has against a log.
func problems(t *testing.T, written string) []string {
	t.Helper()
	schema, err := schema()
	if err != nil {
		t.Fatal(err)
	}
	result, err := schema.Validate(gojsonschema.NewStringLoader(written))
	if err != nil {
		t.Fatal(err)
	}
	var problems []string
	for _, problem := range result.Errors() {
		problems = append(problems, problem.String())
	}
	return problems
}

// log is what GitHub reads of a log.
type log struct {
	Schema  string `json:"$schema"`
	Version string
	Runs    []struct {
		Tool struct {
			Driver struct {
				Name  string
				Rules []struct {
					ID, Name                                string
					ShortDescription, FullDescription, Help struct{ Text, Markdown string }
					DefaultConfiguration                    struct{ Level string }
					Properties                              struct {
						Tags      []string
						Precision string
						Severity  string `json:"problem.severity"`
					}
				}
			}
		}
		Invocations []struct {
			Notifications []struct{ Message struct{ Text string } } `json:"toolExecutionNotifications"`
		}
		Results []result
	}
}

type result struct {
	RuleID                      string
	RuleIndex                   int
	Level                       string
	Message                     struct{ Text string }
	Locations, RelatedLocations []location
	PartialFingerprints         map[string]string
	Suppressions                []struct{ Kind, Justification string }
}

type location struct {
	ID               int
	PhysicalLocation struct {
		ArtifactLocation struct{ URI, URIBaseID string }
		Region           struct{ StartLine, StartColumn int }
	}
	Message struct{ Text string }
}

func readLog(t *testing.T, written string) log {
	t.Helper()
	var l log
	if err := json.Unmarshal([]byte(written), &l); err != nil {
		t.Fatal(err)
	}
	return l
}

// resultsOf are the results of findings, after the log was checked.
func resultsOf(t *testing.T, findings ...preflight.Finding) []result {
	t.Helper()
	written := write(t, report.SARIF, preflight.Report{Findings: findings})
	for _, problem := range problems(t, written) {
		t.Error(problem)
	}
	checkForGitHub(t, written)
	return readLog(t, written).Runs[0].Results
}

var (
	reference = regexp.MustCompile(`^(?:file:///)?(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$`)
	levels    = regexp.MustCompile(`^(?:error|warning|note)$`)
	severity  = regexp.MustCompile(`^(?:error|warning|recommendation)$`)
)

// checkForGitHub checks what GitHub wants beyond the schema (GitHub documentation,
// "SARIF support for code scanning" and "SARIF results exceed one or more limits").
func checkForGitHub(t *testing.T, written string) {
	t.Helper()
	l := readLog(t, written)
	if l.Schema == "" || l.Version != "2.1.0" || len(l.Runs) != 1 || l.Runs[0].Tool.Driver.Name == "" {
		t.Fatalf("got schema %q, version %q and %d runs, want one run of 2.1.0 by a tool with a name", l.Schema, l.Version, len(l.Runs))
	}
	rules := l.Runs[0].Tool.Driver.Rules
	for _, rule := range rules {
		if rule.ID == "" || rule.Name == "" || len(rule.Name) > 255 || rule.ShortDescription.Text == "" || len(rule.ShortDescription.Text) > 1024 ||
			rule.FullDescription.Text == "" || len(rule.FullDescription.Text) > 1024 || rule.Help.Text == "" || rule.Help.Markdown == "" ||
			!levels.MatchString(rule.DefaultConfiguration.Level) || !severity.MatchString(rule.Properties.Severity) ||
			rule.Properties.Precision != "very-high" || len(rule.Properties.Tags) > 10 {
			t.Errorf("got rule %+v", rule)
		}
	}
	if n := len(l.Runs[0].Results); n > 25_000 {
		t.Errorf("got %d results, want at most 25,000", n)
	}
	for _, result := range l.Runs[0].Results {
		if rules[result.RuleIndex].ID != result.RuleID || !levels.MatchString(result.Level) || result.Message.Text == "" ||
			len(result.Locations) != 1 || len(result.RelatedLocations) > 10 || len(result.PartialFingerprints) == 0 {
			t.Errorf("got result %+v", result)
		}
		for _, location := range append(result.Locations, result.RelatedLocations...) {
			at := location.PhysicalLocation
			if !reference.MatchString(at.ArtifactLocation.URI) || at.Region.StartLine < 1 || at.Region.StartColumn < 1 {
				t.Errorf("got location %+v", location)
			}
		}
	}
}

func TestSARIFIsWhatGitHubTakes(t *testing.T) {
	for name, r := range map[string]preflight.Report{"proved": proved(), "flawed": flawed(), "empty": {}, "many": many()} {
		written := write(t, report.SARIF, r)
		for _, problem := range problems(t, written) {
			t.Errorf("%s: %s", name, problem)
		}
		checkForGitHub(t, written)
	}
}

// A check that passes whatever it is given proves nothing.
func TestSchemaRefusesWhatIsNoSARIF(t *testing.T) {
	written := write(t, report.SARIF, flawed())
	for before, after := range map[string]string{
		`"startLine": 28`:        `"startLine": 0`,
		`"version": "2.1.0"`:     `"version": "2.2.0"`,
		`"kind": "inSource"`:     `"kind": "in source"`,
		`"level": "warning"`:     `"level": "bad"`,
		`"ruleIndex": 0`:         `"ruleNumber": 0`,
		`"unicodeCodePoints"`:    `"bytes"`,
		`"name": "keyless",`:     ``,
		`"$schema": "https://js`: `"$schema": "js`,
	} {
		if changed := strings.Replace(written, before, after, 1); changed == written || len(problems(t, changed)) == 0 {
			t.Errorf("got no problem with %s for %s", after, before)
		}
	}
}

func TestSARIFOfNothingHasEmptyLists(t *testing.T) {
	written := write(t, report.SARIF, preflight.Report{})
	if !strings.Contains(written, `"results": []`) {
		t.Errorf("got\n%s\nwant an empty list of results", written)
	}
	if got := len(readLog(t, written).Runs[0].Tool.Driver.Rules); got != len(kinds) {
		t.Errorf("got %d rules, want %d", got, len(kinds))
	}
}

func TestSARIFNamesFilesByURI(t *testing.T) {
	for file, want := range map[string][2]string{
		"dist/a.json":               {"dist/a.json", "%SRCROOT%"},
		"./dist//x/../a.json":       {"dist/a.json", "%SRCROOT%"},
		"../a.json":                 {"../a.json", "%SRCROOT%"},
		"/home/me/a.json":           {"file:///home/me/a.json", ""},
		"my stack/50%.json":         {"my%20stack/50%25.json", "%SRCROOT%"},
		"c:a.json":                  {"c%3Aa.json", "%SRCROOT%"},
		"a?b#c[d]\\.json":           {"a%3Fb%23c%5Bd%5D%5C.json", "%SRCROOT%"},
		"ä\n\xff.json":              {"%C3%A4%0A%FF.json", "%SRCROOT%"},
		"//example.com/a.json":      {"file:///example.com/a.json", ""},
		"javascript:alert(1).json":  {"javascript%3Aalert%281%29.json", "%SRCROOT%"},
		"-":                         {"-", "%SRCROOT%"},
		"":                          {"no-file", "%SRCROOT%"},
		"https://example.com/a.yml": {"https%3A/example.com/a.yml", "%SRCROOT%"},
	} {
		got := resultsOf(t, preflight.Finding{Kind: storedKey, Problem: "p", Place: at(file, 3, 4)})[0].Locations[0].PhysicalLocation
		if got.ArtifactLocation.URI != want[0] || got.ArtifactLocation.URIBaseID != want[1] || got.Region.StartLine != 3 || got.Region.StartColumn != 4 {
			t.Errorf("%q: got %+v, want %q", file, got, want)
		}
	}
}

func TestPlacesNameTheirTerraformResource(t *testing.T) {
	place := at("plan.json", 1, 7)
	place = place.Of(`module.a["b"].aws_iam_role.c`)
	finding := preflight.Finding{Kind: storedKey, Problem: "p", Place: place, Related: []preflight.Related{{Place: place, What: "it"}}}
	for format, want := range map[report.Format]string{
		report.SARIF:    `"fullyQualifiedName": "module.a[\"b\"].aws_iam_role.c"`,
		report.JSON:     `"resource": "module.a[\"b\"].aws_iam_role.c"`,
		report.Text:     `plan.json:1:7 (module.a["b"].aws_iam_role.c): `,
		report.Markdown: `plan.json:1:7 (module.a["b"].aws_iam_role.c)`,
	} {
		written := write(t, format, preflight.Report{Findings: []preflight.Finding{finding}})
		if strings.Count(written, want) != 2 {
			t.Errorf("%s: got\n%s\nwant %s twice", format, written, want)
		}
	}
	if got := problems(t, write(t, report.SARIF, preflight.Report{Findings: []preflight.Finding{finding}})); len(got) > 0 {
		t.Errorf("no SARIF: %q", got)
	}
}

func TestSARIFPlacesWithoutLine(t *testing.T) {
	got := resultsOf(t, preflight.Finding{Kind: storedKey, Problem: "p", Place: at("a.json", 0, 0)})[0].Locations[0].PhysicalLocation.Region
	if got.StartLine != 1 || got.StartColumn != 1 {
		t.Errorf("got %+v, want line 1, column 1", got)
	}
}

func TestSARIFMessagesLinkToRelatedPlacesAlone(t *testing.T) {
	finding := preflight.Finding{
		Kind: storedKey, Place: at("a.json", 1, 1),
		Problem: "\"[here](https://example.com)\" \x1b[2J", Fix: "see [1](2)",
		Related: []preflight.Related{{Place: at("b.json", 2, 3), What: "the policy[0](7)"}},
	}
	for i := range 20 {
		finding.Related = append(finding.Related, preflight.Related{Place: at("c.json", i+1, 1), What: "it"})
	}
	got := resultsOf(t, finding)[0]
	want := `"[here] (https://example.com)" \x1b[2J. Fix: see [1] (2). See [the policy(0)(7)](1), [it](2), [it](3), [it](4), [it](5), [it](6), [it](7), [it](8), [it](9), [it](10)`
	if got.Message.Text != want {
		t.Errorf("got  %s\nwant %s", got.Message.Text, want)
	}
	if len(got.RelatedLocations) != 10 || got.RelatedLocations[0].ID != 1 || got.RelatedLocations[9].ID != 10 || got.RelatedLocations[0].Message.Text != "the policy[0] (7)" {
		t.Errorf("got %+v, want ten places", got.RelatedLocations)
	}
}

// GitHub refuses more than 10 MB.
func TestSARIFShortensWhatIsLong(t *testing.T) {
	long := strings.Repeat("x", 1_000_000)
	written := write(t, report.SARIF, preflight.Report{Findings: []preflight.Finding{
		{Kind: storedKey, Place: at("a.json", 1, 1), Problem: long, Fix: long, Waived: long, Related: []preflight.Related{{What: long}}},
	}})
	if len(written) > 15_000 || strings.Count(written, "xxx ... xxx") != 5 {
		t.Errorf("got %d bytes, want fewer than 15,000", len(written))
	}
}

func TestSARIFListsKindsOnceAndSorted(t *testing.T) {
	written := write(t, report.SARIF, preflight.Report{Findings: []preflight.Finding{
		{Kind: preflight.Kind{ID: "KR001", Severity: preflight.Warning, Title: "another"}, Problem: "p"},
		{Kind: storedKey, Problem: "p"},
	}})
	checkForGitHub(t, written)
	var got []string
	for _, rule := range readLog(t, written).Runs[0].Tool.Driver.Rules {
		got = append(got, rule.ID)
	}
	if diff := cmp.Diff([]string{"KR001", "KR010", "KR052", "KR081", "KR090"}, got); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
}

// GitHub opens an alert for a suppressed result too.
func TestSARIFMakesANoteOfWhatWasWaived(t *testing.T) {
	got := resultsOf(t, preflight.Finding{Kind: storedKey, Problem: "p", Waived: "on\x1b purpose"})[0]
	if got.Level != "note" || len(got.Suppressions) != 1 || got.Suppressions[0].Kind != "inSource" || got.Suppressions[0].Justification != `on\x1b purpose` {
		t.Errorf("got %+v, want a note that is suppressed with the reason", got)
	}
}

func TestSARIFFingerprintsOutliveOtherLines(t *testing.T) {
	print := func(findings ...preflight.Finding) []string {
		var prints []string
		for _, result := range resultsOf(t, findings...) {
			prints = append(prints, result.PartialFingerprints["keyless/v1"])
		}
		return prints
	}
	one := preflight.Finding{Kind: storedKey, Problem: "p", Place: at("a.json", 1, 1)}
	moved, otherFile, otherProblem, otherKind := one, one, one, one
	moved.Place = at("a.json", 7, 2)
	otherFile.Place.File = "b.json"
	otherProblem.Problem = "q"
	otherKind.Kind = noServiceAccount

	if got, want := print(moved)[0], print(one)[0]; got != want {
		t.Errorf("moved: got %s, want %s", got, want)
	}
	seen := map[string]bool{}
	for _, print := range print(one, moved, otherFile, otherProblem, otherKind) {
		seen[print] = true
	}
	if len(seen) != 5 {
		t.Errorf("got %d fingerprints, want 5", len(seen))
	}
}

// GitHub refuses more than 25,000 results.
func TestSARIFLeavesOutTheLeastSevere(t *testing.T) {
	var r preflight.Report
	for i := range 30_000 {
		kind, waived := tagsMove, ""
		switch i % 6 {
		case 0:
			kind = storedKey
		case 1:
			kind = wideTrust
		case 2:
			kind, waived = storedKey, "so be it"
		}
		r.Findings = append(r.Findings, preflight.Finding{Kind: kind, Waived: waived, Problem: fmt.Sprint(i)})
	}
	written := write(t, report.SARIF, r)
	checkForGitHub(t, written)
	run := readLog(t, written).Runs[0]
	got := map[string]int{}
	for _, result := range run.Results {
		got[fmt.Sprintf("%s %s %d", result.RuleID, result.Level, len(result.Suppressions))]++
	}
	if diff := cmp.Diff(map[string]int{"KR090 error 0": 5000, "KR052 warning 0": 5000, "KR081 note 0": 15000}, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
	want := "5000 findings are left out, the least severe; --format json has all of them"
	if said := run.Invocations[0].Notifications[0].Message.Text; said != want {
		t.Errorf("got %q, want %q", said, want)
	}
	r.Findings = r.Findings[:25_000]
	if run := readLog(t, write(t, report.SARIF, r)).Runs[0]; len(run.Results) != 25_000 || run.Invocations != nil {
		t.Errorf("got %d results and %v, want all 25,000 and nothing said", len(run.Results), run.Invocations)
	}
}
