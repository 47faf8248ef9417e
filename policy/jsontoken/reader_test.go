package jsontoken_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"keyless-runners/policy/jsontoken"
)

func TestReader(t *testing.T) {
	const text = " {\"a\\\"\\u00e9\" : [1.5e3,-2 , true,false,null,\"}],:\\\\\",\"é\"],\r\n\t\"\":{ } }\n"
	want := []string{"{", "a\"é", "[", "1.5e3", "-2", "true", "false", "null", `}],:\`, "é", "]", "", "{", "}", "}"}
	if !json.Valid([]byte(text)) {
		t.Fatal("the text is not JSON")
	}
	r := jsontoken.New([]byte(text))
	var got []string
	for r.Ahead() < len(text) {
		got = append(got, next(t, r))
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func next(t *testing.T, r *jsontoken.Reader) string {
	t.Helper()
	token, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	return token.Text()
}

func TestReaderOfWhatIsNotJSON(t *testing.T) {
	for text, want := range map[string]string{"": "EOF", "{": "unexpected EOF", "[1 2]": "invalid character", "nul": "unexpected EOF"} {
		r := jsontoken.New([]byte(text))
		_, err := r.Next()
		for err == nil {
			_, err = r.Next()
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got error %q, want one with %q", text, err, want)
		}
	}
}

func TestReaderOfOneToken(t *testing.T) {
	for text, want := range map[string]string{`"a"`: "a", "12": "12", " null ": "null", "-0.5": "-0.5"} {
		r := jsontoken.New([]byte(text))
		if got := next(t, r); got != want || r.Ahead() != len(text) {
			t.Errorf("%q: got %q up to %d, want %q up to its end", text, got, r.Ahead(), want)
		}
	}
}
