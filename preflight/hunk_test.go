package preflight_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// hunk is a change of a text: whole lines that are there once, and those that come
// in their place.
type hunk struct{ before, after string }

func parseHunk(text string) (h hunk, err error) {
	for line := range strings.Lines(text + "\n") {
		switch line[0] {
		case ' ':
			h.before += line[1:]
			h.after += line[1:]
		case '-':
			h.before += line[1:]
		case '+':
			h.after += repeated(line[1:])
		default:
			return h, fmt.Errorf("line %q begins with none of blank, minus and plus", line)
		}
	}
	return h, nil
}

var repetition = regexp.MustCompile(`^(.*?) *\(n = 1 to ([0-9]+)\)\n$`)

// repeated is the line, as often as it says.
func repeated(line string) string {
	parts := repetition.FindStringSubmatch(line)
	if parts == nil {
		return line
	}
	times, _ := strconv.Atoi(parts[2])
	var all strings.Builder
	for n := range times {
		all.WriteString(strings.ReplaceAll(parts[1], "{n}", strconv.Itoa(n+1)) + "\n")
	}
	return all.String()
}

// apply changes a text by hunks, which are in its order, and says which objects
// are changed.
func apply(text, hunks string) (after string, changed []lines, err error) {
	var out strings.Builder
	var places []lines
	done := 0
	for part := range strings.SplitSeq(strings.Trim(hunks, "\n"), "\n\n") {
		h, err := parseHunk(part)
		if err != nil {
			return "", nil, err
		}
		at := len(text)
		if h.before != "" {
			at = strings.Index("\n"+text, "\n"+h.before)
		}
		if at < done || h.before != "" && strings.Count("\n"+text, "\n"+h.before) != 1 {
			return "", nil, fmt.Errorf("want these lines once, and behind those of the hunk before:\n%s", h.before)
		}
		out.WriteString(text[done:at])
		first := strings.Count(out.String(), "\n") + 1
		places = append(places, lines{first, first + max(strings.Count(h.after, "\n"), 1) - 1})
		out.WriteString(h.after)
		done = at + len(h.before)
	}
	out.WriteString(text[done:])
	for _, place := range places {
		changed = append(changed, objectOf(out.String(), place))
	}
	return out.String(), changed, nil
}

// The first lines of Kubernetes objects, and of a template's resources and a
// workflow's jobs.
var (
	kubernetesObject = regexp.MustCompile(`^(apiVersion:|---$)`)
	namedObject      = regexp.MustCompile(`^ {0,2}\w+:`)
)

// objectOf widens lines to the object that they are in.
func objectOf(text string, around lines) lines {
	all := strings.Split(text, "\n")
	begins := namedObject
	if strings.HasPrefix(text, "apiVersion:") {
		begins = kubernetesObject
	}
	for around.first > 1 && !begins.MatchString(all[around.first-1]) {
		around.first--
	}
	for around.last < len(all) && !begins.MatchString(all[around.last]) {
		around.last++
	}
	return around
}
