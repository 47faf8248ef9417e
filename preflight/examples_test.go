package preflight_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/identity"
	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/source"
)

var update = flag.Bool("update", false, "write the outputs of testdata/findings and docs/checks.md anew; read every line of the difference before you commit it")

const (
	goodFolder    = "testdata/good"
	exampleFolder = "testdata/findings"
	page          = "../docs/checks.md"
)

// example is a broken chain: the good one with a few lines changed.
//
// An archive KR012.txtar has the explanation, in Markdown, and behind it sections.
// One with the name of a good file holds hunks: lines that begin with a blank or a
// minus are in the file, once; those that begin with a minus are taken out, those
// that begin with a plus are put in. An empty line ends a hunk, and hunks are in the
// order of the file. A hunk of plus lines
// alone goes to the end of the file. A plus line that ends in "(n = 1 to 40)" is
// put in 40 times, with the number for each {n}. The section "fix" says, in Markdown,
// what to do, "delete" lists good files that are left out, "flags" has flags of the
// command line, "like" names an example whose files are these too, and "output" is
// what the check says. Any other section is a file of its own.
type example struct {
	preflight.Kind
	archive *txtar.Archive
	// files are those that the check reads, changed the objects in each that are not
	// the good chain's.
	files    map[string]string
	changed  map[string][]lines
	settings cloudformation.Settings
	// deleted says that files or objects were left out: there is no place to find
	// them.
	deleted bool
}

// lines are the first and the last of some, counted from 1.
type lines struct{ first, last int }

// changedAt says whether the place is in an object that was changed, or is the
// beginning of a changed file, which stands for all of it.
func (e *example) changedAt(at source.Place) bool {
	changed := e.changed[at.File]
	return slices.ContainsFunc(changed, func(l lines) bool { return at.Line == 1 || l.first <= at.Line && at.Line <= l.last })
}

func readGood(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob(goodFolder + "/*")
	if err != nil || len(names) != 3 {
		t.Fatalf("%d good files: %v", len(names), err)
	}
	files := map[string]string{}
	for _, name := range names {
		files[filepath.Base(name)] = readText(t, name)
	}
	return files
}

func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// readExamples reads the example of each kind.
func readExamples(t *testing.T) []*example {
	t.Helper()
	good := readGood(t)
	var examples []*example
	for _, kind := range preflight.Kinds() {
		e := &example{Kind: kind, archive: readArchive(t, kind.ID), files: maps.Clone(good), changed: map[string][]lines{}}
		sections := e.archive.Files
		if like := strings.TrimSpace(e.section("like")); like != "" {
			sections = readArchive(t, like).Files
		}
		for _, section := range sections {
			if err := e.take(section); err != nil {
				t.Errorf("%s: %s: %v", kind.ID, section.Name, err)
			}
		}
		examples = append(examples, e)
	}
	return examples
}

