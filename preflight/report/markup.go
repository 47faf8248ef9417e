package report

import (
	"regexp"
	"strings"
)

// maxMarkup is how many characters of a value GitHub gets to show.
const maxMarkup = 300

// What Markdown, HTML or GitHub may read as markup, as entities, which neither end
// a cell nor begin a link.
var entities = []string{
	"&", "&amp;", "<", "&lt;", ">", "&gt;", "|", "&#124;", `\`, "&#92;", "`", "&#96;", "*", "&#42;", "_", "&#95;",
	"~", "&#126;", "[", "&#91;", "]", "&#93;", "$", "&#36;", "@", "&#64;", "#", "&#35;", "://", "&#58;//", "www.", "www&#46;",
}

// GitHub looks for people and issues after it has read the entities, though not in
// code, so in prose their marks are code.
var (
	codeMarkup  = strings.NewReplacer(entities...)
	proseMarkup = strings.NewReplacer(append([]string{"@", "`@`", "#", "`#`"}, entities...)...)
)

// Code is a value as code.
func Code(value string) string {
	return codeOf(brief(value, maxMarkup))
}

// codeOf writes a text that prints as code. Between backquotes nothing is markup
// but they themselves, and the bar, for which a table looks first.
func codeOf(text string) string {
	switch {
	case text == "":
		return ""
	case strings.ContainsAny(text, "`|"):
		return "<code>" + codeMarkup.Replace(text) + "</code>"
	}
	return "`" + text + "`"
}

// quotedText is a value in a sentence, as %q writes it.
var quotedText = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// Prose is a sentence in which quoted values are code.
func Prose(sentence string) string {
	sentence = brief(sentence, maxMarkup)
	var out strings.Builder
	end := 0
	for _, at := range quotedText.FindAllStringIndex(sentence, -1) {
		out.WriteString(proseMarkup.Replace(sentence[end:at[0]]))
		out.WriteString(codeOf(sentence[at[0]:at[1]]))
		end = at[1]
	}
	out.WriteString(proseMarkup.Replace(sentence[end:]))
	return out.String()
}
