package shell_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/github/shell"
)

// commands are the first words of a script's commands, each with its line.
func commands(read *shell.Script) (all []string) {
	for _, st := range read.Statements {
		syntax.Walk(st, func(n syntax.Node) bool {
			if call, ok := n.(*syntax.CallExpr); ok && len(call.Args) > 0 {
				all = append(all, fmt.Sprintf("%s:%d", read.Written(call.Args[0]), read.Line(call.Pos())))
			}
			return true
		})
	}
	return all
}

func TestStatementsAreAtTheirLine(t *testing.T) {
	script := "a\n\nb \\\n c\n\"d\n\" e; f <<E\ng\nE\nh\nif i\nthen\n  j\nfi\n$(k\nl) && m # n\no ${{ 'p\n' }}\nq"
	want := []string{"a:0", "b:2", "\"d\n\":4", "f:5", "h:8", "i:9", "j:11", "$(k\nl):13", "k:13", "l:14", "m:14", "o:15", "q:17"}
	if got := commands(shell.Parse(script)); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestExpressionsStandAnywhere(t *testing.T) {
	for _, script := range []string{
		"${{ a }}", "b${{ a }}c", `"b ${{ a }}"`, `'b ${{ a }}'`, "b $(c ${{ a }})", "b <<E\n${{ a }}\nE", "b ${c:-${{ a }}}", "b $((1 + ${{ a }}))",
		"if ${{ a }}; then b; fi", "case ${{ a }} in b) ;; esac", "for b in ${{ a }}; do c; done", "[[ ${{ a }} == b ]]", "b=${{ a }}", "b=(${{ a }})",
		"b $c${{ a }}", "b >${{ a }}", "b | ${{ a }}", "((${{ a }} > 1))",
	} {
		read := shell.Parse(script)
		if read.Unread != "" || len(read.Statements) != 1 {
			t.Errorf("%s: %d statements, unread: %s", script, len(read.Statements), read.Unread)
			continue
		}
		if got := strings.TrimSuffix(read.Written(read.Statements[0]), "\n"); got != script {
			t.Errorf("got %q, want %q", got, script)
		}
	}
}

func TestPiecesAreWhatIsWritten(t *testing.T) {
	read := shell.Parse("a${{b}}c${{ '}}' }}")
	literal := read.Statements[0].Cmd.(*syntax.CallExpr).Args[0].Lit()
	want := []shell.Piece{{"a", false}, {"b", true}, {"c", false}, {"'}}'", true}}
	if got := read.Pieces(literal); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	for _, c := range []struct {
		name, script string
		commands     []string
		unread       string
		line         int
	}{
		{"all is read", "a\nb", []string{"a:0", "b:1"}, "", 0},
		{"an open quote", "a\nb 'c\nd", []string{"a:0"}, "reached EOF without closing quote `'`", 1},
		{"an expression without an end", "a\n${{ b", []string{"a:0"}, "invalid parameter name", 1},
		{"behind an expression of two lines", "a ${{ b\n}}\nfi", []string{"a:0"}, "`fi` can only be used to end an `if`", 2},
		{"another shell's", "a\nfunction b c { d; }", []string{"a:0"}, "multi-name functions are not bash's", 1},
		{"an error that is found twice", "a\nb <<0& \n", []string{"a:0"}, "unclosed here-document `0`", 1},
		{"a control character", "a\x01", nil, "it has control characters", 0},
		{"long", strings.Repeat("a\n", 40000), nil, "it has more than 65536 bytes", 0},
		{"deep", strings.Repeat("(", 6000), nil, "it opens more than 5000 parentheses and braces", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			read := shell.Parse(c.script)
			if got := commands(read); !slices.Equal(got, c.commands) || read.Unread != c.unread || read.UnreadLine != c.line {
				t.Errorf("got %q, then %q at line %d", got, read.Unread, read.UnreadLine)
			}
		})
	}
}

// However deep and long, a script is read or refused in little time and stack.
func TestHostileScriptsAreReadOrRefused(t *testing.T) {
	for _, open := range []string{
		"(", "$(", "$((", "\"$(", "${a:-", "`", "{ ", "f() ", "if a; then ", "if a; then b; elif ", "case a in b) ", "while a; do ", "time ", "coproc ",
		"a | ", "a && ", "<(", "$[", "${a[", "[[ ! ", "((a?", "((a=", "((a**", "cat <<E\n", "!", "${{", "${{}}",
	} {
		for _, count := range []int{2000, 4999, 30000} {
			script := strings.Repeat(open, count)
			if rest, ok := strings.CutPrefix(open, "(("); ok {
				script = "((" + strings.Repeat(rest, count)
			}
			shell.Parse(script)
		}
	}
}
