package shell_test

import (
	"strings"
	"testing"

	"keyless-runners/preflight/github/shell"
)

// Every statement is on a line of the script, nested no deeper than said, and what
// is written as it stands is in the script.
func FuzzParse(f *testing.F) {
	for _, script := range []string{
		"", "a b\nc", "if a; then b; elif c; then d; else e; fi", "case $a in b|c) d;; *) e;; esac", "for a in b; do c; done <d",
		"while a; do b; done | c && d || e", "f() { a; }", "(a) & { b; }", "[[ a ]] && b", "a <<E\nb\nE\n", "a <<<b >c 2>&1",
		`"a $b ${c:-d "e"} $(f "g") ${{ 'h}}' }} \" ` + "`i`\"", "a='b' c+=$d export e=f", "$'a\\'b' $\"c\"", "\\\n\\", "${{", "$((1)) <(a)",
		strings.Repeat("if a; then ", 30), strings.Repeat("$(", 30), strings.Repeat("${a:-", 30), "a=(b c)", "f() f() f() a",
	} {
		f.Add(script)
	}
	f.Fuzz(func(t *testing.T, script string) {
		lines := strings.Count(script, "\n")
		var walk func(all []shell.Statement, depth int)
		walk = func(all []shell.Statement, depth int) {
			if depth > 50 {
				t.Fatal("nested too deep")
			}
			for _, st := range all {
				if st.Line < 0 || st.Line > lines {
					t.Fatalf("line %d of %d", st.Line, lines)
				}
				for _, word := range st.Words {
					for _, part := range word.Parts {
						written := part.Kind == shell.Computed || part.Kind == shell.Substitution || part.Kind == shell.Expression
						if written && !strings.Contains(script, part.Text) {
							t.Fatalf("%q is not in the script", part.Text)
						}
					}
				}
				for _, body := range st.Bodies {
					walk(body, depth+1)
				}
			}
		}
		walk(shell.Parse(script), 0)
	})
}
