package github

import (
	"slices"
	"strings"

	"github.com/distribution/reference"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// maxRefused is how many names of a job are quoted at the most.
const maxRefused = 100

// refused adds an image name that Docker refuses, whatever stands for what is not known of
// it. One with signs that are meant for a shell or another tool is not judged.
func (j *job) refused(ref text, at source.Place) {
	if len(j.fact.Refused) == maxRefused || !slices.ContainsFunc(ref, func(p piece) bool { return p.kind == known && strings.ContainsAny(p.text, ":/") }) {
		return
	}
	var spelled string
	for _, unknown := range []string{"1", "1/1"} {
		spelled = ""
		for _, p := range ref {
			switch p.kind {
			case known:
				spelled += p.text
			case registryOfLogin:
				spelled += "registry.example"
			default:
				spelled += unknown
			}
		}
		spelled, _, _ = strings.Cut(spelled, "@")
		if isPlain(spelled) {
			return
		}
		if _, err := reference.ParseNormalizedNamed(spelled); err == nil || isWrong(spelled) {
			return
		}
	}
	shown := ref.shown()
	if !slices.ContainsFunc(j.fact.Refused, func(other facts.Text) bool { return other.Value == shown }) {
		j.fact.Refused = append(j.fact.Refused, facts.Text{Value: shown, Place: at, There: true})
	}
}

// isPlain reports whether a name is one that Docker takes, without its grammar: in lower case,
// with one colon at the most, and letters or digits around every other sign. Most are.
func isPlain(name string) bool {
	separated, colons := true, 0
	for i := range len(name) {
		switch c := name[i]; {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			separated = false
		case separated || strings.IndexByte("._-/:", c) < 0:
			return false
		default:
			separated = true
			if c == ':' {
				colons++
			}
		}
	}
	return !separated && colons <= 1 && (colons == 0 || strings.LastIndexByte(name, ':') > strings.LastIndexByte(name, '/'))
}

// shown is the text as a message can quote it, with "*" for what is not known.
func (t text) shown() string {
	var shown strings.Builder
	for _, p := range t {
		if p.kind == known {
			shown.WriteString(p.text)
		} else {
			shown.WriteString("*")
		}
	}
	return shown.String()
}
