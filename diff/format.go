package diff

import (
	"fmt"
	"io"
	"slices"

	"keyless-runners/preflight/report"
)

// Formats are the formats of a difference: text for a terminal, JSON for
// programs, and Markdown for a job summary or a comment of a pull request.
var Formats = []report.Format{report.Text, report.JSON, report.Markdown}

// CheckFormat returns an error unless the format is one of Formats.
func CheckFormat(format report.Format) error {
	if slices.Contains(Formats, format) {
		return nil
	}
	return fmt.Errorf("unknown format %q: want text, json or markdown", format)
}

// Write writes the difference. It returns the error of CheckFormat or of the writer.
func Write(out io.Writer, format report.Format, d Difference) error {
	if err := CheckFormat(format); err != nil {
		return err
	}
	var written []byte
	var err error
	switch format {
	case report.JSON:
		written, err = report.Encode(newDocument(d))
	case report.Markdown:
		written = markdown(d)
	default:
		written = plainText(d)
	}
	if err != nil {
		return err
	}
	_, err = out.Write(written)
	return err
}
