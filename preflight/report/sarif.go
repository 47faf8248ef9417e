package report

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight"
	"keyless-runners/preflight/source"
)

// What GitHub takes (GitHub documentation, "SARIF support for code scanning" and
// "SARIF results exceed one or more limits"). It refuses a log with more results,
// and uses no more locations of a result.
const (
	maxResults   = 25_000
	maxLocations = 10
)

// The form of a log (OASIS, "Static Analysis Results Interchange Format (SARIF)
// Version 2.1.0"), as much of it as GitHub reads.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool               sarifTool                `json:"tool"`
		Invocations        []sarifInvocation        `json:"invocations,omitempty"`
		OriginalURIBaseIDs map[string]sarifArtifact `json:"originalUriBaseIds"`
		ColumnKind         string                   `json:"columnKind"`
		Results            []sarifResult            `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   string             `json:"id"`
		Name                 string             `json:"name"`
		ShortDescription     sarifText          `json:"shortDescription"`
		FullDescription      sarifText          `json:"fullDescription"`
		Help                 sarifText          `json:"help"`
		DefaultConfiguration sarifConfiguration `json:"defaultConfiguration"`
		Properties           sarifProperties    `json:"properties"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifConfiguration struct {
		Level string `json:"level"`
	}
	sarifProperties struct {
		Tags            []string `json:"tags"`
		Precision       string   `json:"precision"`
		ProblemSeverity string   `json:"problem.severity"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool                `json:"executionSuccessful"`
		Notifications       []sarifNotification `json:"toolExecutionNotifications"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct {
		RuleID              string             `json:"ruleId"`
		RuleIndex           int                `json:"ruleIndex"`
		Level               string             `json:"level"`
		Message             sarifText          `json:"message"`
		Locations           []sarifLocation    `json:"locations"`
		RelatedLocations    []sarifLocation    `json:"relatedLocations,omitempty"`
		PartialFingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions        []sarifSuppression `json:"suppressions,omitempty"`
	}
	sarifLocation struct {
		ID               int            `json:"id,omitempty"`
		PhysicalLocation sarifPhysical  `json:"physicalLocation"`
		LogicalLocations []sarifLogical `json:"logicalLocations,omitempty"`
		Message          *sarifText     `json:"message,omitempty"`
	}
	sarifLogical struct {
		FullyQualifiedName string `json:"fullyQualifiedName"`
	}
	sarifPhysical struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI         string     `json:"uri,omitempty"`
		URIBaseID   string     `json:"uriBaseId,omitempty"`
		Description *sarifText `json:"description,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
)

// sourceRoot is the folder that paths are below. GitHub takes it for the top of the
// repository.
const sourceRoot = "%SRCROOT%"

func newLog(report preflight.Report, kinds []preflight.Kind) sarifLog {
	kinds = ruled(report.Findings, kinds)
	findings := worstFirst(report.Findings)
	run := sarifRun{
		Tool:               sarifTool{sarifDriver{Name: "keyless", Rules: make([]sarifRule, 0, len(kinds))}},
		OriginalURIBaseIDs: map[string]sarifArtifact{sourceRoot: {Description: &sarifText{Text: "the folder in which the check ran"}}},
		ColumnKind:         "unicodeCodePoints",
		Results:            make([]sarifResult, 0, len(findings)),
	}
	index := map[string]int{}
	for i, kind := range kinds {
		index[kind.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, newRule(kind))
	}
	if more := len(findings) - maxResults; more > 0 {
		findings = findings[:maxResults]
		said := fmt.Sprintf("%s left out, the least severe; --format json has all of them", identity.Count(more, "finding is", "findings are"))
		run.Invocations = []sarifInvocation{{true, []sarifNotification{{"warning", sarifText{Text: said}}}}}
	}
	prints := fingerprints{}
	for _, finding := range findings {
		run.Results = append(run.Results, newResult(finding, index[finding.Kind.ID], prints))
	}
	return sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}
}

// ruled are the kinds and those of the findings, each once, sorted by id.
func ruled(findings []preflight.Finding, kinds []preflight.Kind) []preflight.Kind {
	all := slices.Clone(kinds)
	for _, finding := range findings {
		all = append(all, finding.Kind)
	}
	slices.SortStableFunc(all, func(a, b preflight.Kind) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(all, func(a, b preflight.Kind) bool { return a.ID == b.ID })
}

// meaning says what a severity stands for, as preflight.Severity does.
var meaning = map[preflight.Severity]string{
	preflight.Error:   "a job will fail, or someone else can push",
	preflight.Warning: "the proof is incomplete, or wider than it should be",
	preflight.Note:    "it is worth knowing and breaks nothing",
}

// problemSeverity is a severity as GitHub writes it in a rule's properties.
var problemSeverity = map[preflight.Severity]string{
	preflight.Error:   "error",
	preflight.Warning: "warning",
	preflight.Note:    "recommendation",
}

func newRule(kind preflight.Kind) sarifRule {
	return sarifRule{
		ID:               kind.ID,
		Name:             kind.Title,
		ShortDescription: sarifText{Text: kind.Title},
		FullDescription:  sarifText{Text: fmt.Sprintf("%s: %s", kind.Title, meaning[kind.Severity])},
		Help: sarifText{
			Text:     fmt.Sprintf("docs/checks.md has an example of %s.", kind.ID),
			Markdown: fmt.Sprintf("**%s** (%s): %s. `docs/checks.md` has an example.", kind.ID, kind.Severity, meaning[kind.Severity]),
		},
		DefaultConfiguration: sarifConfiguration{kind.Severity.String()},
		Properties:           sarifProperties{[]string{"aws", "ecr", "eks", "github-actions"}, "very-high", problemSeverity[kind.Severity]},
	}
}

// newResult is a finding. GitHub does not read suppressions and opens an alert for
// what was waived too, so that is a note: it fails no pull request.
func newResult(f preflight.Finding, rule int, prints fingerprints) sarifResult {
	result := sarifResult{
		RuleID:              f.Kind.ID,
		RuleIndex:           rule,
		Level:               f.Kind.Severity.String(),
		Message:             sarifText{Text: message(f)},
		Locations:           []sarifLocation{{PhysicalLocation: physical(f.Place), LogicalLocations: logical(f.Place)}},
		PartialFingerprints: map[string]string{"keyless/v1": prints.of(f)},
	}
	for i, related := range f.Related[:min(len(f.Related), maxLocations)] {
		result.RelatedLocations = append(result.RelatedLocations,
			sarifLocation{ID: i + 1, PhysicalLocation: physical(related.Place), LogicalLocations: logical(related.Place), Message: &sarifText{Text: unlinked(related.What)}})
	}
	if f.Waived != "" {
		result.Level = preflight.Note.String()
		result.Suppressions = []sarifSuppression{{"inSource", brief(f.Waived, maxLine)}}
	}
	return result
}

// message is the finding as one text, in which "[text](1)" links to the related
// location 1.
func message(f preflight.Finding) string {
	said := unlinked(f.Problem)
	if f.Fix != "" {
		said += ". Fix: " + unlinked(f.Fix)
	}
	var links []string
	for i, related := range f.Related[:min(len(f.Related), maxLocations)] {
		what := strings.NewReplacer("[", "(", "]", ")").Replace(brief(related.What, maxLine))
		links = append(links, fmt.Sprintf("[%s](%d)", what, i+1))
	}
	if len(links) > 0 {
		said += ". See " + strings.Join(links, ", ")
	}
	return said
}

// unlinked is a value that has no link in a message.
func unlinked(value string) string {
	return strings.ReplaceAll(brief(value, maxLine), "](", "] (")
}

func physical(p source.Place) sarifPhysical {
	return sarifPhysical{artifact(p.File), sarifRegion{max(p.Line, 1), max(p.Column, 1)}}
}

func logical(p source.Place) []sarifLogical {
	if p.Resource() == "" {
		return nil
	}
	return []sarifLogical{{brief(p.Resource(), maxLine)}}
}

// artifact is the URI of a file. GitHub wants one for every result, so what has no
// file gets the name of none.
func artifact(file string) sarifArtifact {
	name := path.Clean(filepath.ToSlash(cmp.Or(file, "no-file")))
	uri := strings.ReplaceAll((&url.URL{Path: name}).EscapedPath(), ":", "%3A")
	if path.IsAbs(name) {
		return sarifArtifact{URI: "file://" + uri}
	}
	return sarifArtifact{URI: uri, URIBaseID: sourceRoot}
}

// fingerprints distinguish findings by what they say and not by their line, which
// others move; the number distinguishes those that say the same. GitHub goes by the
// hash of the line's text alone, which its upload action reads from the file where
// there is none, and about which it warns where it finds another.
type fingerprints map[string]int

func (f fingerprints) of(finding preflight.Finding) string {
	said := strings.Join([]string{finding.Kind.ID, finding.Place.File, finding.Problem}, "\x00")
	f[said]++
	return fmt.Sprintf("%x:%d", sha256.Sum256([]byte(said)), f[said])
}
