package diagnose

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// pattern is a regular expression. Its named groups become values, "_" in their names a blank.
type pattern struct {
	// failure is the name of the archive.
	failure string
	text    string
	expr    func() *regexp.Regexp
	// marker is part of every match, in lower case. Searching for it is cheap, so the expression
	// runs only on texts that it may match. "" is in every text.
	marker string
	// plain is the number of characters outside of groups.
	plain int
}

// patterns returns the patterns of all archives, the most specific first: of two that match at
// one place, the first counts.
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

// words replaces the names in braces that patterns use. Their forms are those of Kubernetes, ECR
// and EKS, or anything else without blanks and quotes: people hide names before they ask in public.
var words = strings.NewReplacer(
	"{name}", `[\w*<\[$][\w*<>\[\]{}$.-]{0,252}`,
	"{registry}", `(?P<registry>`+hidable+`)\.dkr\.ecr(?:-fips)?\.(?P<region>`+hidable+`)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu)`,
	// The host of a registry or of ECR's API.
	"{ECR host}", `(?P<host>(?:`+hidable+`\.dkr\.ecr(?:-fips)?|api\.ecr(?:-public)?)\.(?P<region>`+hidable+`)\.[a-z.]{3,64})`,
	// It matches as much as it can: the pattern has to end it, as with "/manifests/".
	"{image repository}", `(?P<image_repository>[^\s"'@:,;()]{1,256})`,
	// ECR puts into quotes whatever the user wrote.
	"{quoted image repository}", `['"](?P<image_repository>[^'"]{1,512})['"]`,
	"{STS host}", `(?P<endpoint>sts\.(?:(?P<region>[a-z0-9-]+)\.)?amazonaws\.com(?:\.cn)?)`,
	"{issuer}", `(?P<issuer>https?://(?:oidc[.-]eks\.(?P<region>[a-z0-9-]+)\.[^\s"'<,]+|[^\s"'<,]+))`,
)

// hidable matches an account or a region, and what people write in its place.
const hidable = `[^\s"'/:@=.(),;]{1,64}`

func newPattern(failure, text string) pattern {
	p := pattern{failure: failure, text: text}
	p.expr = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(words.Replace(text)) })
	p.marker, p.plain = plainText(text)
	return p
}

// plainText returns the longest text of an expression outside of groups, in lower case, and the
// number of characters of all such texts: every match has them. Parsing the expression as
// regexp does would take as long as everything else that a command does.
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

// closing returns the end of the group, the class or the count that opens at i.
func closing(expr string, i int) int {
	closer, class := byte(')'), expr[i] == '['
	if expr[i] != '(' {
		closer = expr[i] + 2 // in ASCII, ] and } follow two after [ and {
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

// match is the data of a template: the values of a pattern that matched.
type match struct{ Values []Value }

// Value returns the text of the value with the name, "" if there is none.
func (m match) Value(name string) string {
	return Diagnosis{Values: m.Values}.Value(name)
}
