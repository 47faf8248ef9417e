package diagnose

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Explain says which failures the text shows: what tools printed in a failed job,
// the whole log or a line of it, of which the last 1 MiB is read. The failure of the
// earliest link comes first, as it brings about those behind it; of one link, that
// which the text shows first. There is none if no failure is known by such words.
func Explain(text string) []Diagnosis {
	text = clean(text)
	if found := search(words(text)); len(found) > 0 {
		return found
	}
	return search(joined(text))
}

// failure is what a text shows of one failure, and what is known of it.
type failure struct {
	// marker is part of every match, in lower case: looking for it costs little, so
	// that the expression only runs where it may match.
	marker string
	expr   func() *regexp.Regexp
	// unless is text, in lower case, that shows that all went well after all.
	unless string
	// vague are links: the failure says only that something failed, and is left out
	// where the text has one of these links that says what.
	vague []Link
	// diagnosis is what is known. The named groups of the expression become its
	// values, "_" in their names a blank.
	diagnosis Diagnosis
	// detail, if there is one, tells what follows from the values.
	detail func(*Diagnosis)
}

// lazily compiles an expression the first time that it is asked for: every command
// comes with all of them, and most never run.
func lazily(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// known are all failures. Of two that match at one place, the first counts.
var known = slices.Concat(deploymentFailures, kubernetesFailures, credentialFailures, stsFailures, ecrFailures)

// find is a diagnosis and where the text shows it.
type find struct {
	Diagnosis
	at    int
	vague []Link
}

func search(text string) []Diagnosis {
	found := finds{text: text, lower: strings.ToLower(text), seen: map[string]bool{}}
	found.searchDenials()
	for _, f := range known {
		found.search(f)
	}
	return found.sorted()
}

// finds are what was found in a text so far.
type finds struct {
	text, lower string
	all         []find
	// seen are the keys of all.
	seen map[string]bool
	// taken says of each byte whether a match covers it; nil before the first.
	taken []bool
}

func (f *finds) search(known failure) {
	if !strings.Contains(f.lower, known.marker) || (known.unless != "" && strings.Contains(f.lower, known.unless)) {
		return
	}
	expr := known.expr()
	for _, match := range expr.FindAllStringSubmatchIndex(f.text, -1) {
		if !f.take(match[0], match[1]) {
			continue
		}
		d := known.diagnosis
		d.Causes = slices.Clone(d.Causes)
		d.Values = groups(expr, f.text, match)
		if known.detail != nil {
			known.detail(&d)
		}
		f.add(d, match[0], known.vague)
	}
}

// take covers a stretch of the text, unless some of it is covered.
func (f *finds) take(from, to int) bool {
	if f.taken == nil {
		f.taken = make([]bool, len(f.text))
	}
	if slices.Contains(f.taken[from:to], true) {
		return false
	}
	for i := from; i < to; i++ {
		f.taken[i] = true
	}
	return true
}

// add keeps a diagnosis that is new. The name of a session makes none new: tools
// make it up for every try.
func (f *finds) add(d Diagnosis, at int, vague []Link) {
	key := d.Title
	for _, value := range d.Values {
		if value.Name != "session" {
			key += "\n" + value.Name + "\t" + value.Text
		}
	}
	if !f.seen[key] {
		f.seen[key] = true
		f.all = append(f.all, find{d, at, vague})
	}
}

// sorted is what was found, in the order of the chain, without the vague where
// something tells more.
func (f *finds) sorted() []Diagnosis {
	telling := map[Link]bool{}
	for _, found := range f.all {
		telling[found.Link] = telling[found.Link] || found.vague == nil
	}
	slices.SortStableFunc(f.all, func(a, b find) int {
		return cmp.Or(cmp.Compare(slices.Index(chain, a.Link), slices.Index(chain, b.Link)), cmp.Compare(a.at, b.at))
	})
	var all []Diagnosis
	for _, found := range f.all {
		if !slices.ContainsFunc(found.vague, func(link Link) bool { return telling[link] }) {
			all = append(all, found.Diagnosis)
		}
	}
	return all
}

// groups are the named groups of a match that name something.
func groups(expr *regexp.Regexp, text string, match []int) []Value {
	var values []Value
	for i, name := range expr.SubexpNames() {
		if from, to := match[2*i], match[2*i+1]; name != "" && from >= 0 {
			values = appendValue(values, strings.ReplaceAll(name, "_", " "), text[from:to])
		}
	}
	return values
}

// maxValue is longer than anything that AWS, Kubernetes or GitHub name.
const maxValue = 2048

// appendValue leaves out what is empty, is too long to be a name, or was hidden by
// GitHub as part of a secret.
func appendValue(values []Value, name, text string) []Value {
	if text == "" || len(text) > maxValue || text == "***" {
		return values
	}
	return append(values, Value{name, text})
}
