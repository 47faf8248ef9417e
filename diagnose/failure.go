package diagnose

import (
	"embed"
	"regexp"
	"strings"
	"sync"
	"text/template"

	"github.com/rogpeppe/go-internal/txtar"
)

// archives have the form that doc.go describes.
//
//go:embed failures
var archives embed.FS

// archiveOf returns nil if there is no archive with the name.
func archiveOf(name string) []byte {
	text, _ := archives.ReadFile("failures/" + name + ".txtar")
	return text
}

// failure is an archive without its patterns and samples.
type failure struct {
	link   Link
	rules  []string
	source string
	// unless is a text in lower case that shows that nothing failed after all.
	unless string
	// vague has links and names of failures: the failure shows only that something failed, and is
	// dropped if the text also shows a failure of that name, or one of such a link that is not
	// vague.
	vague []string
	// title, meaning and causes are templates of the values that the text names.
	title, meaning, causes string
}

func readFailure(name string) failure {
	archive := txtar.Parse(archiveOf(name))
	head, meaning, _ := strings.Cut(string(archive.Comment), "\n\n")
	f := failure{meaning: strings.Join(strings.Fields(meaning), " ")}
	for line := range strings.Lines(head) {
		switch key, value, _ := strings.Cut(strings.TrimSpace(line), ": "); key {
		case "title":
			f.title = value
		case "link":
			f.link = Link(value)
		case "finding":
			f.rules = strings.Split(value, ", ")
		case "source":
			f.source = value
		case "unless":
			f.unless = value
		case "vague beside":
			f.vague = strings.Split(value, ", ")
		}
	}
	for _, section := range archive.Files {
		if section.Name == "causes" {
			f.causes = string(section.Data)
		}
	}
	return f
}

// shared has causes of several failures, and explanations of IAM's words.
var shared = sync.OnceValue(func() *template.Template {
	functions := template.FuncMap{"match": regexp.MatchString}
	return template.Must(template.New("").Funcs(functions).ParseFS(archives, "failures/*.tmpl"))
})

// fill executes a text that may be a template.
func fill(text string, named any) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	return execute(template.Must(template.Must(shared().Clone()).Parse(text)), named)
}

func execute(layout *template.Template, named any) string {
	var filled strings.Builder
	if err := layout.Execute(&filled, named); err != nil {
		panic(err) // a test executes each template
	}
	return filled.String()
}

// sharedText executes the shared template with the name, "" if there is none.
func sharedText(name string) string {
	if layout := shared().Lookup(name); layout != nil {
		return execute(layout, nil)
	}
	return ""
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
