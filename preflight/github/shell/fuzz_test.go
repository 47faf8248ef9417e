package shell_test

import (
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/github/shell"
)

// Every statement is on a line of the script, and what cannot be read is too.
func FuzzParse(f *testing.F) {
	for _, script := range []string{
		"", "a b\nc", "if a; then b; elif c; then d; else e; fi", "case $a in b|c) d;; *) e;; esac", "for a in b; do c; done <d",
		"while a; do b; done | c && d || e", "f() { a; }", "(a) & { b; }", "[[ a ]] && b", "a <<E\nb\nE\n", "a <<<b >c 2>&1",
		`"a $b ${c:-d "e"} $(f "g") ${{ 'h}}' }} \" ` + "`i`\"", "a='b' c+=$d export e=f", "$'a\\'b' $\"c\"", "\\\n\\", "${{", "$((1)) <(a)",
		strings.Repeat("if a; then ", 30), strings.Repeat("$(", 30), strings.Repeat("${a:-", 30), "a=(b c)", "f() f() f() a", "a ${{ b\n}} ${{ c }}\nd 'e",
	} {
		f.Add(script)
	}
	f.Fuzz(func(t *testing.T, script string) {
		lines := strings.Count(script, "\n")
		read := shell.Parse(script)
		if read.UnreadLine > lines {
			t.Fatalf("unread at line %d of %d", read.UnreadLine, lines)
		}
		for _, st := range read.Statements {
			syntax.Walk(st, func(n syntax.Node) bool {
				if n == nil {
					return true
				}
				if line := read.Line(n.Pos()); n.Pos().IsValid() && (line < 0 || line > lines) {
					t.Fatalf("line %d of %d", line, lines)
				}
				if word, ok := n.(*syntax.Word); ok {
					read.Written(word)
				}
				return true
			})
		}
	})
}
