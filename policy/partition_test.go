package policy

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"keyless-runners/identity"
)

func patternsOf(texts ...string) []Pattern {
	var patterns []Pattern
	for _, text := range texts {
		patterns = append(patterns, like(wildcards(text)))
	}
	return patterns
}

// shown writes classes as "REPRESENTATIVE = PATTERN PATTERN", with "only" where there is
// no other value.
func shown(p Partition) []string {
	var lines []string
	for _, class := range p.Classes {
		line := class.Representative
		if class.Single {
			line += " only"
		}
		for _, match := range class.Matches {
			line += " = " + p.Patterns[match].Text
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

func TestClassesOfSubjects(t *testing.T) {
	const sub = "system:serviceaccount:"
	for name, test := range map[string]struct{ patterns, want []string }{
		"none": {nil, []string{sub + "a:a"}},
		"a subject": {
			[]string{sub + "runners:build"},
			[]string{sub + "a:a", sub + "runners:build only = " + sub + "runners:build"},
		},
		"the shortest is taken": {
			[]string{sub + "a:a"},
			[]string{sub + "a:a only = " + sub + "a:a", sub + "a:b"},
		},
		"everything": {[]string{"*"}, []string{sub + "a:a = *"}},
		"no ServiceAccount's": {
			[]string{"repo:octo-org/*", sub + "UPPER:x", sub + "a", sub + "a:-b", sub + "a-:*", ""},
			[]string{sub + "a:a"},
		},
		"a namespace, a name, and both": {
			[]string{sub + "runners:build", sub + "team-a:*", sub + "*:build", "*"},
			[]string{
				sub + "a:a = *",
				sub + "a:build = " + sub + "*:build = *",
				sub + "runners:build only = " + sub + "*:build = * = " + sub + "runners:build",
				sub + "team-a:a = " + sub + "team-a:* = *",
				sub + "team-a:build only = " + sub + "team-a:* = " + sub + "*:build = *",
			},
		},
		"one of several characters": {
			[]string{sub + "ci:b?"},
			[]string{sub + "a:a", sub + "ci:ba = " + sub + "ci:b?"},
		},
		"what a pattern leaves": {
			[]string{sub + "*", sub + "*a*"},
			[]string{sub + "a:a = " + sub + "* = " + sub + "*a*", sub + "b:b = " + sub + "*"},
		},
	} {
		partition, err := Subjects().Divide(patternsOf(test.patterns...))
		slices.Sort(test.want)
		got := shown(partition)
		normal := func(lines []string) []string {
			for i, line := range lines {
				parts := strings.Split(line, " = ")
				slices.Sort(parts[1:])
				lines[i] = strings.Join(parts, " = ")
			}
			slices.Sort(lines)
			return lines
		}
		if got, want := normal(got), normal(test.want); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v\ngot  %q\nwant %q", name, err, got, want)
		}
	}
}

func TestClassesOfOtherUniverses(t *testing.T) {
	registry := []identity.Registry{{Account: "111122223333", Region: "us-east-1"}}
	const app = "arn:aws:ecr:us-east-1:111122223333:repository/"
	for name, test := range map[string]struct {
		universe Universe
		patterns []string
		want     []string
	}{
		"client ids":         {OneOf("sts.amazonaws.com", "vault"), []string{"vault"}, []string{"sts.amazonaws.com only", "vault only = vault"}},
		"client ids by like": {OneOf("sts.amazonaws.com", "vault"), []string{"*a*"}, []string{"vault = *a*"}},
		"one client id":      {OneOf("sts.amazonaws.com"), []string{"*"}, []string{"sts.amazonaws.com only = *"}},
		"any text":           {Any(), []string{"a*"}, []string{"a = a*", "b"}},
		"any text but one":   {Any(), []string{"a"}, []string{"a only = a", "b"}},
		"image repositories": {ImageRepositoryARNs(registry), []string{app + "shop/*", app + "my-app"}, []string{app + "aa", app + "my-app only = " + app + "my-app", app + "shop/a = " + app + "shop/*"}},
		"another account":    {ImageRepositoryARNs(registry), []string{"arn:aws:ecr:us-east-1:444455556666:repository/*"}, []string{app + "aa"}},
		"accounts": {
			ImageRepositoryARNs([]identity.Registry{{Account: "", Region: "eu-west-1"}, {Account: "", Region: "eu-west-2"}}), []string{"arn:aws:ecr:eu-west-1:*"},
			[]string{"arn:aws:ecr:eu-west-1:000000000000:repository/aa = arn:aws:ecr:eu-west-1:*", "arn:aws:ecr:eu-west-2:000000000000:repository/aa"},
		},
		"namespaces":       {Namespaces(), []string{"ci", "c*"}, []string{"a", "c = c*", "ci only = ci = c*"}},
		"ServiceAccounts":  {ServiceAccounts(), []string{"*.b"}, []string{"a", "a.b = *.b"}},
		"longer than long": {Namespaces(), []string{strings.Repeat("a", 64) + "*", strings.Repeat("a", 64)}, []string{"a"}},
	} {
		partition, err := test.universe.Divide(patternsOf(test.patterns...))
		if got := shown(partition); err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: %v\ngot  %q\nwant %q", name, err, got, test.want)
		}
	}
}

// Every short text of the universe is tried against every pattern: the combinations that
// occur are the classes.
func TestClassesAreThoseOfEveryShortText(t *testing.T) {
	d := rand.New(rand.NewPCG(3, 4))
	pick := func(parts []string) (text string) {
		for range 1 + d.IntN(4) {
			text += parts[d.IntN(len(parts))]
		}
		return text
	}
	universe := Universe{states: []universeState{{accepts: true, edges: []universeEdge{{"a:", 0}}}}}
	var texts []string
	for level := []string{""}; len(level[0]) <= 10; {
		texts = append(texts, level...)
		var next []string
		for _, text := range level {
			next = append(next, text+"a", text+":")
		}
		level = next
	}
	several := 0
	for range 600 {
		var patterns []Pattern
		for range 1 + d.IntN(4) {
			written := pick([]string{"a", ":", "*", "?", "a*"})
			switch d.IntN(4) {
			case 0:
				patterns = append(patterns, exactly(wildcards(written)))
			case 1:
				patterns = append(patterns, newPattern(wildcards(written), func(at int) pieceKind { return wildcards(written)[at].kind(true) }))
			default:
				patterns = append(patterns, like(wildcards(written)))
			}
		}
		partition, err := universe.Divide(patterns)
		if err != nil {
			t.Fatal(err)
		}
		classes, values := map[string]Class{}, map[string]int{}
		for _, class := range partition.Classes {
			classes[fmt.Sprint(class.Matches)] = class
		}
		shortest := map[string]int{}
		for _, text := range texts {
			var matches []int
			for i, pattern := range partition.Patterns {
				if pattern.Matches(text) {
					matches = append(matches, i)
				}
			}
			key := fmt.Sprint(matches)
			if _, there := classes[key]; !there {
				t.Fatalf("%v: %q is of no class of %q", partition.Patterns, text, shown(partition))
			}
			if values[key]++; values[key] == 1 {
				shortest[key] = len(text)
			}
		}
		for key, class := range classes {
			if values[key] > 1 {
				several++
			}
			if class.Single && values[key] > 1 || len(class.Representative) > shortest[key] && values[key] > 0 {
				t.Fatalf("%v: %+v, of which there are %d, the shortest of %d", partition.Patterns, class, values[key], shortest[key])
			}
			if values[key] == 1 && !class.Single {
				t.Fatalf("%v: %+v is one value", partition.Patterns, class)
			}
		}
	}
	if several < 600 {
		t.Errorf("%d classes of several values", several)
	}
}

// A random long subject is of exactly one class: the one whose patterns match it.
func TestEverySubjectIsOfOneClass(t *testing.T) {
	d := rand.New(rand.NewPCG(5, 6))
	words := []string{"ci", "build", "team-a", "prod", "x", "a-b-c", "runners"}
	word := func() string { return words[d.IntN(len(words))] }
	for range 200 {
		var texts []string
		for range 1 + d.IntN(6) {
			texts = append(texts, "system:serviceaccount:"+[]string{word(), "*", word() + "*", "*" + word()}[d.IntN(4)]+":"+[]string{word(), "*", "*-" + word(), word() + "-?*"}[d.IntN(4)])
		}
		partition, err := Subjects().Divide(patternsOf(texts...))
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			subject := "system:serviceaccount:" + word() + strings.Repeat("-"+word(), d.IntN(3)) + ":" + word() + strings.Repeat("-"+word(), d.IntN(4))
			of := 0
			for _, class := range partition.Classes {
				same := true
				for i, pattern := range partition.Patterns {
					same = same && pattern.Matches(subject) == slices.Contains(class.Matches, i)
				}
				if same {
					of++
				}
				if same && class.Single && class.Representative != subject {
					t.Fatalf("%q is of %+v", subject, class)
				}
			}
			if of != 1 {
				t.Fatalf("%q is of %d classes of %q", subject, of, shown(partition))
			}
		}
		for _, class := range partition.Classes {
			if _, err := identity.ParseSubject(class.Representative); err != nil && !strings.Contains(err.Error(), "number") {
				t.Errorf("%q: %v", class.Representative, err)
			}
		}
	}
}

