package diagnose

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// maxText is how much of a text is read, from its end: a log can have any size, and
// what made a job fail stands near its end.
const maxText = 1 << 20

// clean makes one form of the text, whichever way it was copied: its lines, without
// colours, what GitHub, kubectl and BuildKit write before a line, JSON's escapes and
// characters that do not print, and with single blanks.
func clean(text string) string {
	if len(text) > maxText {
		text = text[len(text)-maxText:]
	}
	text = unescape(strings.ToValidUTF8(text, " "))
	if strings.Contains(text, "\x1b") {
		text = colour().ReplaceAllString(text, "")
	}
	text = quotes.Replace(text)
	text = strings.Map(printing, text)
	text = lead().ReplaceAllString(text, "")
	return blanks().ReplaceAllString(text, " ")
}

// oneLine is the cleaned text as one line, for text that was wrapped between words.
func oneLine(text string) string {
	return blanks().ReplaceAllString(strings.ReplaceAll(text, "\n", " "), " ")
}

// joined is the cleaned text as one line, for text that a terminal wrapped wherever
// its line was full.
func joined(text string) string {
	return blanks().ReplaceAllString(strings.ReplaceAll(text, "\n", ""), " ")
}

var (
	// colour is what ECMA-48 calls a control sequence or string.
	colour = lazily(`\x1b\[[0-9:;<=>?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]{0,256}(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]`)
	// lead is what stands before a line: the job and the step as "gh run view --log"
	// writes them, a time, BuildKit's step, a command of the runner.
	lead = lazily(`(?m)^[ \t]*(?:(?:[^\t\n]*\t[^\t\n]*\t[ \t]*)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[0-9.:+-]*Z?[ \t]*)?(?:#\d+ (?:\d+\.\d+ )?)?(?:##\[[a-z]+\]|\[command\]|::[a-z]+(?: [^:\n]*)?::)?`)
	// blanks leaves line ends alone.
	blanks = lazily(`[ \t]+`)
	quotes = strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`)
)

// lazily compiles an expression the first time that it is asked for: every command
// comes with all of them, and most never run.
func lazily(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

func printing(r rune) rune {
	switch {
	case r == '\r':
		return '\n'
	case r == '\n' || r == '\t' || unicode.IsPrint(r):
		return r
	}
	return ' '
}

// unescape reads what JSON, or a JSON string within JSON, wrote with backslashes. A
// backslash that escapes nothing stays.
func unescape(text string) string {
	var plain strings.Builder
	plain.Grow(len(text))
	for {
		before, rest, found := strings.Cut(text, `\`)
		plain.WriteString(before)
		if !found {
			return plain.String()
		}
		rest = strings.TrimLeft(rest, `\`)
		char, length := escaped(rest)
		plain.WriteString(char)
		text = rest[length:]
	}
}

// escaped is what a backslash before the text means, and how much of the text
// belongs to it.
func escaped(text string) (plain string, length int) {
	if text == "" {
		return `\`, 0
	}
	switch text[0] {
	case 'n', 'r':
		return "\n", 1
	case 't':
		return "\t", 1
	case '"', '\'', '/':
		return text[:1], 1
	case 'u':
		if code, err := strconv.ParseUint(text[1:min(5, len(text))], 16, 32); err == nil && len(text) >= 5 {
			return string(utf8.AppendRune(nil, rune(code))), 5
		}
	}
	return `\`, 0
}
