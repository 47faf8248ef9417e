package diagnose_test

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diagnose"
)

var update = flag.Bool("update", false, "write docs/failures.md anew; read every line of the difference before you commit it")

const page = "../docs/failures.md"

// linkContent are the failures of a link as the page shows them.
type linkContent struct {
	Link     diagnose.Link
	Failures []failureContent
}

type failureContent struct {
	diagnose.Diagnosis
	Samples []diagnose.Sample
	Seen    []string
}

// TestPage compares docs/failures.md with the archives. What the page says of a
// failure is a failure with Explain's answer to its first sample.
func TestPage(t *testing.T) {
	failures := diagnose.Failures()
	var links []linkContent
	for _, link := range diagnose.Chain {
		content := linkContent{Link: link}
		for _, f := range failures {
			if f.Link == link {
				seen := slices.DeleteFunc(f.Seen, func(seen string) bool { return seenLink(seen) == sourceLink(f.Source) })
				content.Failures = append(content.Failures, failureContent{diagnose.Explain(f.Samples[0].Text)[0], f.Samples, seen})
			}
		}
		links = append(links, content)
	}
	functions := template.FuncMap{
		"inc":    func(i int) int { return i + 1 },
		"lower":  strings.ToLower,
		"seen":   seenLink,
		"source": sourceLink,
		"title":  func(text any) string { return capital(asText(text)) },
	}
	layout := template.Must(template.New("failures.md.tmpl").Funcs(functions).ParseFiles("testdata/failures.md.tmpl"))
	var got bytes.Buffer
	if err := layout.Execute(&got, map[string]any{"Count": len(failures), "Links": links}); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(page, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("docs/failures.md is not what the archives make; run go test ./diagnose -run Page -update (-page +archives)\n%s", diff)
	}
}

func asText(text any) string {
	if link, ok := text.(diagnose.Link); ok {
		return string(link)
	}
	return text.(string)
}

// capital begins a sentence, unless it begins with a name that is code.
func capital(text string) string {
	word, _, _ := strings.Cut(text, " ")
	if word == "kubectl" || word == "docker" || strings.ContainsAny(word, "-_./:$") || strings.ContainsAny(word[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// sourceLink links a source: an issue by its number, all else by its address.
func sourceLink(source string) string {
	if issue := regexp.MustCompile(`^https://github\.com/([^/]+/[^/]+)/(?:issues|pull)/(\d+)$`).FindStringSubmatch(source); issue != nil {
		return seenLink(issue[1] + "#" + issue[2])
	}
	return "<" + source + ">"
}

// seenLink links "OWNER/NAME#NUMBER (WHAT)" or "OWNER/NAME PATH".
func seenLink(seen string) string {
	where, what, _ := strings.Cut(seen, " (")
	if what != "" {
		what = " (" + what
	}
	if project, number, isIssue := strings.Cut(where, "#"); isIssue {
		return "[" + where + "](https://github.com/" + project + "/issues/" + number + ")" + what
	}
	project, path, _ := strings.Cut(where, " ")
	return "[" + project + "](https://github.com/" + project + ") `" + path + "`" + what
}