func TestClassesOfManyLiterals(t *testing.T) {
	var patterns []Pattern
	for i := range 10_000 {
		patterns = append(patterns, exactly(literal(fmt.Sprintf("system:serviceaccount:ns-%d:build", i))))
	}
	partition, err := Subjects().Divide(patterns)
	if err != nil || len(partition.Classes) != 10_001 || partition.Steps > 0 {
		t.Errorf("%d classes, %v, in %d steps, want none: literals need no automaton", len(partition.Classes), err, partition.Steps)
	}
	patterns = append(patterns[:300], like(wildcards("system:serviceaccount:ns-1*:build")))
	partition, err = Subjects().Divide(patterns)
	if err != nil || len(partition.Classes) != 302 {
		t.Errorf("with a wildcard: %d classes, %v", len(partition.Classes), err)
	}
}

func TestHostilePatternsAreBounded(t *testing.T) {
	hostile := map[string][]string{"many": nil, "question marks": {"*a" + strings.Repeat("?", 60)}}
	for i := range 300 {
		hostile["many"] = append(hostile["many"], fmt.Sprintf("*a%db*c%dd*", i, i))
	}
	for n := range 40 {
		hostile["stars"] = append(hostile["stars"], strings.Repeat("*a", 50+n)+"b")
	}
	for name, texts := range hostile {
		partition, err := Any().Divide(patternsOf(texts...))
		if partition.Steps > 4_100_000 {
			t.Errorf("%s: took %d steps", name, partition.Steps)
		}
		if name != "stars" && !errors.Is(err, ErrTooManyStates) {
			t.Errorf("%s: got %v, want %v", name, err, ErrTooManyStates)
		}
	}
	partition, err := Any().Divide(patternsOf("*a*a*a*a*a*a*b", "*a*b*a*b", "*b*b*a"))
	if err != nil || len(partition.Classes) < 4 {
		t.Errorf("three patterns of many stars: %d classes, %v", len(partition.Classes), err)
	}
}

