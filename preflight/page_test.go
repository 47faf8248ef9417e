package preflight_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/template"

	"keyless-runners/preflight"
)

// change is a file of an example as the page shows it.
type change struct {
	Name, Language, Text string
	New                  bool
}

// changes are the sections of the archive that are files.
func (e *example) changes() []change {
	var changes []change
	for _, section := range e.archive.Files {
		c := change{Name: section.Name, Language: "diff", Text: string(section.Data)}
		switch _, err := os.Stat(filepath.Join(goodFolder, section.Name)); {
		case slices.Contains([]string{"output", "fix", "flags", "like", "delete"}, section.Name):
			continue
		case err != nil:
			c.New, c.Language = true, strings.TrimPrefix(filepath.Ext(section.Name), ".")
		}
		changes = append(changes, c)
	}
	return changes
}

// pageContent is what docs/checks.md is made of.
type pageContent struct {
	Good map[string]string
	// Proved is what the check says of the good chain.
	Proved string
	Groups []*pageGroup
}

// pageGroup are the kinds of a link.
type pageGroup struct {
	// prefix begins the ids, one or several.
	prefix, Title string
	Entries       []pageEntry
}

type pageEntry struct {
	preflight.Kind
	Explanation, Fix, Flags, Like string
	Changes                       []change
	Deleted                       []string
	// Output is what the check says of the kind, Others are the ids of the other
	// kinds that it finds.
	Output string
	Others []string
}

func groups() []*pageGroup {
	return []*pageGroup{
		{prefix: "KR00 KR215 KR204", Title: "The files as a whole"},
		{prefix: "KR15", Title: "Files that have to be rendered"},
		{prefix: "KR128 KR129 KR13", Title: "What the files don't determine"},
		{prefix: "KR01", Title: "Pod → ServiceAccount"},
		{prefix: "KR16 KR17 KR196 KR197 KR198 KR203 KR205 KR209 KR218 KR220 KR221 KR222 KR223 KR233", Title: "Runner → controller"},
		{prefix: "KR02", Title: "ServiceAccount → role ARN"},
		{prefix: "KR12", Title: "ServiceAccount → EKS Pod Identity association"},
		{prefix: "KR03 KR195", Title: "Token → provider"},
		{prefix: "KR04", Title: "Token → trust policy"},
		{prefix: "KR05 KR216 KR227", Title: "Role → image repository"},
		{prefix: "KR06 KR213 KR192 KR225 KR228 KR229", Title: "Workflow → runner, registry, image repository"},
		{prefix: "KR14 KR193", Title: "Workflow → image"},
		{prefix: "KR18", Title: "Assumed roles, users and secrets"},
		{prefix: "KR10 KR190 KR212 KR191 KR224 KR226", Title: "Job → Docker and login"},
		{prefix: "KR11 KR232", Title: "Job → Pod"},
		{prefix: "KR07 KR201 KR202", Title: "Who else"},
		{prefix: "KR08", Title: "The Pod's own traps"},
		{prefix: "KR09 KR200 KR214", Title: "Sizes and names"},
	}
}

func (c *pageContent) add(t *testing.T, entry pageEntry) {
	t.Helper()
	for length := len(entry.ID); length > 0; length-- { // the longest prefix counts
		for _, group := range c.Groups {
			if slices.Contains(strings.Fields(group.prefix), entry.ID[:length]) {
				group.Entries = append(group.Entries, entry)
				return
			}
		}
	}
	t.Errorf("%s is of no group of the page", entry.ID)
}

// page fills in the template of the page.
func (c *pageContent) page(t *testing.T) string {
	t.Helper()
	functions := template.FuncMap{
		"anchor": strings.ToLower,
		"title": func(text string) string {
			return strings.ToUpper(text[:1]) + text[1:]
		},
	}
	layout, err := template.New("checks.md.tmpl").Funcs(functions).ParseFiles(exampleFolder + "/checks.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := layout.Execute(&out, c); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
