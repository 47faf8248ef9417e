package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// pieces are a string with holes, one after the other. Two known pieces
// never follow each other, and none is empty.
type pieces []piece

type piece struct {
	kind pieceKind
	// text is the piece if it is known, else why it is not.
	text string
}

type pieceKind uint8

const (
	kindKnown pieceKind = iota
	// kindUnknown is not known, and may be another string each time.
	kindUnknown
	// kindFixed is not known, and the same throughout a run.
	kindFixed
	// kindBranch is fixed, and the same in the next run on the branch; kindContent is the same in
	// another run with the same files, or on the same day.
	kindBranch
	kindContent
	// kindMissing reports that nothing declares it, so that "||" passes it over. Elsewhere it is not
	// known what the author meant.
	kindMissing
	// kindUnset is a variable that nothing in the workflow sets: it is empty, unless the runner or
	// something that is not read has set it.
	kindUnset
	// kindFresh is not known because the run itself makes it.
	kindFresh
	// kindStandIn is what the files of the runner determine and the workflow does not, such as
	// facts.RoleAccount.
	kindStandIn
	// kindRegistryOfLogin is the registry of a login, whose place is the text.
	kindRegistryOfLogin
)

// set is the alternative where its variables are set.
func (a alternative) set() alternative {
	all := slices.Clone(a.text)
	for i := range all {
		if all[i].kind == kindUnset {
			all[i].kind = kindUnknown
		}
	}
	a.text = all
	return a
}

func (k pieceKind) isFixed() bool { return k == kindFixed || k == kindBranch }

// What a text may have at the most: beyond, it is unknown as a whole.
const (
	maxText   = 1 << 14
	maxPieces = 64
)

func textOf(value string) pieces {
	if value == "" {
		return nil
	}
	return pieces{{kindKnown, value}}
}

// textStanding is a text with stand-ins in it.
func textStanding(value string) pieces {
	for _, of := range []string{facts.RoleAccount, facts.PodRegion, facts.PodDefaultRegion} {
		if before, after, found := strings.Cut(value, of); found {
			return append(append(textStanding(before), piece{kindStandIn, of}), textStanding(after)...)
		}
	}
	return textOf(value)
}

// standing returns the text if nothing of it is unknown but what stands for something else.
func (t pieces) standing() (value string, ok bool) {
	for _, p := range t {
		if p.kind != kindKnown && p.kind != kindStandIn {
			return "", false
		}
		value += p.text
	}
	return value, true
}

func textUnknown(why string) pieces {
	return pieces{{kindUnknown, why}}
}

// known returns the text if nothing of it is unknown.
func (t pieces) known() (value string, ok bool) {
	switch {
	case len(t) == 0:
		return "", true
	case len(t) == 1 && t[0].kind == kindKnown:
		return t[0].text, true
	}
	return "", false
}

func (t pieces) has(kind pieceKind) bool {
	return slices.ContainsFunc(t, func(p piece) bool { return p.kind == kind })
}

// repeats says that a text which is not known is the same in another run on the branch, or
// with the same files.
func (t pieces) repeats() bool {
	return slices.ContainsFunc(t, func(p piece) bool { return p.kind != kindKnown }) &&
		!slices.ContainsFunc(t, func(p piece) bool { return p.kind != kindKnown && p.kind != kindBranch && p.kind != kindContent })
}

// sameInJobs says that a text is the same in all jobs of a run in which it is written alike.
func (t pieces) sameInJobs() bool {
	return !slices.ContainsFunc(t, func(p piece) bool {
		return p.kind != kindKnown && p.kind != kindRegistryOfLogin && p.kind != kindStandIn && !p.kind.isFixed() || p.text == metadataMakes
	})
}

func (t pieces) why() string {
	for _, p := range t {
		switch p.kind {
		case kindKnown:
		case kindRegistryOfLogin:
			return "the login decides the registry"
		case kindStandIn:
			return standsFor[p.text] + " is known only when the job runs"
		default:
			return p.text
		}
	}
	return ""
}

// size is how much the text costs.
func (t pieces) size() int {
	size := 1
	for _, p := range t {
		size += len(p.text) + 8
	}
	return size
}

func (t pieces) and(other pieces) pieces {
	switch {
	case len(t) == 0:
		return other
	case len(other) == 0:
		return t
	case len(t)+len(other) > maxPieces || t.size()+other.size() > maxText:
		return pieces{{kindUnknown, "it is too long to follow"}}
	}
	joined := make(pieces, 0, len(t)+len(other))
	joined = append(joined, t...)
	if last := &joined[len(joined)-1]; last.kind == kindKnown && other[0].kind == kindKnown {
		last.text += other[0].text
		other = other[1:]
	}
	return append(joined, other...)
}

