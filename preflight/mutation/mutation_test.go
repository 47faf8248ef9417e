// Package mutation_test asks how much of what can go wrong the checks find. It
// takes rendered fleets whose chains are proved, changes one thing at a time in
// their files, and looks whether the check that should find it does, and whether
// changes that mean nothing pass.
//
// The mutants follow the files: each ARN in every part, each condition in its
// operator, key and value, each action, name, label and document. Start at
// TestMutants; a generator makes the mutants of each kind of file.
package mutation_test

import (
	"cmp"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"keyless-runners/preflight"
)

// least is how many mutants of a fleet there have to be.
const least = 300

func TestMutants(t *testing.T) {
	// What a mutant leaves behind is small: Go need not look for it after each of them.
	defer debug.SetGCPercent(debug.SetGCPercent(800))
	for _, test := range []struct {
		fleet string
		// most is how many mutants of each kind are tried.
		most int
	}{
		{"article", 1000},
		{"large", 1},
	} {
		t.Run(test.fleet, func(t *testing.T) {
			f := load(t, test.fleet)
			all := sample(mutants(f.texts), test.most)
			if len(all) < least {
				t.Errorf("%d mutants, want %d or more", len(all), least)
			}
			s := score{}
			for i, m := range all {
				texts := maps.Clone(f.texts)
				m.edit(texts)
				if maps.Equal(texts, f.texts) {
					t.Errorf("mutant changes nothing: %s", m)
				}
				found := f.judge(texts)
				if i%50 == 0 {
					if whole := judgeWhole(texts); whole.differs(found) != "" {
						t.Errorf("%s: read all at once: %s", m, whole.differs(found))
					}
				}
				s.count(m, found, f.found)
			}
			s.report(t)
		})
	}
}

// TestWantedFindingsExist looks for typing mistakes in the mutants: an id that there
// is not would be found by nothing. A note is what reports a mutant only where a job
// works in spite of it.
func TestWantedFindingsExist(t *testing.T) {
	notes := []string{"KR008", "KR016", "KR051", "KR058", "KR075", "KR080", "KR081", "KR082", "KR083", "KR096", "KR226"}
	severities := map[string]preflight.Severity{}
	for _, kind := range preflight.Kinds() {
		severities[kind.ID] = kind.Severity
	}
	for _, m := range mutants(load(t, "large").texts) {
		for _, id := range m.want.ids {
			severity, known := severities[id]
			switch {
			case id == unreadable:
			case !known:
				t.Errorf("%s: there is no %s", m, id)
			case severity == preflight.Note && !slices.Contains(notes, id):
				t.Errorf("%s: %s is a note", m, id)
			}
		}
		if m.want.ids == nil && m.want.why == "" {
			t.Errorf("%s: neither harmful nor harmless", m)
		}
	}
}

// score is how the mutants of each class did.
type score map[string]*tally

type tally struct {
	harmful, found, harmless, passed int
	// survivors are the harmful ones that the right check did not find, and
	// alarms the harmless ones that were reported.
	survivors, alarms []string
	// known are those of them that are known, and why.
	known []string
}

// class is what the mutant's kind begins with.
func (m mutant) class() string {
	class, _, _ := strings.Cut(m.kind, ":")
	return class
}

func (s score) count(m mutant, found, before verdict) {
	t := s[m.class()]
	if t == nil {
		t = &tally{}
		s[m.class()] = t
	}
	if m.want.ids == nil {
		differs := found.differs(before)
		t.harmless++
		if differs == "" {
			t.passed++
		}
		t.note(m, &t.alarms, alarms, differs == "", m.want.why+", but "+differs)
		return
	}
	right := m.want.rightly(found, before)
	t.harmful++
	if right {
		t.found++
	}
	t.note(m, &t.survivors, survivors, right, fmt.Sprintf("want %v, but %s", m.want.ids, cmp.Or(found.differs(before), "nothing is found")))
}

// note writes down a mutant that did not come to what it should, and one that did
// though its kind is in the list of those that are known not to.
func (t *tally) note(m mutant, wrong *[]string, list map[string]string, right bool, said string) {
	why, known := list[m.kind]
	switch {
	case right && known:
		*wrong = append(*wrong, fmt.Sprintf("%s: it comes to what it should; take the kind out of the list", m))
	case !right && known:
		t.known = append(t.known, fmt.Sprintf("%s: %s", m, why))
	case !right:
		*wrong = append(*wrong, fmt.Sprintf("%s: %s", m, said))
	}
}

// rightly reports whether what was found is what should have been.
func (o outcome) rightly(found, before verdict) bool {
	if found.err != nil {
		return slices.Contains(o.ids, unreadable)
	}
	return slices.ContainsFunc(found.added(before), func(f finding) bool { return slices.Contains(o.ids, f.id) })
}

// report prints the score, and fails if a mutant did not come to what it should.
func (s score) report(t *testing.T) {
	t.Helper()
	var all tally
	for _, class := range slices.Sorted(maps.Keys(s)) {
		c := s[class]
		t.Logf("%-50s %4d harmful, %4d found; %4d harmless, %4d passed", class, c.harmful, c.found, c.harmless, c.passed)
		all.harmful += c.harmful
		all.found += c.found
		all.harmless += c.harmless
		all.passed += c.passed
		all.known = append(all.known, c.known...)
		for _, survivor := range c.survivors {
			t.Errorf("survivor: %s", survivor)
		}
		for _, alarm := range c.alarms {
			t.Errorf("false alarm: %s", alarm)
		}
	}
	for _, known := range all.known {
		t.Logf("known: %s", known)
	}
	t.Logf("mutants: %d harmful, %d found by the right check, %d survivors; %d harmless, %d passed",
		all.harmful, all.found, all.harmful-all.found, all.harmless, all.passed)
}
