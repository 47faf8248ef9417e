package shell_test

import (
	"fmt"
	"strings"
	"testing"

	"keyless-runners/preflight/github/shell"
)

// show writes statements in one line: words in [ ] by their parts, bodies in { }.
func show(all []shell.Statement) string {
	var shown []string
	for _, st := range all {
		text := [...]string{"", "choice", "loop", "function", "group", "subshell"}[st.Kind]
		if st.Whole {
			text += " whole"
		}
		if st.Name != "" {
			text += " " + st.Name
		}
		for _, word := range st.Words {
			text += showWord(word)
		}
		for _, redirect := range st.Redirects {
			text += " " + redirect.Operator + showWord(redirect.Target)
		}
		for _, body := range st.Bodies {
			text += "{" + show(body) + "}"
		}
		shown = append(shown, strings.TrimSpace(text))
	}
	return strings.Join(shown, "; ")
}

func showWord(word shell.Word) string {
	text := "["
	for _, part := range word.Parts {
		text += [...]string{"", "$", "@", "!", "?"}[part.Kind]
		if part.Quoted {
			text += fmt.Sprintf("%q", part.Text)
		} else {
			text += "<" + part.Text + ">"
		}
		if part.Default != nil {
			text += ":" + showWord(*part.Default)
		}
	}
	return text + "]"
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, script, want string }{
		{"nothing", "", ""},
		{"blanks", " \t\r\n\n ;; ", ""},
		{"comment", "# a\na # b\nb#c", "[<a>]; [<b#c>]"},
		{"words", "a  b\tc", "[<a>][<b>][<c>]"},
		{"lines", "a\nb;c & d", "[<a>]; [<b>]; [<c>]; [<d>]"},
		{"carriage returns", "a b\r\nc\r\n", "[<a>][<b>]; [<c>]"},
		{"continued", "a \\\n b\\\nc", "[<a>][<bc>]"},
		{"escaped", `a\ b \$c \`, `[<a>" "<b>]["$"<c>]["\\"]`},
		{"single quotes", `'a $b' a'b'c ''`, `["a $b"][<a>"b"<c>][""]`},
		{"double quotes", `"a $b c\"\$\d" ""`, `["a "$"b"" c\"$\\d"][""]`},
		{"lines in quotes", "\"a\nb\" c\nd", `["a\nb"][<c>]; [<d>]`},
		{"a continued line in quotes", "\"a\\\nb\"", `["ab"]`},
		{"translated and escaped strings", `$"a" $'b\'c' d`, `["a"][?"$'b\\'c'"][<d>]`},
		{"variables", `$a${b}c $1 $@ $ $, "$"`, `[$<a>$<b><c>][$<1>][$<@>][<$>][<$,>]["$"]`},
		{"defaults", `${a:-b c} ${a:=$d} ${a:?e} ${a?e} ${a:-}`, `[$<a>:[<b c>]][$<a>:[$<d>]][$<a>][$<a>][$<a>:[]]`},
		{"a default in quotes", `"${a:-"b"}"`, `[$"a":["b"]]`},
		{"other forms", `${a%b} ${#a} ${a-b} ${!a} ${a[0]}`, `[?<${a%b}>][?<${#a}>][?<${a-b}>][?<${!a}>][?<${a[0]}>]`},
		{"expressions", `a${{ b }}c "${{ d }}" '${{ '}}' }}'`, `[<a>@<b><c>][@"d"][@"'}}'"]`},
		{"an expression without an end", `${{ a; b`, "[?<${{ a; b>]"},
		{"substitutions", `$(a b) "$(c "d")" x$(e)`, `[!<a b>][!"c \"d\""][<x>!<e>]`},
		{"substitutions in substitutions", `$(a $(b) "c)" 'd)' ${e:-)} ${{ ')' }}) f`, `[!<a $(b) "c)" 'd)' ${e:-)} ${{ ')' }}>][<f>]`},
		{"a comment in a substitution", "$(a # it's\n) b", "[!<a # it's\n>][<b>]"},
		{"backticks", "`a b` c", "[?<`a b`>][<c>]"},
		{"arithmetic", "$((1 + (2))) b", "[?<$((1 + (2)))>][<b>]"},
		{"process substitution", "a <(b c) >(d)", "[<a>][?<<(b c)>][?<>(d)>]"},
		{"lists", "a=(b c) d", "[<a=>?<(b c)>][<d>]"},
		{"redirections", "a >b 2>c 2>&1 <d &>e >>f g", "[<a>][<g>] >[<b>] >[<c>] >&[<1>] <[<d>] &>[<e>] >>[<f>]"},
		{"no descriptor", "a2>b 2 >c", "[<a2>][<2>] >[<b>] >[<c>]"},
		{"a redirection alone", "> a", ">[<a>]"},
		{"here-documents", "a <<b <<-'c d' e\n$(x\nb\n'y\n\tc d\nf", `[<a>][<e>] <<[<b>] <<-["c d"]; [<f>]`},
		{"a here-document without an end", "a <<b\nc", "[<a>] <<[<b>]"},
		{"a here-string", "a <<<\"b c\"\nd", `[<a>] <<<["b c"]; [<d>]`},
		{"pipes", "a | b |& c", "[<a>]; [<b>]; [<c>]"},
		{"and", "a && b && c", "[<a>]; choice{[<b>]; [<c>]}"},
		{"or", "a || b", "[<a>]; choice{[<b>]}"},
		{"and, or", "a &&\n b || c || d", "[<a>]; choice whole{[<b>]}{[<c>]; [<d>]}"},
		{"or, and", "a || b && c", "[<a>]; choice{[<b>]}; choice{[<c>]}"},
		{"not", "! a && ! ! b", "[<a>]; choice{[<b>]}"},
		{"if", "if a; then b; fi; c", "[<a>]; choice{[<b>]}; [<c>]"},
		{"if with more", "if a\nthen b\nelif c; then d\nelse e; fi >f", "[<a>]; [<c>]; choice whole >[<f>]{[<b>]}{[<d>]}{[<e>]}"},
		{"if as words", "echo if; echo then fi", "[<echo>][<if>]; [<echo>][<then>][<fi>]"},
		{"if in quotes", "\"if\" a", `["if"][<a>]`},
		{"case", "case $a in\n b|c) d ;;\n (e) f ;&\n 'g') ;;\n *) h\nesac\ni", "choice whole{[<d>]}{[<f>]}{}{[<h>]}; [<i>]"},
		{"case without all", "case a in b) c;; esac", "choice{[<c>]}"},
		{"case of nothing", "case a in esac; b", "choice; [<b>]"},
		{"for", "for a in b $c; do d; done <e", "loop a[<b>][$<c>] <[<e>]{[<d>]}"},
		{"for arguments", "for a; do b; done", "loop a[$<@>]{[<b>]}"},
		{"for that counts", "for ((a=1; a<2; a++)); do b; done", "loop{[<b>]}"},
		{"while", "while a; do b; done; c", "loop{[<a>]; [<b>]}; [<c>]"},
		{"until", "until a\ndo b\ndone", "loop{[<a>]; [<b>]}"},
		{"group", "{ a; b; } >c", "group >[<c>]{[<a>]; [<b>]}"},
		{"subshell", "(a; (b)) && c", "subshell{[<a>]; subshell{[<b>]}}; choice{[<c>]}"},
		{"function", "a() { b; }\nfunction c { d; }\nfunction e() (f)", "function{group{[<b>]}}; function{group{[<d>]}}; function{subshell{[<f>]}}"},
		{"test", "[[ $a == b || (c) && d ]] && e", "choice{[<e>]}"},
		{"stray ends", "a; fi; b; ) c; done }", "[<a>]; [<b>]; [<c>]"},
		{"missing ends", "if a; then { b; while c; do (d", "[<a>]; choice{group{[<b>]; loop{[<c>]; subshell{[<d>]}}}}"},
		{"misplaced operators", "&& a | | b ; | c\n|| && d > ; e", "choice{[<a>]; [<b>]}; [<c>]; choice{}; choice{[<d>]}; [<e>]"},
		{"too deep", "a; " + strings.Repeat("( ", 25) + "b; " + strings.Repeat(")", 25) + "; c", "[<a>]; " + strings.Repeat("subshell{", 20) + strings.Repeat("}", 20)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(shell.Parse(c.script)); got != c.want {
				t.Errorf("%s\ngot  %s\nwant %s", c.script, got, c.want)
			}
		})
	}
}

