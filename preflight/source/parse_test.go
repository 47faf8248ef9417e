package source_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/source"
)

// show writes a tree with the place of every value.
func show(n *source.Node) string {
	at := fmt.Sprintf("%d:%d", n.Place.Line, n.Place.Column)
	switch n.Kind {
	case source.List:
		var items []string
		for _, item := range n.Items {
			items = append(items, show(item))
		}
		return fmt.Sprintf("%s%s[%s]", at, n.Tag, strings.Join(items, " "))
	case source.Map:
		var members []string
		for _, member := range n.Members {
			members = append(members, fmt.Sprintf("%s@%d:%d=%s", member.Name, member.Place.Line, member.Place.Column, show(member.Value)))
		}
		return fmt.Sprintf("%s%s{%s}", at, n.Tag, strings.Join(members, " "))
	}
	return fmt.Sprintf("%s%s %s %q", at, n.Tag, n.Kind, n.Text)
}

func TestParse(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"JSON", "{\"a\": [1, true,\n null], \"é\": \"x\", \"b\": 1.50}", []string{
			`1:1{a@1:2=1:7[1:8 a number "1" 1:11 a boolean "true" 2:2 null ""] é@2:9=2:14 a string "x" b@2:19=2:24 a number "1.50"}`}},
		{"JSON indented by tabs", "{\n\t\"a\": {\n\t\t\"b\": []\n\t}\n}\n", []string{`1:1{a@2:2=2:7{b@3:3=3:8[]}}`}},
		{"JSON escapes", `["\/", "\ud83d\ude00"]`, []string{`1:1[1:2 a string "/" 1:8 a string "😀"]`}},
		{"YAML", "a: b\nlist:\n  - 1\n  - 'true'\n  - yes\n", []string{
			`1:1{a@1:1=1:4 a string "b" list@2:1=3:3[3:5 a number "1" 4:5 a string "true" 5:5 a string "yes"]}`}},
		{"several documents, empty ones left out", "---\n# nothing\n---\na: 1\n---\n---\n- b\n", []string{`4:1{a@4:1=4:4 a number "1"}`, `7:1[7:3 a string "b"]`}},
		{"local tags", "a: !Ref X\nb: !Sub [\"${c}\", {c: !GetAtt d.e}]\n", []string{
			`1:1{a@1:1=1:4!Ref a string "X" b@2:1=2:4!Sub[2:10 a string "${c}" 2:18{c@2:19=2:22!GetAtt a string "d.e"}]}`}},
		{"dates and versions are text", "Version: 2012-10-17\n", []string{`1:1{Version@1:1=1:10 a string "2012-10-17"}`}},
		{"aliases and merged objects", "a: &x {b: 1, c: 2}\nd: *x\ne:\n  <<: *x\n  c: 3\n", []string{
			`1:1{a@1:1=1:4{b@1:8=1:11 a number "1" c@1:14=1:17 a number "2"} d@2:1=1:4{b@1:8=1:11 a number "1" c@1:14=1:17 a number "2"} e@3:1=4:3{c@5:3=5:6 a number "3" b@1:8=1:11 a number "1"}}`}},
		{"YAML in braces", "{a: b}", []string{`1:1{a@1:2=1:5 a string "b"}`}},
		{"byte order mark", "\ufeffa: b", []string{`1:1{a@1:1=1:4 a string "b"}`}},
		{"a list of one in JSON", " \n[0]", []string{`2:1[2:2 a number "0"]`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			roots, err := source.Parse("f", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, root := range roots {
				got = append(got, show(root))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	laughs := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 9; i++ {
		laughs += fmt.Sprintf("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1)
	}
	tests := []struct{ name, text, want string }{
		{"nothing", "", "f: the file is empty"},
		{"blanks", " \n\t\n", "f: the file is empty"},
		{"binary", "a: \x00b", "f:1:4: not text: byte 0x00; want JSON or YAML in UTF-8"},
		{"latin 1", "a: b\nc: \xe9", "f:2:4: not UTF-8: byte 0xe9; save the file as UTF-8"},
		{"broken JSON", "{\"a\": 1,\n \"b\" 2}", "f:2:6: not JSON: invalid character '2' after object key"},
		{"half of JSON", `{"a": [1, `, "f:1:11: not JSON: it ends too early"},
		{"two values in JSON", `{"a": 1} {"b": 2}`, "f:1:10: not JSON: something follows the first value"},
		{"one name twice in JSON", "{\"a\": 1,\n\"a\": 2}", `f:2:1: "a" is written twice in one object, first on line 1; keep one`},
		{"one name twice of many", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\ni: 9\nj: 10\nb: 11\n", `f:11:1: "b" is written twice in one object, first on line 2; keep one`},
		{"one name twice in YAML", "a: 1\nb: 2\na: 3\n", `f:3:1: "a" is written twice in one object, first on line 1; keep one`},
		{"broken YAML", "a: b\nc: d: e\n", "f:2: not YAML: mapping values are not allowed in this context"},
		{"an unknown alias", "a: *b", "f: not YAML: unknown anchor 'b' referenced"},
		{"a key that is a list", "? [a]\n: b", "f:1:3: a key is no plain name; want NAME: VALUE"},
		{"merging text", "<<: a", "f:1:5: << takes an object or a list of objects, got a string"},
		{"an alias of another document", "a: &x b\n---\nc: *x\n", "f:3:4: alias *x is of an anchor in another document; write the value out"},
		{"an alias of itself", "a: &x\n  b: *x", "f:2:6: alias *x is within what it stands for"},
		{"deep JSON", strings.Repeat("[", 5000), "f:1:101: nested more than 100 levels deep"},
		{"deep YAML", "a: " + strings.Repeat("[", 500) + strings.Repeat("]", 500), "f:1:104: nested more than 100 levels deep"},
		{"billion laughs", laughs, "f:5:45: aliases stand for more than 200000 characters and values; write them out"},
		{"one long text many times", "a: &a " + strings.Repeat("x", 150_000) + "\nb: *a\nc: *a\n", "f:3:4: aliases stand for more than 200000 characters and values; write them out"},
		{"too large", strings.Repeat("#", source.MaxSize+1), "f: 33554433 bytes: want at most 33554432; split the file"},
		{"a chart's template", "{{ if .Values.a }}\nkind: X\n{{ end }}", `f:1: this is a template of another tool; render it first, for example with "helm template"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := source.Parse("f", []byte(test.text))
			var wrong *source.Error
			if !errors.As(err, &wrong) {
				t.Fatalf("got %v, want a source.Error", err)
			}
			if got := err.Error(); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestNodeFinds(t *testing.T) {
	roots, err := source.Parse("f", []byte("a:\n  b: {c: d}\n  e: ~\n"))
	if err != nil {
		t.Fatal(err)
	}
	root := roots[0]
	if got := root.Get("a", "b", "c"); got == nil || got.Text != "d" || !got.Scalar() {
		t.Errorf("a.b.c: got %v", got)
	}
	if root.Get("a", "x", "c") != nil || root.Has("a", "e") || !root.Has("a", "b") {
		t.Error("what is not there was found, or the other way round")
	}
	count := 0
	root.Walk(func(n *source.Node) bool { count++; return n.Member("c") == nil })
	if count != 4 { // root, a, b and e
		t.Errorf("walked over %d nodes, want 4", count)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a: b", `{"a": [1]}`, "a: &x [*x]", "<<: {a: 1}", "? a\n: b", "--- !t\n- |\n x", "\ufeff{}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		roots, err := source.Parse("f", []byte(text))
		var wrong *source.Error
		if err != nil && !errors.As(err, &wrong) {
			t.Fatalf("%v is no source.Error", err)
		}
		for _, root := range roots {
			root.Walk(func(n *source.Node) bool {
				if n.Place.Line < 1 || n.Kind == source.Unknown {
					t.Fatalf("%s has no place", show(n))
				}
				return true
			})
		}
	})
}
