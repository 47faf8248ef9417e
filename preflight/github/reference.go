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

// fillings stand for what is not known of a name: a part of it, and two.
var fillings = []string{"1", "1/1"}

// refused adds an image name that Docker refuses, whatever stands for what is not known of
// it. One with signs that are meant for a shell or another tool is not judged.
func (j *job) refused(ref pieces, at source.Place) {
	if last := len(ref) - 1; last > 0 && ref[last].isNothing() && strings.HasSuffix(ref[last-1].text, ":") {
		ref = ref[:last] // GitHub makes an empty tag of it
	}
	written := slices.ContainsFunc(ref, func(p piece) bool { return p.kind == kindKnown && strings.ContainsAny(p.text, ":/") })
	if !written {
		return
	}
	if slices.ContainsFunc(fillings, func(filling string) bool { return mayBeName(ref.filled(filling)) }) {
		return
	}
	j.refuse(ref, at)
}

// isNothing reports whether GitHub makes nothing of the piece.
func (p piece) isNothing() bool { return p.kind == kindMissing || p.isOfNone() }

// isOfNone reports whether the piece is of a step or a job that is not there.
func (p piece) isOfNone() bool {
	return strings.HasPrefix(p.text, noStep) || strings.HasSuffix(p.text, notNeeded) || strings.HasSuffix(p.text, notDeclared)
}

// isNothing reports whether GitHub makes nothing of the value in every run.
func (v value) isNothing() bool {
	return !slices.ContainsFunc(v, func(a alternative) bool {
		return slices.ContainsFunc(a.text, func(p piece) bool { return !p.isNothing() })
	})
}

// refuse adds an image name that is refused.
func (j *job) refuse(ref pieces, at source.Place) {
	shown := ref.filled("*")
	if len(j.fact.Refused) < maxRefused && !slices.ContainsFunc(j.fact.Refused, func(other facts.Text) bool { return other.Value == shown }) {
		j.fact.Refused = append(j.fact.Refused, facts.Text{Value: shown, Place: at, There: true})
	}
}

// filled is the text with something in place of what is not known.
func (t pieces) filled(with string) string {
	var filled strings.Builder
	for _, p := range t {
		switch {
		case p.kind == kindKnown:
			filled.WriteString(p.text)
		case slices.Contains(fullRefs, p.text):
			filled.WriteString("refs/" + with)
		default:
			filled.WriteString(with)
		}
	}
	return filled.String()
}

// mayBeName reports whether Docker takes the name, or it is not judged. A digest is not.
func mayBeName(name string) bool {
	name, _, _ = strings.Cut(name, "@")
	if isPlain(name) || isWrong(strings.ReplaceAll(name, ",", "")) {
		return true
	}
	_, err := reference.ParseNormalizedNamed(name)
	return err == nil
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
