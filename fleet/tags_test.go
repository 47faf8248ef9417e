package fleet

import "testing"

func TestTextOfTags(t *testing.T) {
	for text, want := range map[string]bool{
		"":                            true,
		"Team 1, a":                   false,
		"a_b.c:d/e=f+g-h@i":           true,
		"Größe\u00a0٣ ½ 日本\u2028":     true,
		"a\tb":                        false,
		"a\n":                         false,
		"e\u0301":                     false,
		"\xff":                        false,
		"100%":                        false,
		"https://example.com/?a=(b)c": false,
	} {
		if got := isTagText(text); got != want {
			t.Errorf("%q: got %t, want %t", text, got, want)
		}
	}
}
