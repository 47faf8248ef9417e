package preflight

import (
	"bytes"
	"regexp"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// waiverComment is "# keyless: waive KR012 reason", behind a value or on a line of
// its own.
var waiverComment = regexp.MustCompile(`^(.*)#\s*keyless:\s*waive\s+(\S+)[ \t]*(.*)$`)

// waivers returns the waivers in the comments of a file. One behind a value waives what is
// found on its line, one on a separate line what is found on the next that is no
// comment.
func waivers(file string, text []byte) []facts.Waiver {
	if !bytes.Contains(text, []byte("keyless:")) {
		return nil
	}
	var found []facts.Waiver
	lines := strings.Split(string(text), "\n")
	for i, line := range lines {
		parts := waiverComment.FindStringSubmatch(line)
		if parts == nil {
			continue
		}
		at := i
		if strings.TrimSpace(parts[1]) == "" {
			at = nextValue(lines, i)
		}
		found = append(found, facts.Waiver{
			ID: parts[2], Reason: strings.TrimSpace(parts[3]),
			Place: source.Place{File: file, Line: i + 1}, First: at + 1, Last: at + 1,
		})
	}
	return found
}

// nextValue is the next line that is neither empty nor a comment.
func nextValue(lines []string, at int) int {
	for at++; at < len(lines); at++ {
		if text := strings.TrimSpace(lines[at]); text != "" && !strings.HasPrefix(text, "#") {
			break
		}
	}
	return at
}
