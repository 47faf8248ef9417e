package diagnose

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// maxText is the number of bytes that are read, from the end of the text: a log can have any
// size, and the reason for a failure is near its end.
const maxText = 1 << 20

// clean brings a text into one form, whichever way it was copied. It removes colours, the
// prefixes of lines by GitHub, kubectl and BuildKit, escapes of JSON and HTML, and characters that
// do not print, and makes all blanks single.
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

// onOneLine makes a cleaned text one line, with the separator in place of line ends: a blank for
// text that was wrapped between words, "" for text that a terminal wrapped wherever its line was
// full.
func onOneLine(text, separator string) string {
	return blanks().ReplaceAllString(strings.ReplaceAll(text, "\n", separator), " ")
}

var (
	// colour matches the control sequences and strings of ECMA-48.
	colour = lazily(`\x1b\[[0-9:;<=>?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]{0,256}(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]`)
	// lead matches the prefix of a line: the job and the step as "gh run view --log" writes
	// them, Terraform's frame or a quotation, a time, the stream as the
	// kubelet writes it, BuildKit's step, a command of the runner.
	lead = lazily(`(?m)^[ \t]*(?:[│>]+[ \t]*)*(?:(?:[^\t\n]*\t[^\t\n]*\t[ \t]*)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[0-9.:+-]*Z?[ \t]*(?:std(?:out|err) [FP][ \t]?)?)?(?:#\d+ (?:\d+\.\d+ )?)?(?:##\[[a-z]+\]|\[command\]|::[a-z]+(?: [^:\n]*)?::)?`)
	// blanks does not match line ends.
	blanks = lazily(`[ \t]+`)
	quotes = strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`,
		"&quot;", `"`, "&#34;", `"`, "&#39;", "'", "&apos;", "'", "&lt;", "<", "&gt;", ">", "&amp;", "&")
)

// lazily compiles an expression when it is first used: most commands use none of them.
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

// unescape removes the escapes of JSON, and of JSON strings within JSON. A backslash that escapes
// nothing stays.
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

// escaped returns the meaning of a backslash before the text, and the number of bytes of the text
// that belong to it.
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
