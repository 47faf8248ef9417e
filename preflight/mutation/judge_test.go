package mutation_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"keyless-runners/preflight"
	"keyless-runners/preflight/facts"
)

// beside is a file that says nothing of a chain. It lies beside the files that are
// read, so that there always is one of a known kind.
const beside = "beside.yaml"

// fleet is a rendered fleet, and what is found in it as it is.
type fleet struct {
	name  string
	texts files
	// facts are what each file says: a mutant changes one file or few, and only
	// those are read again.
	facts map[string]*facts.Facts
	found verdict
}

// verdict is what Check says of files, without places: an edit moves lines.
type verdict struct {
	// findings counts those that nobody waived.
	findings map[finding]int
	// access and links are the lines of who can push where, and in which states
	// chains are.
	access, links []string
	// err is why the files could not be read.
	err error
}

type finding struct {
	id, problem string
}

func (f finding) String() string {
	return f.id + ": " + f.problem
}

// load reads the fleet, and goes to a folder in which nothing is yet: the files of
// each mutant are put there under the names that they have in the fleet.
func load(t *testing.T, name string) *fleet {
	t.Helper()
	f := &fleet{name: name, texts: files{}, facts: map[string]*facts.Facts{}}
	root := filepath.Join("..", "..", "render", "testdata", name)
	err := filepath.WalkDir(root, func(file string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || isList(entry.Name()) {
			return err
		}
		text, err := os.ReadFile(file)
		relative, _ := filepath.Rel(root, file)
		f.texts[filepath.ToSlash(relative)] = string(text)
		return err
	})
	if err != nil || len(f.texts) == 0 {
		t.Fatalf("%d files: %v", len(f.texts), err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile(beside, []byte("{apiVersion: v1, kind: ConfigMap, metadata: {name: beside, namespace: beside}}"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(f.texts)) {
		read, err := readFolder(files{name: f.texts[name]})
		if err != nil {
			t.Fatal(err)
		}
		f.facts[name] = &read
	}
	f.found = f.judge(f.texts)
	if whole := judgeWhole(f.texts); whole.differs(f.found) != "" {
		t.Fatalf("files that are read one by one say something else than all at once: %s", whole.differs(f.found))
	}
	return f
}

// isList reports whether a file lists what others hold, for kustomize or actionlint, which
// is no part of a chain.
func isList(name string) bool {
	return name == "Kustomization" || name == "actionlint.yaml"
}

// judge is the verdict on the fleet with other files.
func (f *fleet) judge(texts files) verdict {
	changed := maps.Clone(texts)
	maps.DeleteFunc(changed, func(name, text string) bool { return f.facts[name] != nil && text == f.texts[name] })
	read, err := readFolder(changed)
	if err != nil {
		return verdict{err: err}
	}
	var all facts.Facts
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if _, differs := changed[name]; differs {
			all.Add(&read) // all that changed, where the first of it stands
			read = facts.Facts{}
			continue
		}
		all.Add(f.facts[name])
	}
	return verdictOf(preflight.Check(all))
}

// judgeWhole is the verdict on files that are all read, as a user has them read.
func judgeWhole(texts files) verdict {
	read, err := readFolder(texts)
	if err != nil {
		return verdict{err: err}
	}
	return verdictOf(preflight.Check(read))
}

// readFolder reads what a folder with the files says, and takes them out again.
func readFolder(texts files) (facts.Facts, error) {
	for name, text := range texts {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return facts.Facts{}, err
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return facts.Facts{}, err
		}
		defer os.Remove(name)
	}
	read, _, err := preflight.Read(preflight.Input{Paths: []string{"."}})
	return read, err
}

func verdictOf(report preflight.Report) verdict {
	v := verdict{findings: map[finding]int{}}
	for _, found := range report.Findings {
		if found.Waived == "" {
			v.findings[finding{found.Kind.ID, found.Problem}]++
		}
	}
	for _, access := range report.Access {
		v.access = append(v.access, fmt.Sprintln(access.ImageRepository, access.Who, access.Role, access.Runner))
	}
	for _, chain := range report.Chains {
		states := map[preflight.State]int{}
		for _, link := range chain.Links {
			states[link.State]++
		}
		v.links = append(v.links, fmt.Sprint(states[preflight.Broken], " broken, ", states[preflight.Unknown], " unknown"))
	}
	slices.Sort(v.access)
	slices.Sort(v.links)
	v.links = slices.Compact(v.links)
	return v
}

// added are the findings that the other verdict has not, or has fewer times.
func (v verdict) added(before verdict) []finding {
	var added []finding
	for found, times := range v.findings {
		if times > before.findings[found] {
			added = append(added, found)
		}
	}
	slices.SortFunc(added, func(a, b finding) int { return strings.Compare(a.String(), b.String()) })
	return added
}

// differs says in what the verdicts differ, "" if in nothing.
func (v verdict) differs(before verdict) string {
	switch {
	case v.err != nil || before.err != nil:
		if fmt.Sprint(v.err) != fmt.Sprint(before.err) {
			return fmt.Sprintf("cannot be read: %v", v.err)
		}
	case len(v.added(before)) > 0:
		return fmt.Sprintf("found %v", v.added(before))
	case len(before.added(v)) > 0:
		return fmt.Sprintf("no longer found %v", before.added(v))
	case !slices.Equal(v.access, before.access):
		return fmt.Sprintf("who can push where: %q, before %q", v.access, before.access)
	case !slices.Equal(v.links, before.links):
		return fmt.Sprintf("chains: %q, before %q", v.links, before.links)
	}
	return ""
}
