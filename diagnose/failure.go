package diagnose

import (
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/rogpeppe/go-internal/txtar"
)

// archives are what is known: doc.go describes their form.
//
//go:embed failures
var archives embed.FS

// failure is what is known of one failure: an archive.
type failure struct {
	// name is the archive's, without its extension.
	name    string
	link    Link
	rules   []string
	source  string
	seen    []string
	samples []sample
	// unless is text, in lower case, that shows that all went well after all.
	unless string
	// vague are links: the failure says only that something failed, and is left out
	// where the text has one of these links that says what.
	vague []Link
	// title, meaning and causes are templates of what the text names.
	title, meaning, causes string
	patterns               []pattern
}

// sample is a text that a tool printed.
type sample struct {
	name, text string
	// values are the lines "name: text" of what the text names.
	values string
}

// known reads all archives the first time that it is asked for: every command comes
// with them, and most never need one.
var known = sync.OnceValue(func() map[string]*failure {
	all := map[string]*failure{}
	entries, err := archives.ReadDir("failures")
	if err != nil {
		panic(err) // the archives are in the program
	}
	for _, entry := range entries {
		name, isArchive := strings.CutSuffix(entry.Name(), ".txtar")
		if !isArchive {
			continue
		}
		text, err := archives.ReadFile("failures/" + entry.Name())
		if err != nil {
			panic(err)
		}
		if all[name], err = readFailure(name, txtar.Parse(text)); err != nil {
			panic(fmt.Errorf("%s: %w", entry.Name(), err))
		}
	}
	return all
})

func readFailure(name string, archive *txtar.Archive) (*failure, error) {
	f := &failure{name: name}
	head, meaning, _ := strings.Cut(string(archive.Comment), "\n\n")
	f.meaning = strings.Join(strings.Fields(meaning), " ")
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if err := f.setField(key, value); err != nil {
			return nil, err
		}
	}
	for _, section := range archive.Files {
		if err := f.setSection(section.Name, string(section.Data)); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (f *failure) setField(key, value string) error {
	switch key {
	case "title":
		f.title = value
	case "link":
		f.link = Link(value)
	case "finding":
		f.rules = strings.Split(value, ", ")
	case "source":
		f.source = value
	case "seen in":
		f.seen = strings.Split(value, ", ")
	case "unless":
		f.unless = value
	case "vague beside":
		for link := range strings.SplitSeq(value, ", ") {
			f.vague = append(f.vague, Link(link))
		}
	default:
		return fmt.Errorf("unknown field %q", key)
	}
	return nil
}

func (f *failure) setSection(name, text string) error {
	title, isSample := strings.CutPrefix(name, "sample: ")
	switch {
	case name == "patterns":
		for line := range strings.Lines(text) {
			p, err := newPattern(f, strings.TrimSuffix(line, "\n"))
			if err != nil {
				return err
			}
			f.patterns = append(f.patterns, p)
		}
	case name == "causes":
		f.causes = text
	case isSample:
		f.samples = append(f.samples, sample{name: title, text: strings.TrimSuffix(text, "\n")})
	case name == "values" && len(f.samples) > 0:
		f.samples[len(f.samples)-1].values = text
	default:
		return fmt.Errorf("unknown section %q", name)
	}
	return nil
}

// shared are causes that several failures have.
var shared = sync.OnceValue(func() *template.Template {
	functions := template.FuncMap{"match": regexp.MatchString}
	return template.Must(template.New("").Funcs(functions).ParseFS(archives, "failures/*.tmpl"))
})

// diagnosis fills in what is known with what the text names, which its templates ask
// for.
func (f *failure) diagnosis(named any, values []Value) Diagnosis {
	return Diagnosis{
		Name:    f.name,
		Title:   f.fill(f.title, named),
		Link:    f.link,
		Meaning: f.fill(f.meaning, named),
		Causes:  parseCauses(f.fill(f.causes, named)),
		Values:  values,
		Rules:   slices.Clone(f.rules),
		Source:  f.source,
	}
}

func (f *failure) fill(text string, named any) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	var filled strings.Builder
	layout := template.Must(template.Must(shared().Clone()).New(f.name).Parse(text))
	if err := layout.Execute(&filled, named); err != nil {
		panic(err) // a test fills in each of them
	}
	return filled.String()
}

// parseCauses reads the lines "SUBJECT: WHAT", "look at LOOK" and "fix: FIX".
func parseCauses(text string) []Cause {
	var causes []Cause
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		look, isLook := strings.CutPrefix(line, "look at ")
		fix, isFix := strings.CutPrefix(line, "fix: ")
		switch {
		case line == "":
		case isLook && len(causes) > 0:
			causes[len(causes)-1].Look = look
		case isFix && len(causes) > 0:
			causes[len(causes)-1].Fix = fix
		default:
			subject, what, _ := strings.Cut(line, ": ")
			causes = append(causes, Cause{Subject: Subject(subject), What: what})
		}
	}
	return causes
}
