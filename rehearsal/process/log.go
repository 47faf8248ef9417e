package process

import (
	"bytes"
	"os"
	"strings"
)

// tailLines is how much of a log an error shows.
const tailLines = 5

// tail is the end of a log as an error shows it: on lines of its own, "" if there
// is none.
func tail(log string) string {
	text, err := os.ReadFile(log)
	if err != nil {
		return ""
	}
	lines := strings.Split(string(bytes.TrimSpace(text)), "\n")
	if len(lines) > tailLines {
		lines = lines[len(lines)-tailLines:]
	}
	if lines[0] == "" {
		return ""
	}
	return "\n  " + strings.Join(lines, "\n  ")
}
