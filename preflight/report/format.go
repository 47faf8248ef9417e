package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight"
)

// Format says how a report is written: "text", "json", "sarif" or "markdown".
type Format string

const (
	// Text is made for a terminal and for pipes.
	Text Format = "text"
	// JSON has everything that is known, for programs.
	JSON Format = "json"
	// SARIF is the format for GitHub's code scanning.
	SARIF Format = "sarif"
	// Markdown is made for a job summary and for a comment on a pull request.
	Markdown Format = "markdown"
)

// Formats lists the formats that Check accepts.
func Formats() []Format {
	return []Format{Text, JSON, SARIF, Markdown}
}

// Check reports a format that is not one of Formats, with the one that was probably
// meant.
func (f Format) Check() error {
	if slices.Contains(Formats(), f) {
		return nil
	}
	meant := identity.Closest(Format(strings.ToLower(string(f))), Formats())
	return fmt.Errorf("unknown format %q: want text, json, sarif or markdown%s", f, identity.DidYouMean(meant))
}

// Write writes the report. The kinds are those that Check looks for, found or not;
// SARIF lists them. It returns the error of Format.Check or of the writer.
func Write(out io.Writer, format Format, report preflight.Report, kinds []preflight.Kind) error {
	if err := format.Check(); err != nil {
		return err
	}
	var written []byte
	var err error
	switch format {
	case Text:
		written = text(report)
	case JSON:
		written, err = Encode(newDocument(report))
	case SARIF:
		written, err = Encode(newLog(report, kinds))
	case Markdown:
		written = markdown(report)
	}
	if err != nil {
		return err
	}
	_, err = out.Write(written)
	return err
}
