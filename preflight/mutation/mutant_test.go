package mutation_test

import (
	"cmp"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// mutant is the fleet with one thing changed.
type mutant struct {
	// kind says what sort of thing is changed and how, such as "trust condition:
	// sub is of another namespace"; where is the place.
	kind, where string
	edit        edit
	want        outcome
}

func (m mutant) String() string {
	return m.kind + " at " + m.where
}

// outcome is what is to be said of a mutant.
type outcome struct {
	// ids are the findings of which one has to be there; none: the mutant is
	// harmless.
	ids []string
	// why says why it is.
	why string
}

// by is the outcome of a mutant that one of the findings has to report.
func by(ids ...string) outcome {
	return outcome{ids: ids}
}

// harmless is the outcome of one that changes nothing of what the files come to.
func harmless(why string) outcome {
	return outcome{why: why}
}

// unreadable stands among ids for files that cannot be read: exit 2.
const unreadable = "unreadable"

// generator makes mutants of a fleet.
type generator struct {
	texts   files
	trees   map[string][]*source.Node
	mutants []mutant
}

// mutants of the fleet, in the order of its files.
func mutants(texts files) []mutant {
	g := &generator{texts: texts, trees: map[string][]*source.Node{}}
	for name, text := range texts {
		g.trees[name] = parse(name, text)
		trees[text] = g.trees[name]
	}
	names := g.names()
	for _, name := range names {
		switch {
		case strings.HasPrefix(name, "infra/"):
			g.template(name)
		case strings.HasPrefix(name, "manifests/"):
			g.manifest(name)
		case strings.HasPrefix(name, "workflows/"):
			g.workflow(name)
		}
		g.form(name)
	}
	g.layout(names)
	slices.SortStableFunc(g.mutants, func(a, b mutant) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.where, b.where)) })
	return g.mutants
}

// names are those of the files, sorted.
func (g *generator) names() []string {
	return slices.Sorted(maps.Keys(g.trees))
}

// add makes a mutant of an edit at a site.
func (g *generator) add(kind string, at site, want outcome, edit edit) {
	where := fmt.Sprintf("%s[%d] %s", at.file, at.document, strings.Join(at.steps, " › "))
	g.mutants = append(g.mutants, mutant{kind, where, edit, want})
}

// get is the value at a site, nil if there is none.
func (g *generator) get(at site) *source.Node {
	return at.find(g.trees[at.file])
}

// text is the string at a site, "" if there is none.
func (g *generator) text(at site) string {
	if node := g.get(at); node.Scalar() {
		return node.Text
	}
	return ""
}

// size is how many items or members the value at a site has.
func (g *generator) size(at site) int {
	node := g.get(at)
	if node == nil {
		return 0
	}
	return len(node.Items) + len(node.Members)
}

// variant is a value in place of another.
type variant struct {
	what, text string
	want       outcome
}

// sets makes a mutant of each variant of the text at a site.
func (g *generator) sets(kind string, at site, variants []variant) {
	for _, v := range variants {
		if v.text != g.text(at) {
			g.add(join(kind, v.what), at, v.want, at.set(v.text))
		}
	}
}

// join is a kind with what is changed. The class of a mutant is what is before the
// colon.
func join(kind, what string) string {
	if strings.Contains(kind, ":") {
		return kind + " " + what
	}
	return kind + ": " + what
}

// sample keeps of each kind at most so many mutants, spread over those that there
// are and beginning anywhere: in a large fleet most pools are alike, and each kind is
// tried on another.
func sample(all []mutant, most int) []mutant {
	count := map[string]int{}
	for _, m := range all {
		count[m.kind]++
	}
	seen := map[string]int{}
	return slices.DeleteFunc(slices.Clone(all), func(m mutant) bool {
		n := count[m.kind]
		i := (seen[m.kind] + int(crc32.ChecksumIEEE([]byte(m.kind)))) % n
		seen[m.kind]++
		return n > most && i > 0 && i*most/n == (i-1)*most/n
	})
}
