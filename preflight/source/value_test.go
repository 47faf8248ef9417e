package source_test

import (
	"testing"

	"keyless-runners/preflight/source"
)

func parseOne(t *testing.T, text string) *source.Node {
	t.Helper()
	roots, err := source.Parse("f", []byte(text))
	if err != nil || len(roots) != 1 {
		t.Fatalf("%s: got %d roots, %v", text, len(roots), err)
	}
	return roots[0]
}

func TestValuesOfWhatIsOrIsNotThere(t *testing.T) {
	root := parseOne(t, `{"text": "a", "number": 7, "yes": true, "text of yes": "true", "no": false, "nothing": null, "list": ["b", {"c": "d"}], "object": {"e": {"f": "g"}}}`)
	for _, c := range []struct {
		names                    []string
		word                     string
		isTrue                   bool
		values, objects, entries int
	}{
		{[]string{"text"}, "a", false, 1, 0, 0},
		{[]string{"number"}, "7", false, 1, 0, 0},
		{[]string{"yes"}, "true", true, 1, 0, 0},
		{[]string{"text of yes"}, "true", false, 1, 0, 0},
		{[]string{"no"}, "false", false, 1, 0, 0},
		{[]string{"nothing"}, "", false, 0, 0, 0},
		{[]string{"missing"}, "", false, 0, 0, 0},
		{[]string{"list"}, "", false, 2, 1, 0},
		{[]string{"object"}, "", false, 1, 0, 1},
		{[]string{"object", "e", "f"}, "g", false, 1, 0, 0},
		{[]string{"object", "missing", "f"}, "", false, 0, 0, 0},
	} {
		node := root.Get(c.names...)
		if got := root.Word(c.names...); got != c.word {
			t.Errorf("%q: got word %q, want %q", c.names, got, c.word)
		}
		if got := node.IsTrue(); got != c.isTrue {
			t.Errorf("%q: got true %t, want %t", c.names, got, c.isTrue)
		}
		if v, o, e, n := len(node.Values()), len(node.Objects()), len(node.Entries()), len(node.ByName()); v != c.values || o != c.objects || e != c.entries || n != c.entries {
			t.Errorf("%q: got %d values, %d objects, %d entries and %d by name, want %+v", c.names, v, o, e, n, c)
		}
	}
	list := root.Get("list")
	if got := list.Item(0); got == nil || got.Text != "b" {
		t.Errorf("got item 0 %+v, want b", got)
	}
	if list.Item(2) != nil || root.Get("missing").Item(0) != nil || root.Get("text").Item(0) != nil {
		t.Error("got items, want none: of the end of a list, of nothing and of a text")
	}
	if got := root.Get("object").ByName()["e"]; got == nil || got.Word("f") != "g" {
		t.Errorf("got %+v, want the object e", got)
	}
}
