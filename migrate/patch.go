package migrate

import (
	"bytes"
	"fmt"
)

// Patch returns the changes to the source repository, as "git apply" reads them there; empty if
// nothing does.
func (r Result) Patch() []byte {
	var patch bytes.Buffer
	for _, change := range r.Changes {
		fmt.Fprintf(&patch, "diff --git a/%s b/%[1]s\n--- a/%[1]s\n+++ b/%[1]s\n", change.Path)
		writeHunks(&patch, change.lines())
	}
	return patch.Bytes()
}

// diffLine is a line of a patch: of both files (' '), of the one before ('-') or of the one
// after ('+').
type diffLine struct {
	sign byte
	text []byte
}

// lines are the lines of both files. Which line of the one a line of the other was is known from
// the changes, so nothing is guessed: a line that stays is never shown.
func (c Change) lines() (lines []diffLine) {
	before, after := splitLines(c.Before), splitLines(c.After)
	starts, yamlStarts := map[int]int{}, lineStarts(c.Before)
	for i, at := 0, 0; i < len(before); i++ {
		starts[at] = i
		at += len(before[i])
	}
	next, at := 0, 0
	for _, line := range after {
		if was, known := starts[yamlStarts[c.origin[at]-1]]; known && was >= next && bytes.Equal(before[was], line) {
			for ; next < was; next++ {
				lines = append(lines, diffLine{'-', before[next]})
			}
			lines = append(lines, diffLine{' ', line})
			next++
		} else {
			lines = append(lines, diffLine{'+', line})
		}
		at += len(line)
	}
	for ; next < len(before); next++ {
		lines = append(lines, diffLine{'-', before[next]})
	}
	return removedFirst(lines)
}

// splitLines are the lines as git has them, each with its end.
func splitLines(content []byte) (lines [][]byte) {
	for line := range bytes.Lines(content) {
		lines = append(lines, line)
	}
	return lines
}

// removedFirst puts the lines that go before those that come, where they meet.
func removedFirst(lines []diffLine) (sorted []diffLine) {
	for i := 0; i < len(lines); {
		end := i
		for end < len(lines) && (lines[end].sign == ' ') == (lines[i].sign == ' ') {
			end++
		}
		for _, sign := range []byte(" -+") {
			for _, line := range lines[i:end] {
				if line.sign == sign {
					sorted = append(sorted, line)
				}
			}
		}
		i = end
	}
	return sorted
}

// context is how many lines that stay are shown around those that change.
const context = 3

func writeHunks(patch *bytes.Buffer, lines []diffLine) {
	before, after := 1, 1 // the numbers of the lines at i
	for i := 0; i < len(lines); {
		start, end := hunk(lines, i)
		if start < 0 {
			return
		}
		before, after = before+start-i, after+start-i
		old, new := 0, 0
		for _, line := range lines[start:end] {
			if line.sign != '+' {
				old++
			}
			if line.sign != '-' {
				new++
			}
		}
		fmt.Fprintf(patch, "@@ -%d,%d +%d,%d @@\n", before, old, after, new)
		for _, line := range lines[start:end] {
			patch.WriteByte(line.sign)
			patch.Write(line.text)
			if !bytes.HasSuffix(line.text, []byte("\n")) {
				patch.WriteString("\n\\ No newline at end of file\n")
			}
		}
		before, after, i = before+old, after+new, end
	}
}

// hunk is the next part of the lines, from i on, that has changes, with what is around it; -1
// if there is none.
func hunk(lines []diffLine, i int) (start, end int) {
	first := i
	for first < len(lines) && lines[first].sign == ' ' {
		first++
	}
	if first == len(lines) {
		return -1, -1
	}
	last := first
	for at := first; at < len(lines) && at <= last+2*context; at++ {
		if lines[at].sign != ' ' {
			last = at
		}
	}
	return max(i, first-context), min(len(lines), last+1+context)
}
