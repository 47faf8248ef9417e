package migrate

import (
	"bytes"
	"cmp"
	"slices"
)

// fileText is the content of a file while it is being changed.
type fileText struct {
	content []byte
	// lines has the line of the file as it was, from 1, that each byte is of.
	lines []int
}

func newText(content []byte) *fileText {
	t := &fileText{content: content, lines: make([]int, len(content))}
	starts := lineStarts(content)
	for i, start := range starts {
		for at := start; at < lineEnd(starts, i, content); at++ {
			t.lines[at] = i + 1
		}
	}
	return t
}

// originOf is the line of the file as it was, for a line of the text as it is; both count
// from 1.
func (t *fileText) originOf(line int) int {
	starts := lineStarts(t.content)
	if line < 1 || line > len(starts) || starts[line-1] >= len(t.lines) {
		return line
	}
	return t.lines[starts[line-1]]
}

// splice puts a text in the place of the bytes from start to end.
type splice struct {
	start, end int
	with       string
}

// spliced is the text with all of the changes. One that is within another, or the same again,
// counts once; of two that cut more than that, the later begins where the earlier ends.
func (t *fileText) spliced(splices []splice) *fileText {
	slices.SortStableFunc(splices, func(a, b splice) int { return cmp.Or(a.start-b.start, b.end-a.end) })
	after := &fileText{}
	at := 0
	var last splice
	for i, s := range splices {
		if i > 0 && (s == last || s.end <= at && s.start < at) {
			continue
		}
		s.start = max(s.start, at)
		after.content = append(append(after.content, t.content[at:s.start]...), s.with...)
		after.lines = append(after.lines, t.lines[at:s.start]...)
		line := 1
		if len(t.lines) > 0 {
			line = t.lines[min(s.start, len(t.lines)-1)]
		}
		after.lines = append(after.lines, slices.Repeat([]int{line}, len(s.with))...)
		at, last = s.end, s
	}
	after.content = append(after.content, t.content[at:]...)
	after.lines = append(after.lines, t.lines[at:]...)
	return after
}

// breaks are the characters that end a line in YAML (YAML 1.1, "Line Break Characters").
var breaks = [][]byte{[]byte("\r\n"), []byte("\n"), []byte("\r"), []byte("\u0085"), []byte("\u2028"), []byte("\u2029")}

// lineStarts are the offsets at which lines begin, as YAML counts them.
func lineStarts(content []byte) []int {
	starts := []int{0}
	for at := 0; at < len(content); {
		length := 0
		for _, sign := range breaks {
			if bytes.HasPrefix(content[at:], sign) {
				length = len(sign)
				break
			}
		}
		if length > 0 {
			starts = append(starts, at+length)
		}
		at += max(length, 1)
	}
	return starts
}

// lineEnd is the offset behind a line, counted from 0, and its end.
func lineEnd(starts []int, line int, content []byte) int {
	if line+1 < len(starts) {
		return starts[line+1]
	}
	return len(content)
}

// newline is the end of line that the text has.
func newline(content []byte) string {
	if bytes.Contains(content, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}
