package report

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// printable writes what does not print, such as line breaks, terminal escapes and
// marks that turn the direction of text, as Go does in quotes: \n, \x1b, \u202e.
func printable(text string) string {
	var out strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if unicode.IsPrint(r) && !(r == utf8.RuneError && size == 1) {
			out.WriteString(text[:size])
		} else {
			quoted := strconv.Quote(text[:size])
			out.WriteString(quoted[1 : len(quoted)-1])
		}
		text = text[size:]
	}
	return out.String()
}

// brief is a value that prints and has at most limit characters. It costs no more
// than that, however long the value is.
func brief(value string, limit int) string {
	return shorten(printable(shorten(value, limit)), limit)
}

// shorten leaves out the middle of a text that has more than limit characters: of
// an ARN, the end says as much as the start.
func shorten(text string, limit int) string {
	if len(text) <= utf8.UTFMax*limit && utf8.RuneCountInString(text) <= limit {
		return text
	}
	const gap = " ... "
	after := (limit - len(gap)) / 2
	start, end := 0, len(text)
	for range limit - len(gap) - after {
		_, size := utf8.DecodeRuneInString(text[start:])
		start += size
	}
	for range after {
		_, size := utf8.DecodeLastRuneInString(text[:end])
		end -= size
	}
	return text[:start] + gap + text[end:]
}

// disarm keeps a log of GitHub or Azure from taking what is printed for a command:
// both look for "##" anywhere in a line, GitHub for "::" where it begins
// (actions/runner, ActionCommand.cs).
func disarm(text string) string {
	text = strings.ReplaceAll(text, "##", `#\x23`)
	if begin := strings.TrimLeft(text, " "); strings.HasPrefix(begin, "::") {
		return text[:len(text)-len(begin)] + `\x3a` + begin[1:]
	}
	return text
}