// cut returns what is before and behind the first of the signs that is known to be
// there.
func (t pieces) cut(signs string) (before pieces, sign byte, after pieces) {
	for i, p := range t {
		if p.kind != kindKnown {
			continue
		}
		if at := strings.IndexAny(p.text, signs); at >= 0 {
			before = append(append(before, t[:i]...), textOf(p.text[:at])...)
			after = append(append(after, textOf(p.text[at+1:])...), t[i+1:]...)
			return before, p.text[at], after
		}
	}
	return t, 0, nil
}

// before is the text up to the first of the signs that is known to be there.
func (t pieces) before(signs string) pieces {
	before, _, _ := t.cut(signs)
	return before
}

// cutPrefix takes off a prefix that is known to be there.
func (t pieces) cutPrefix(prefix string) (rest pieces, ok bool) {
	if len(t) == 0 || t[0].kind != kindKnown || !strings.HasPrefix(t[0].text, prefix) {
		return t, prefix == ""
	}
	return append(textOf(t[0].text[len(prefix):]), t[1:]...), true
}

// trim takes off the blanks around the text.
func (t pieces) trim() pieces {
	if len(t) == 0 {
		return nil
	}
	trimmed := append(pieces{}, t...)
	if first := &trimmed[0]; first.kind == kindKnown {
		first.text = strings.TrimLeft(first.text, " \t\r\n")
	}
	if last := &trimmed[len(trimmed)-1]; last.kind == kindKnown {
		last.text = strings.TrimRight(last.text, " \t\r\n")
	}
	var rest pieces
	for _, p := range trimmed {
		if p.kind != kindKnown || p.text != "" {
			rest = append(rest, p)
		}
	}
	return rest
}

// unquoted takes off the double quotes around the text, or the one that is there.
func (t pieces) unquoted() pieces {
	if rest, ok := t.cutPrefix(`"`); ok {
		t = rest
	}
	return t.trimSuffix(`"`)
}

// trimSuffix takes off a suffix, if it is known to be there.
func (t pieces) trimSuffix(suffix string) pieces {
	if last := len(t) - 1; last >= 0 && t[last].kind == kindKnown {
		t = append(append(pieces{}, t[:last]...), textOf(strings.TrimSuffix(t[last].text, suffix))...)
	}
	return t
}

// replaced is the text with another sign in place of one, as far as that is known to be there.
func (t pieces) replaced(old, with string) pieces {
	all := slices.Clone(t)
	for i := range all {
		if all[i].kind == kindKnown {
			all[i].text = strings.ReplaceAll(all[i].text, old, with)
		}
	}
	return all
}

// split cuts the text at every one of the signs that is known to be there, and
// leaves out what is empty.
func (t pieces) split(signs string) []pieces {
	var parts []pieces
	for len(t) > 0 {
		before, _, after := t.cut(signs)
		if before = before.trim(); len(before) > 0 {
			parts = append(parts, before)
		}
		t = after
	}
	return parts
}

// standsFor names what the stand-ins are.
var standsFor = map[string]string{
	facts.RoleAccount:      "the account of the runner's role",
	facts.PodRegion:        "the AWS_REGION of the runner's Pod",
	facts.PodDefaultRegion: "the AWS_DEFAULT_REGION of the runner's Pod",
}

// hostFact is the name of a host as a fact, in which stand-ins may be.
func (t pieces) hostFact(at source.Place) facts.Text {
	if value, ok := t.standing(); ok {
		return facts.Text{Value: value, Place: at, There: true}
	}
	return t.fact(at)
}

func (t pieces) fact(at source.Place) facts.Text {
	if value, ok := t.known(); ok {
		return facts.Text{Value: value, Place: at, There: true}
	}
	return facts.Text{Unknown: t.why(), Place: at, There: true}
}

// ofRepository is the text with stand-ins for what the source repository decides, "" if that is not all that is unknown.
func (t pieces) ofRepository() (pattern string) {
	for _, p := range t {
		standIn := repositoryStandIns[strings.TrimSuffix(p.text, onlyThen)]
		switch {
		case p.kind == kindKnown:
			standIn = p.text
		case p.kind != kindFixed || standIn == "":
			return ""
		}
		pattern += standIn
	}
	return pattern
}

// repositoryStandIns are what stands for each way to write what the source repository decides.
var repositoryStandIns = map[string]string{
	"github.repository":       facts.SourceRepository,
	"$GITHUB_REPOSITORY":      facts.SourceRepository,
	"${GITHUB_REPOSITORY,,}":  facts.LowerSourceRepository,
	"github.repository_owner": facts.RepositoryOwner, "$GITHUB_REPOSITORY_OWNER": facts.RepositoryOwner,
	"${GITHUB_REPOSITORY#*/}": facts.RepositoryName, "${GITHUB_REPOSITORY##*/}": facts.RepositoryName,
}
