package diagnose

import (
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// Failure is an archive, as tests and docs/failures.md see it.
type Failure struct {
	Name, Title, Meaning, Source, Unless string
	Link                                 Link
	Vague, Rules, Seen                   []string
	Patterns                             []Pattern
	Samples                              []Sample
	// Unknown are fields and sections that no archive has.
	Unknown []string
}

// Pattern is an expression as it is compiled, and the text that stands for it.
type Pattern struct{ Expr, Marker string }

// Sample is a text that a tool printed, and the lines "name: text" of what it names.
type Sample struct{ Name, Text, Values string }

// Failures are all archives, by their names.
func Failures() []Failure {
	entries, err := archives.ReadDir("failures")
	if err != nil {
		panic(err)
	}
	var all []Failure
	for _, entry := range entries {
		if name, isArchive := strings.CutSuffix(entry.Name(), ".txtar"); isArchive {
			f := readFailure(name)
			all = append(all, Failure{Name: name, Title: f.title, Meaning: f.meaning, Source: f.source, Unless: f.unless, Link: f.link, Vague: f.vague, Rules: f.rules})
			all[len(all)-1].readArchive()
		}
	}
	return all
}

// readArchive reads what Explain does not.
func (f *Failure) readArchive() {
	archive := txtar.Parse(archiveOf(f.Name))
	head, _, _ := strings.Cut(string(archive.Comment), "\n\n")
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch {
		case key == "seen in":
			f.Seen = strings.Split(value, ", ")
		case !slices.Contains([]string{"title", "link", "finding", "source", "unless", "vague beside"}, key):
			f.Unknown = append(f.Unknown, line)
		}
	}
	for i, section := range archive.Files {
		text := strings.TrimSuffix(string(section.Data), "\n")
		name, isSample := strings.CutPrefix(section.Name, "sample: ")
		switch {
		case isSample:
			f.Samples = append(f.Samples, Sample{Name: name, Text: text})
		case section.Name == "values" && i > 0 && strings.HasPrefix(archive.Files[i-1].Name, "sample: "):
			f.Samples[len(f.Samples)-1].Values = text
		case section.Name != "patterns" && section.Name != "causes":
			f.Unknown = append(f.Unknown, section.Name)
		}
	}
	for _, p := range patterns() {
		if p.failure == f.Name {
			f.Patterns = append(f.Patterns, Pattern{p.expr().String(), p.marker})
		}
	}
}

// Chain is the order of the links.
var Chain = chain

// Subjects are all subjects.
var Subjects = []Subject{
	Template, Provider, Role, TrustPolicy, Policy, Boundary, ImageRepository, ImageRepositoryPolicy, ServiceAccount,
	ServiceAccountAnnotation, Workload, Workflow, Cluster, Account, Network,
}

// Clean returns the part of a text that is read.
func Clean(text string) string {
	return onOneLine(clean(text), " ")
}
