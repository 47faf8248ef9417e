package report_test

import (
	"bytes"
	"errors"
	"testing"

	"keyless-runners/preflight/report"
)

func TestReportsAreWrittenAsTheirGoldenFiles(t *testing.T) {
	for _, c := range []struct {
		format report.Format
		ending string
	}{
		{report.Text, "txt"},
		{report.JSON, "json"},
		{report.SARIF, "sarif"},
		{report.Markdown, "md"},
	} {
		wantGolden(t, "proved."+c.ending, write(t, c.format, proved()))
		wantGolden(t, "flawed."+c.ending, write(t, c.format, flawed()))
	}
}

func TestWriteRefusesUnknownFormats(t *testing.T) {
	for format, want := range map[report.Format]string{
		"jsn":  `unknown format "jsn": want text, json, sarif or markdown; did you mean "json"?`,
		"JSON": `unknown format "JSON": want text, json, sarif or markdown; did you mean "json"?`,
		"html": `unknown format "html": want text, json, sarif or markdown`,
		"":     `unknown format "": want text, json, sarif or markdown`,
	} {
		var out bytes.Buffer
		if err := report.Write(&out, format, proved(), nil); err == nil || err.Error() != want || out.Len() > 0 {
			t.Errorf("%q: got error %v and %q, want %s and nothing", format, err, out.String(), want)
		}
	}
}

func TestEveryFormatIsKnown(t *testing.T) {
	for _, format := range report.Formats() {
		if err := format.Check(); err != nil {
			t.Error(err)
		}
	}
}

// full takes nothing.
type full struct{}

var errFull = errors.New("no space left on device")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteReturnsTheWritersError(t *testing.T) {
	for _, format := range report.Formats() {
		if err := report.Write(full{}, format, proved(), kinds); !errors.Is(err, errFull) {
			t.Errorf("%s: got %v, want %v", format, err, errFull)
		}
	}
}

func TestReportsAreTheSameEachTime(t *testing.T) {
	for _, format := range report.Formats() {
		first := write(t, format, flawed())
		for range 5 {
			if again := write(t, format, flawed()); again != first {
				t.Fatalf("%s: got\n%s\nand then\n%s", format, first, again)
			}
		}
	}
}
