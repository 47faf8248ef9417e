package initial

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// packages are the names of those that the file may import.
var packages = []string{"corev1", "identity", "intstr", "metav1", "policy", "resource", "time"}

// identifiers gives each value a unique name, and hides none that the file uses.
type identifiers map[string]bool

// of makes a name in camel case of a text, of the text and the noun if that is taken, and of a
// number too if that is.
func (i identifiers) of(text, noun string) string {
	base := camel(text)
	for n, name := range []string{base, base + noun} {
		if i.free(name) && (n > 0 || name != "") {
			i[name] = true
			return name
		}
	}
	for n := 2; ; n++ {
		if name := base + noun + strconv.Itoa(n); i.free(name) {
			i[name] = true
			return name
		}
	}
}

func (i identifiers) free(name string) bool {
	return token.IsIdentifier(name) && !i[name] && types.Universe.Lookup(name) == nil && !slices.Contains(packages, name)
}

// camel joins the words of a text: "shop/web-app" is "shopWebApp".
func camel(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for n, word := range words {
		if word = strings.ToLower(word); n > 0 {
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		words[n] = word
	}
	name := strings.Join(words, "")
	if name != "" && unicode.IsDigit(rune(name[0])) {
		return "n" + name
	}
	return name
}
