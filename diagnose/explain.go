package diagnose

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
)

// Explain returns the failures that a text shows. The text is the output of tools in a failed
// job, the whole log or a line of it; only its last 1 MiB is read. Failures are in the order
// of the links, because an earlier one causes later ones, and within a link in the order of
// the text. There are none if no known failure has such words.
func Explain(text string) []Diagnosis {
	go patterns() // reading them takes as long as cleaning a short text
	text = clean(text)
	found := search(onOneLine(text, " "))
	if len(found.all) > 0 && len(text) > maxWrapped {
		return found.diagnoses()
	}
	if joined := search(onOneLine(text, "")); joined.explained > found.explained {
		return joined.diagnoses()
	}
	return found.diagnoses()
}

// maxWrapped is the number of bytes up to which a text may be a part of a terminal's screen, and
// so be wrapped within words. A whole log has its own line ends.
const maxWrapped = 16 << 10

type find struct {
	// name is the name of the failure's archive.
	name string
	// named is the data of the archive's templates.
	named  any
	values []Value
	// at is the offset in the text, in bytes.
	at      int
	failure failure
}

func search(text string) finds {
	found := finds{text: text, lower: strings.ToLower(text), seen: map[string]bool{}}
	found.searchDenials()
	for _, p := range patterns() {
		found.search(p)
	}
	return found
}

type finds struct {
	text, lower string
	all         []find
	// seen are the keys of all.
	seen map[string]bool
	// taken reports for each byte whether a match covers it; nil before the first match.
	taken []bool
	// explained is the number of characters that the matches have to have, not those of names.
	explained int
}

func (f *finds) search(p pattern) {
	if !strings.Contains(f.lower, p.marker) {
		return
	}
	if unless := readFailure(p.failure).unless; unless != "" && strings.Contains(f.lower, unless) {
		return
	}
	expr := p.expr()
	for _, at := range expr.FindAllStringSubmatchIndex(f.text, -1) {
		if f.take(at[0], at[1]) {
			f.explained += p.plain
			values := groups(expr, f.text, at)
			f.add(find{name: p.failure, named: match{values}, values: values, at: at[0]})
		}
	}
}

// take covers a part of the text, unless a part of that is covered.
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

// add drops repetitions. Two finds that differ only in the name of the session are the same:
// tools make up a name for every attempt.
func (f *finds) add(found find) {
	key := found.name
	for _, value := range found.values {
		if value.Name != "session" {
			key += "\n" + value.Name + "\t" + value.Text
		}
	}
	if !f.seen[key] {
		f.seen[key] = true
		found.failure = readFailure(found.name)
		f.all = append(f.all, found)
	}
}

// diagnoses returns the diagnoses in the order of the chain, without finds beside others that say
// more.
func (f *finds) diagnoses() []Diagnosis {
	// telling has the links of failures that are not vague, and the names of all.
	telling, named := map[string]bool{}, map[string]bool{}
	for _, found := range f.all {
		telling[found.name] = true
		telling[string(found.failure.link)] = telling[string(found.failure.link)] || found.failure.vague == nil
		named[found.name] = named[found.name] || len(found.values) > 0
	}
	slices.SortStableFunc(f.all, func(a, b find) int {
		return cmp.Or(cmp.Compare(slices.Index(chain, a.failure.link), slices.Index(chain, b.failure.link)), cmp.Compare(a.at, b.at))
	})
	var all []Diagnosis
	for _, found := range f.all {
		repeated := named[found.name] && len(found.values) == 0
		if !repeated && !slices.ContainsFunc(found.failure.vague, func(other string) bool { return telling[other] }) {
			all = append(all, found.diagnosis())
		}
	}
	return all
}

func (found find) diagnosis() Diagnosis {
	f := found.failure
	d := Diagnosis{
		Name:    found.name,
		Title:   fill(f.title, found.named),
		Link:    f.link,
		Meaning: fill(f.meaning, found.named),
		Causes:  parseCauses(fill(f.causes, found.named)),
		Values:  found.values,
		Rules:   f.rules,
		Source:  f.source,
	}
	region := d.Value("region")
	if err := identity.Region(region).Check(); err != nil && region != "" {
		d.Causes = slices.Insert(d.Causes, 0, Cause{
			Subject: Workflow,
			What:    err.Error(),
			Look:    "the region in the workflow's env, in aws-region of its steps and in the names of its images",
			Fix:     "write the region's right name",
		})
	}
	return d
}

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

// hidden matches what stands in place of a name that GitHub masked, because it is part of a secret,
// or that a person left out before asking in public.
var hidden = lazily(`(?i)^(?:[*x.-]{3,}\d?|<.*>|\[[a-z_ -]+\]|\$\{?\w+\}?|.*(?:redacted|masked).*|(?:your|my|aws)?[-_]?region)$`)

// appendValue drops a text that is empty, too long to be a name, or hidden.
func appendValue(values []Value, name, text string) []Value {
	if text == "" || len(text) > maxValue || hidden().MatchString(text) {
		return values
	}
	return append(values, Value{name, text})
}