func readArchive(t *testing.T, id string) *txtar.Archive {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join(exampleFolder, id+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// take makes the change that a section of the archive describes.
func (e *example) take(section txtar.File) error {
	text := string(section.Data)
	before, good := e.files[section.Name]
	switch {
	case section.Name == "output", section.Name == "fix":
	case section.Name == "flags":
		return e.takeFlags(strings.Fields(text))
	case section.Name == "delete":
		e.deleted = true
		for _, name := range strings.Fields(text) {
			if _, there := e.files[name]; !there {
				return fmt.Errorf("no good file %q", name)
			}
			delete(e.files, name)
		}
	case good:
		after, changed, err := apply(before, text)
		e.files[section.Name], e.changed[section.Name] = after, changed
		e.deleted = e.deleted || namedObject.MatchString(strings.TrimPrefix(text, "-")) && !strings.Contains(text, "+")
		return err
	default:
		e.files[section.Name] = text
		e.changed[section.Name] = []lines{{1, strings.Count(text, "\n")}}
	}
	return nil
}

func (e *example) takeFlags(flags []string) error {
	for ; len(flags) > 1; flags = flags[2:] {
		switch flags[0] {
		case "--account":
			e.settings.Account = identity.AccountID(flags[1])
		case "--region":
			e.settings.Region = identity.Region(flags[1])
		default:
			return fmt.Errorf("unknown flag %s", flags[0])
		}
	}
	return nil
}

// hunk is a change of a text: whole lines that are there once, and those that come
// in their place.
type hunk struct{ before, after string }

func parseHunk(text string) (h hunk, err error) {
	for line := range strings.Lines(text + "\n") {
		switch line[0] {
		case ' ':
			h.before += line[1:]
			h.after += line[1:]
		case '-':
			h.before += line[1:]
		case '+':
			h.after += repeated(line[1:])
		default:
			return h, fmt.Errorf("line %q begins with none of blank, minus and plus", line)
		}
	}
	return h, nil
}

var repetition = regexp.MustCompile(`^(.*?) *\(n = 1 to ([0-9]+)\)\n$`)

// repeated is the line, as often as it says.
func repeated(line string) string {
	parts := repetition.FindStringSubmatch(line)
	if parts == nil {
		return line
	}
	times, _ := strconv.Atoi(parts[2])
	var all strings.Builder
	for n := range times {
		all.WriteString(strings.ReplaceAll(parts[1], "{n}", strconv.Itoa(n+1)) + "\n")
	}
	return all.String()
}

// apply changes a text by hunks, which are in its order, and says which objects
// are changed.
func apply(text, hunks string) (after string, changed []lines, err error) {
	var out strings.Builder
	var places []lines
	done := 0
	for part := range strings.SplitSeq(strings.Trim(hunks, "\n"), "\n\n") {
		h, err := parseHunk(part)
		if err != nil {
			return "", nil, err
		}
		at := len(text)
		if h.before != "" {
			at = strings.Index("\n"+text, "\n"+h.before)
		}
		if at < done || h.before != "" && strings.Count("\n"+text, "\n"+h.before) != 1 {
			return "", nil, fmt.Errorf("want these lines once, and behind those of the hunk before:\n%s", h.before)
		}
		out.WriteString(text[done:at])
		first := strings.Count(out.String(), "\n") + 1
		places = append(places, lines{first, first + max(strings.Count(h.after, "\n"), 1) - 1})
		out.WriteString(h.after)
		done = at + len(h.before)
	}
	out.WriteString(text[done:])
	for _, place := range places {
		changed = append(changed, objectOf(out.String(), place))
	}
	return out.String(), changed, nil
}

// The first lines of Kubernetes objects, and of a template's resources and a
// workflow's jobs.
var (
	kubernetesObject = regexp.MustCompile(`^(apiVersion:|---$)`)
	namedObject      = regexp.MustCompile(`^ {0,2}\w+:`)
)

// objectOf widens lines to the object that they are in.
func objectOf(text string, around lines) lines {
	all := strings.Split(text, "\n")
	begins := namedObject
	if strings.HasPrefix(text, "apiVersion:") {
		begins = kubernetesObject
	}
	for around.first > 1 && !begins.MatchString(all[around.first-1]) {
		around.first--
	}
	for around.last < len(all) && !begins.MatchString(all[around.last]) {
		around.last++
	}
	return around
}

// run checks the example in a folder of its own.
func (e *example) run(t *testing.T) (found preflight.Report, output string) {
	t.Helper()
	write(t, e.files)
	return check(t, e.settings)
}

// own are the lines of an output that are about the kind.
func (e *example) own(output string) string {
	heading := regexp.MustCompile(fmt.Sprintf(`(^|: )%s %s: `, e.Severity, e.ID))
	var own strings.Builder
	inside := false
	for line := range strings.Lines(output) {
		if !strings.HasPrefix(line, "    ") {
			inside = heading.MatchString(line)
		}
		if inside {
			own.WriteString(line)
		}
	}
	return own.String()
}

// others are the ids of the other kinds that were found, each once.
func (e *example) others(found preflight.Report) []string {
	var ids []string
	for _, finding := range found.Findings {
		if finding.Kind.ID != e.ID && !slices.Contains(ids, finding.Kind.ID) {
			ids = append(ids, finding.Kind.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// checkPlaces looks whether each finding of the kind is where something was
// changed, or refers to it.
func (e *example) checkPlaces(t *testing.T, found preflight.Report) {
	t.Helper()
	here := 0
	for _, finding := range found.Findings {
		if finding.Kind != e.Kind {
			continue
		}
		here++
		places := []string{finding.Place.String()}
		near := e.changedAt(finding.Place) || e.deleted
		for _, related := range finding.Related {
			places = append(places, related.Place.String())
			near = near || e.changedAt(related.Place)
		}
		if !near {
			t.Errorf("found at %q, changed was %v", places, e.changed)
		}
	}
	if here == 0 {
		t.Errorf("%s %s is not found", e.Severity, e.ID)
	}
}

func TestGoodChainHasNoFinding(t *testing.T) {
	write(t, readGood(t))
	found, output := check(t, cloudformation.Settings{})
	if len(found.Findings) > 0 || !found.Proved() {
		t.Error(output)
	}
}

func TestEveryExampleIsOfAKind(t *testing.T) {
	names, err := filepath.Glob(exampleFolder + "/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		id := strings.TrimSuffix(filepath.Base(name), ".txtar")
		if !slices.ContainsFunc(preflight.Kinds(), func(kind preflight.Kind) bool { return kind.ID == id }) {
			t.Errorf("%s is of no kind", name)
		}
	}
}

// TestExamplesAndTheirPage runs the example of every kind, and compares what is said
// of it with its archive, and docs/checks.md with all of them.
func TestExamplesAndTheirPage(t *testing.T) {
	content := pageContent{Good: readGood(t), Groups: groups()}
	t.Run("good", func(t *testing.T) {
		write(t, content.Good)
		_, content.Proved = check(t, cloudformation.Settings{})
	})
	for _, e := range readExamples(t) {
		entry := pageEntry{
			Kind:        e.Kind,
			Explanation: strings.TrimSpace(string(e.archive.Comment)),
			Fix:         strings.TrimSpace(e.section("fix")),
			Flags:       strings.TrimSpace(e.section("flags")),
			Like:        strings.TrimSpace(e.section("like")),
			Deleted:     strings.Fields(e.section("delete")),
			Changes:     e.changes(),
		}
		t.Run(e.ID, func(t *testing.T) {
			found, output := e.run(t)
			entry.Output, entry.Others = e.own(output), e.others(found)
			e.checkPlaces(t, found)
			if diff := cmp.Diff(e.section("output"), entry.Output); diff != "" && !*update {
				t.Errorf("output (-want +got)\n%s", diff)
			}
			if entry.Explanation == "" || entry.Fix == "" {
				t.Error("no explanation, or nothing to do")
			}
		})
		if *update {
			e.writeOutput(t, entry.Output)
		}
		content.add(t, entry)
	}
	got := content.page(t)
	if *update {
		if err := os.WriteFile(page, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(readText(t, page), got); diff != "" {
		t.Errorf("docs/checks.md is not what the examples make; run go test ./preflight -run Examples -update (-page +examples)\n%s", diff)
	}
	for _, link := range regexp.MustCompile(`\(#([^)]*)\)`).FindAllStringSubmatch(got, -1) {
		if !strings.Contains(got, fmt.Sprintf("<a id=%q></a>", link[1])) {
			t.Errorf("docs/checks.md has no #%s", link[1])
		}
	}
}

// section is the text of a section of the archive, "" if it is not there.
func (e *example) section(name string) string {
	for _, section := range e.archive.Files {
		if section.Name == name {
			return string(section.Data)
		}
	}
	return ""
}

func (e *example) writeOutput(t *testing.T, output string) {
	t.Helper()
	e.archive.Files = slices.DeleteFunc(e.archive.Files, func(section txtar.File) bool { return section.Name == "output" })
	e.archive.Files = append(e.archive.Files, txtar.File{Name: "output", Data: []byte(output)})
	if err := os.WriteFile(filepath.Join(exampleFolder, e.ID+".txtar"), txtar.Format(e.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

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
		{prefix: "KR00", Title: "The files as a whole"},
		{prefix: "KR01", Title: "Pod → ServiceAccount"},
		{prefix: "KR02", Title: "ServiceAccount → role ARN"},
		{prefix: "KR03", Title: "Token → provider"},
		{prefix: "KR04", Title: "Token → trust policy"},
		{prefix: "KR05", Title: "Role → image repository"},
		{prefix: "KR06", Title: "Workflow → runner, registry, image repository"},
		{prefix: "KR07", Title: "Who else"},
		{prefix: "KR08", Title: "The Pod's own traps"},
		{prefix: "KR09", Title: "Sizes and names"},
	}
}

func (c *pageContent) add(t *testing.T, entry pageEntry) {
	t.Helper()
	for _, group := range c.Groups {
		if strings.HasPrefix(entry.ID, group.prefix) {
			group.Entries = append(group.Entries, entry)
			return
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

// The three forms of a waiver, as docs/checks.md shows them.
const (
	waiverComment    = `        fsGroup: 2000 # keyless: waive KR081 our own image, whose runner has this group`
	waiverAnnotation = `    keyless-runners/waive.KR081: our own image, whose runner has this group`
	waiverMetadata   = `"Metadata": {"keyless-runners": {"waive": {"KR074": "the release team signs by hand, until May"}}}`
)

func TestPageShowsWaiversThatWork(t *testing.T) {
	text := readText(t, page)
	for _, waiver := range []string{waiverComment, waiverAnnotation, waiverMetadata} {
		if !strings.Contains(text, "\n"+waiver+"\n") {
			t.Errorf("%s has no line %s", page, waiver)
		}
	}
}

// What is found without a waiver.
const (
	otherGroup = `fsGroup is "2000", the runner of image "summerwind/actions-runner:v2.337.0-ubuntu-22.04" has 1001`
	otherAdmin = `role "arn:aws:iam::111122223333:role/runners/build" also trusts "arn:aws:iam::111122223333:role/admin"`
)

func TestWaivers(t *testing.T) {
	const group = `-        fsGroup: 1001
+        fsGroup: 2000
`
	const admin = `   Role:
     Type: AWS::IAM::Role

         Statement:
         - Effect: Allow
           Principal:
+            AWS: arn:aws:iam::111122223333:role/admin
+          Action: sts:AssumeRole
+        - Effect: Allow
+          Principal:
             Federated: arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF
`
	const groupStands = ": warning KR081: " + otherGroup + "\n    fix: set fsGroup to 1001\n"
	const adminStands = ": warning KR074: " + otherAdmin + "\n    fix: give them a role of their own\n"
	tests := []struct{ name, file, hunks, want string }{
		{
			"behind the value", "runner.yaml", "-        fsGroup: 1001\n+" + waiverComment + "\n",
			"runner.yaml:25:18: waived KR081: " + otherGroup + " (reason: our own image, whose runner has this group)\n",
		},
		{
			"on a line above", "runner.yaml", "-        fsGroup: 1001\n+        # keyless: waive KR081 our own image\n+\n+        # (built weekly)\n+        fsGroup: 2000\n",
			"runner.yaml:28:18: waived KR081: " + otherGroup + " (reason: our own image)\n",
		},
		{
			"as an annotation of the object", "runner.yaml", " kind: RunnerDeployment\n metadata:\n+  annotations:\n+" + waiverAnnotation + "\n\n" + group,
			"runner.yaml:27:18: waived KR081: " + otherGroup + " (reason: our own image, whose runner has this group)\n",
		},
		{
			"as metadata of the resource", "template.yaml", strings.Replace(admin, "Role\n\n", "Role\n+    "+waiverMetadata+"\n\n", 1),
			"template.yaml:47:11: waived KR074: " + otherAdmin + " (reason: the release team signs by hand, until May)\n",
		},
		{
			"as an annotation of another object", "runner.yaml", "   annotations:\n+    keyless-runners/waive.KR081: our own image\n     eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/runners/build\n\n" + group,
			"runner.yaml:7:5: warning KR003: waiver of KR081, which was not found there\n    fix: take the waiver out\nrunner.yaml:26:18" + groupStands,
		},
		{
			"as metadata of another resource", "template.yaml", "   Push:\n     Type: AWS::IAM::ManagedPolicy\n+    " + waiverMetadata + "\n\n" + admin,
			"template.yaml:18:48: warning KR003: waiver of KR074, which was not found there\n    fix: take the waiver out\ntemplate.yaml:47:11" + adminStands,
		},
		{
			"on the line below", "runner.yaml", group + "+        # keyless: waive KR081 our own image\n",
			"runner.yaml:25:18" + groupStands + "runner.yaml:26: warning KR003: waiver of KR081, which was not found there\n    fix: take the waiver out\n",
		},
		{
			"without a reason", "runner.yaml", "-        fsGroup: 1001\n+        fsGroup: 2000 # keyless: waive KR081\n",
			"runner.yaml:25: warning KR003: waiver of KR081 without a reason\n    fix: say why the finding may stand; without it the waiver does nothing\nrunner.yaml:25:18" + groupStands,
		},
		{
			"annotation without a reason", "runner.yaml", " kind: RunnerDeployment\n metadata:\n+  annotations:\n+    keyless-runners/waive.KR081: \"\"\n\n" + group,
			"runner.yaml:13:5: warning KR003: waiver of KR081 without a reason\n    fix: say why the finding may stand; without it the waiver does nothing\nrunner.yaml:27:18" + groupStands,
		},
		{
			"of an id that there is not", "runner.yaml", "-        fsGroup: 1001\n+        fsGroup: 2000 # keyless: waive KR81 our own image\n",
			"runner.yaml:25: warning KR003: waiver of \"KR81\", which is no finding; did you mean \"KR081\"?\n    fix: write the id as the report does\nrunner.yaml:25:18" + groupStands,
		},
		{
			"of what was not found", "runner.yaml", "-        fsGroup: 1001\n+        fsGroup: 1001 # keyless: waive KR081 our own image\n",
			"runner.yaml:25: warning KR003: waiver of KR081, which was not found there\n    fix: take the waiver out\n",
		},
		{
			"of a waiver", "runner.yaml", "-        fsGroup: 1001\n+        # keyless: waive KR003 we like it\n+        fsGroup: 1001 # keyless: waive KR081 our own image\n",
			"runner.yaml:25: warning KR003: waiver of KR003, which was not found there\n    fix: take the waiver out\nrunner.yaml:26: warning KR003: waiver of KR081, which was not found there\n    fix: take the waiver out\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := readGood(t)
			text, _, err := apply(files[test.file], test.hunks)
			if err != nil {
				t.Fatal(err)
			}
			files[test.file] = text
			write(t, files)
			found, output := check(t, cloudformation.Settings{})
			got, _, _ := strings.Cut(output, "\nwho can push where")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("findings (-want +got)\n%s", diff)
			}
			if waived := strings.Contains(test.want, " waived "); found.Proved() != waived {
				t.Errorf("proved: %t, want %t", found.Proved(), waived)
			}
		})
	}
}
