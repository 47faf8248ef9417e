package diagnose

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// pattern is an expression that a text with a failure matches. Its named groups
// become values, "_" in their names a blank.
type pattern struct {
	// failure is the name of its archive.
	failure string
	text    string
	expr    func() *regexp.Regexp
	// marker is part of every match, in lower case: looking for it costs little, so
	// that the expression only runs where it may match. "" is in every text.
	marker string
	// plain is how many characters the expression has outside of groups.
	plain int
}

// patterns are those of all archives. Of two that match at one place the first counts,
// which has more of the text in it.
var patterns = sync.OnceValue(func() []pattern {
	entries, err := archives.ReadDir("failures")
	if err != nil {
		panic(err) // the archives are in the program
	}
	var all []pattern
	for _, entry := range entries {
		name, _ := strings.CutSuffix(entry.Name(), ".txtar")
		_, section, _ := bytes.Cut(archiveOf(name), []byte("\n-- patterns --\n"))
		section, _, _ = bytes.Cut(section, []byte("-- "))
		for line := range strings.Lines(string(section)) {
			all = append(all, newPattern(name, strings.TrimSuffix(line, "\n")))
		}
	}
	slices.SortFunc(all, func(a, b pattern) int {
		return cmp.Or(cmp.Compare(b.plain, a.plain), cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.text, b.text))
	})
	return all
})

// words are what patterns write between braces: names whose form is that of
// Kubernetes, ECR and EKS.
var words = strings.NewReplacer(
	"{name}", `[a-z0-9][a-z0-9.-]{0,252}`,
	// A private registry; GitHub may have hidden its account and region.
	"{registry}", `(?P<registry>\d{12}|\*\*\*)\.dkr\.ecr(?:-fips)?\.(?P<region>[a-z0-9-]+|\*\*\*)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu)`,
	// Where a registry or ECR's API listens.
	"{ECR host}", `(?P<host>(?:(?:\d{12}|\*\*\*)\.dkr\.ecr(?:-fips)?|api\.ecr(?:-public)?)\.(?P<region>[a-z0-9-]{1,32}|\*\*\*)\.[a-z.]{3,64})`,
	// It has no end of its own: "/manifests/" or the like follows.
	"{image repository}", `(?P<image_repository>[a-z0-9][a-z0-9._/-]{0,255})`,
	// What ECR puts between quotes, whatever the user wrote.
	"{quoted image repository}", `['"](?P<image_repository>[^'"]{1,512})['"]`,
	"{STS host}", `(?P<endpoint>sts\.(?:(?P<region>[a-z0-9-]+)\.)?amazonaws\.com(?:\.cn)?)`,
	"{issuer}", `(?P<issuer>https?://(?:oidc[.-]eks\.(?P<region>[a-z0-9-]+)\.[^\s"'<,]+|[^\s"'<,]+))`,
)

func newPattern(failure, text string) pattern {
	p := pattern{failure: failure, text: text}
	p.expr = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(words.Replace(text)) })
	p.marker, p.plain = plainText(text)
	return p
}

// plainText returns the longest text of an expression outside of groups, in lower case,
// and how many characters of such text it has: every match has them. Parsing it as
// regexp does would take as long as all else that a command does.
func plainText(expr string) (longest string, total int) {
	text := make([]byte, 0, len(expr))
	end := func(char byte) {
		if optional := char == '?' || char == '*'; optional && len(text) > 0 {
			text = text[:len(text)-1]
		}
		if total += len(text); len(text) > len(longest) {
			longest = string(text)
		}
		text = text[:0]
	}
	for i := 0; i < len(expr); i++ {
		switch char := expr[i]; char {
		case '\\':
			if i++; strings.IndexByte("bdsw", expr[i]|0x20) >= 0 {
				end(char)
			} else {
				text = append(text, expr[i])
			}
		case '(', '[', '{':
			end(char)
			i = closing(expr, i)
		case '?', '*', '+', '.', '^', '$':
			end(char)
		default:
			text = append(text, char)
		}
	}
	end(0)
	return strings.ToLower(longest), total
}

// closing is where the group, the class or the count that opens at i ends.
func closing(expr string, i int) int {
	closer, class := byte(')'), expr[i] == '['
	if expr[i] != '(' {
		closer = expr[i] + 2 // as ] is behind [ and } behind {
	}
	for i++; expr[i] != closer; i++ {
		switch {
		case expr[i] == '\\':
			i++
		case !class && (expr[i] == '(' || expr[i] == '['):
			i = closing(expr, i)
		}
	}
	return i
}

// match is what a pattern matched in a text.
type match struct{ Values []Value }

// Value is what the text names so, "" if it does not.
func (m match) Value(name string) string {
	return Diagnosis{Values: m.Values}.Value(name)
}
