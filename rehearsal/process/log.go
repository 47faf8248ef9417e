package process

import (
	"bytes"
	"os"
	"strings"
)

// endLines is how much of a program's output an error shows.
const endLines = 5

// tail is the end of a log as an error shows it, "" if there is none.
func tail(log string) string {
	text, err := os.ReadFile(log)
	if err != nil {
		return ""
	}
	return end(text)
}

// end returns the end of an output as an error shows it: on separate lines, "" if there is
// none.
func end(output []byte) string {
	lines := strings.Split(string(bytes.TrimSpace(output)), "\n")
	if len(lines) > endLines {
		lines = lines[len(lines)-endLines:]
	}
	if lines[0] == "" {
		return ""
	}
	return "\n  " + strings.Join(lines, "\n  ")
}
