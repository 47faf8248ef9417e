package facts

import (
	"testing"

	"keyless-runners/preflight/source"
)

// A path leads as far as there is something.
func TestPathsOfErrors(t *testing.T) {
	roots, err := source.Parse("f", []byte("Statement:\n- Effect: Allow\n  Action: a\n- Effect: Deny\n  Action:\n  - b\n  Condition:\n    StringEquals:\n      'o:sub': c\n"))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		`Statement[1].Action[0]`:                       "f:6:5",
		`Statement[1].Condition.StringEquals["o:sub"]`: "f:9:7",
		`Statement[9]`:                                 "f:1:1",
		`["`:                                           "f:1:1",
		``:                                             "f:1:1",
	} {
		if _, got := follow(roots[0], path); got.String() != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}
