package diagnose

import (
	"maps"
	"slices"
)

// Failure is what tests have to know of an archive.
type Failure struct {
	Name, Title, Source string
	Link                Link
	Rules, Seen         []string
	Vague               []Link
	Unless              string
	Samples             []Sample
	Patterns            []string
}

// Sample is a text that a tool printed, and the lines "name: text" of what it names.
type Sample struct{ Name, Text, Values string }

// Failures are all archives, by their names.
func Failures() []Failure {
	var all []Failure
	for _, name := range slices.Sorted(maps.Keys(known())) {
		f := known()[name]
		exported := Failure{Name: name, Title: f.title, Source: f.source, Link: f.link, Rules: f.rules, Seen: f.seen, Vague: f.vague, Unless: f.unless}
		for _, s := range f.samples {
			exported.Samples = append(exported.Samples, Sample{s.name, s.text, s.values})
		}
		for _, p := range f.patterns {
			exported.Patterns = append(exported.Patterns, p.text)
		}
		all = append(all, exported)
	}
	return all
}

// MatchesOwnSample reports whether the archive's pattern matches one of its samples.
func MatchesOwnSample(name, text string) bool {
	p := patternOf(name, text)
	return slices.ContainsFunc(p.failure.samples, func(s sample) bool { return p.expr().MatchString(Clean(s.text)) })
}

// Marker is the text that every match of the archive's pattern has.
func Marker(name, text string) string { return patternOf(name, text).marker }

func patternOf(name, text string) pattern {
	all := known()[name].patterns
	return all[slices.IndexFunc(all, func(p pattern) bool { return p.text == text })]
}

// Chain is the order of the links.
var Chain = chain

// Subjects are all subjects.
var Subjects = []Subject{
	Template, Provider, Role, TrustPolicy, Policy, Boundary, ImageRepository, ImageRepositoryPolicy, ServiceAccount,
	ServiceAccountAnnotation, Workload, Workflow, Cluster, Account, Network,
}

// Clean is what is read of a text.
func Clean(text string) string {
	return oneLine(clean(text))
}
