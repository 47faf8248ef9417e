package identity_test

import "testing"

// checkCase is a value and the whole text of the error that Check returns for
// it, "" where it is accepted.
type checkCase[T interface{ Check() error }] struct {
	promise string
	value   T
	want    string
}

func testCheck[T interface{ Check() error }](t *testing.T, cases []checkCase[T]) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.promise, func(t *testing.T) {
			if got := errorText(c.value.Check()); got != c.want {
				t.Errorf("Check of %#v:\ngot  %s\nwant %s", c.value, got, c.want)
			}
		})
	}
}

// parseCase is a text with either the value that it stands for or the whole
// text of the error that it is rejected with.
type parseCase[T comparable] struct {
	promise string
	text    string
	value   T
	want    string
}

// testParse also prints what was accepted: parsing and printing are inverses.
func testParse[T comparable](t *testing.T, parse func(string) (T, error), print func(T) string, cases []parseCase[T]) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.promise, func(t *testing.T) {
			value, err := parse(c.text)
			if got := errorText(err); got != c.want {
				t.Fatalf("parse %q:\ngot  %s\nwant %s", c.text, got, c.want)
			}
			if value != c.value {
				t.Errorf("parse %q: got %#v, want %#v", c.text, value, c.value)
			}
			if err == nil && print(value) != c.text {
				t.Errorf("print: got %q, want %q", print(value), c.text)
			}
		})
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// wantText is for derivations: a text that must come out to the letter.
func wantText(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
