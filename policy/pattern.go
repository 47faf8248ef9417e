package policy

import "strings"

// symbols are a value of a policy: characters and wildcards.
type symbols []symbol

// symbol is a character that stands for itself, or the wildcard "*" or "?".
type symbol struct {
	character rune
	wild      bool
}

// wildcards is the text as a pattern in which "*" and "?" are wildcards.
func wildcards(text string) symbols {
	p := make(symbols, 0, len(text))
	for _, r := range text {
		p = append(p, symbol{r, r == '*' || r == '?'})
	}
	return p
}

// isPlain reports that the text has neither a wildcard nor a policy variable, as most have:
// nothing but itself matches it.
func isPlain(text string) bool { return !strings.ContainsAny(text, "*?$") }

// literal is the text as a pattern without wildcards.
func literal(text string) symbols {
	p := make(symbols, 0, len(text))
	for _, r := range text {
		p = append(p, symbol{r, false})
	}
	return p
}

// String is the pattern as it is written: a wildcard is its sign.
func (p symbols) String() string {
	text := make([]rune, len(p))
	for i, s := range p {
		text[i] = s.character
	}
	return string(text)
}

// matches reports whether the pattern is the whole text, with regard to case:
// "*" stands for any characters, ":" and "/" included, and for none; "?" for
// one. A mismatch goes back to the last "*" only, so the time is at most the
// product of both lengths.
func (p symbols) matches(text string) bool {
	runes := []rune(text)
	at, from := 0, 0      // in p and in runes
	star, resume := -1, 0 // the last "*", and where to try again after it
	for from < len(runes) {
		switch {
		case at < len(p) && p[at] == symbol{'*', true}:
			star, resume = at, from
			at++
		case at < len(p) && (p[at] == symbol{'?', true} || p[at] == symbol{runes[from], false}):
			at++
			from++
		case star >= 0:
			resume++
			at, from = star+1, resume
		default:
			return false
		}
	}
	for at < len(p) && p[at] == (symbol{'*', true}) {
		at++
	}
	return at == len(p)
}