func TestStatementsAreAtTheirLine(t *testing.T) {
	script := "a\n\nb \\\n c\n\"d\n\" e; f <<E\ng\nE\nh\nif i\nthen\n  j\nfi\n$(k\nl) && m # n\no"
	want := map[string]int{"a": 0, "b": 2, "d\n": 4, "f": 5, "h": 8, "i": 9, "j": 11, "k\nl": 13, "m": 14, "o": 15}
	got := map[string]int{}
	var walk func([]shell.Statement)
	walk = func(all []shell.Statement) {
		for _, st := range all {
			if len(st.Words) > 0 {
				got[st.Words[0].Parts[0].Text] = st.Line
			}
			for _, body := range st.Bodies {
				walk(body)
			}
		}
	}
	walk(shell.Parse(script))
	for word, line := range want {
		if at, there := got[word]; !there || at != line {
			t.Errorf("%q: got line %d (%v), want %d", word, at, there, line)
		}
	}
}

func TestWordsAreAssignments(t *testing.T) {
	for _, c := range []struct {
		word, name, value string
		appends, ok       bool
	}{
		{"a=b", "a", "[<b>]", false, true},
		{"a=", "a", "[]", false, true},
		{"a+=b", "a", "[<b>]", true, true},
		{"_A1=$b\"c\"", "_A1", "[$<b>\"c\"]", false, true},
		{"a==b", "a", "[<=b>]", false, true},
		{"1a=b", "", "[]", false, false},
		{"a", "", "[]", false, false},
		{"=a", "", "[]", false, false},
		{"a-b=c", "", "[]", false, false},
		{"\"a=b\"", "", "[]", false, false},
		{"$a=b", "", "[]", false, false},
	} {
		name, value, appends, ok := shell.Parse(c.word)[0].Words[0].Assignment()
		if name != c.name || showWord(value) != c.value || appends != c.appends || ok != c.ok {
			t.Errorf("%s: got %q, %s, %v, %v", c.word, name, showWord(value), appends, ok)
		}
	}
}

func TestWordsAreLiteral(t *testing.T) {
	for word, want := range map[string]string{`a`: "a", `a"b"'c'\d`: "abcd", `""`: "", `a$b`: "no", `"$a"`: "no", `${{ a }}`: "no"} {
		got, ok := shell.Parse(word)[0].Words[0].Literal()
		if !ok {
			got = "no"
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
}