func FuzzDivide(f *testing.F) {
	f.Add("system:serviceaccount:*:build", "*a*a*b", "team-?:*")
	f.Add("", "**?*", "\xff*")
	f.Add(strings.Repeat("*a?", 40), strings.Repeat("?", 99), strings.Repeat("*", 99))
	f.Fuzz(func(t *testing.T, a, b, c string) {
		patterns := append(patternsOf(a, b), exactly(literal(c)), exactlyInAnyCase(literal(c)))
		for _, universe := range []Universe{Any(), Subjects(), ServiceAccounts()} {
			partition, err := universe.Divide(patterns)
			if errors.Is(err, ErrTooManyStates) {
				continue
			}
			seen := map[string]bool{}
			for _, class := range partition.Classes {
				for i, pattern := range partition.Patterns {
					if pattern.Matches(class.Representative) != slices.Contains(class.Matches, i) {
						t.Errorf("%v: %q, %+v", partition.Patterns, pattern.Text, class)
					}
				}
				key := fmt.Sprint(class.Matches)
				if seen[key] || !universe.Has(class.Representative) {
					t.Errorf("%v: %+v comes twice, or is not of the universe", partition.Patterns, class)
				}
				seen[key] = true
			}
			if len(seen) == 0 {
				t.Errorf("%v: no class", partition.Patterns)
			}
		}
	})
}
