package policy

import (
	"slices"
	"strings"

	"keyless-runners/identity"
)

// Universe is the set of values that an attribute of a request can have, as an automaton
// that accepts them. Make one by Any, Subjects, ImageRepositoryARNs, OneOf or DNSNames.
type Universe struct {
	states []universeState
	// longest is the length of the longest value; 0: values have no bound.
	longest int
	// words reports that no value is a number, a date or an address; few are all values,
	// if they are few.
	words bool
	few   []string
}

// universeState is a state of the automaton. The first one is where it begins.
type universeState struct {
	accepts bool
	edges   []universeEdge
}

// universeEdge leads to another state by each of the characters; by any, if there is none.
type universeEdge struct {
	characters string
	to         int
}

const (
	alphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789"
	// maxSubdomain and maxLabel are the limits of RFC 1123 names that Kubernetes holds.
	maxSubdomain, maxLabel = 253, 63
	maxRepositoryName      = 256
)

// Any returns the universe of all texts but the empty one.
func Any() Universe {
	u := newUniverse()
	text := u.state()
	u.join(0, "", text)
	u.join(text, "", text)
	u.states[text].accepts = true
	return u
}

// OneOf returns the universe of the given values.
func OneOf(values ...string) Universe {
	u := newUniverse()
	u.few = values
	for _, value := range values {
		u.states[u.text(0, value)].accepts = true
	}
	return u
}

// Subjects returns the universe of the subjects of ServiceAccounts,
// system:serviceaccount:NAMESPACE:NAME, by the rules that Kubernetes has for both names.
func Subjects() Universe {
	u := newUniverse()
	u.words = true
	u.longest = len(identity.Subject{}.String()) + maxLabel + maxSubdomain
	prefix, _ := strings.CutSuffix(identity.Subject{}.String(), ":")
	namespace := u.label(u.text(0, prefix), false)
	u.label(u.text(namespace, ":"), true)
	return u
}

// Namespaces returns the universe of namespaces' names.
func Namespaces() Universe {
	u := newUniverse()
	u.longest = maxLabel
	u.states[u.label(0, false)].accepts = true
	return u
}

// ServiceAccounts returns the universe of ServiceAccounts' names.
func ServiceAccounts() Universe {
	u := newUniverse()
	u.longest = maxSubdomain
	u.label(0, true)
	return u
}

// ImageRepositoryARNs returns the universe of the ARNs of image repositories in the given
// registries, whatever their names. The account "" stands for all there can be.
func ImageRepositoryARNs(registries []identity.Registry) Universe {
	u := newUniverse()
	u.words = true
	start, letter := u.state(), u.state()
	letters, sign := u.state(), u.state()
	anyAccount := u.anyAccount()
	for _, registry := range registries {
		prefix := identity.ImageRepository{Registry: registry}.ARN()
		u.longest = max(u.longest, len(prefix)+accountDigits+maxRepositoryName)
		head, tail, _ := strings.Cut(prefix, ":"+string(registry.Region)+":")
		region := u.text(u.text(0, head), ":"+string(registry.Region))
		account, colon := strings.TrimSuffix(tail, repositoryPart), ":"
		if account == "" {
			u.join(region, colon, anyAccount.first)
			region, colon = anyAccount.last, ""
		}
		last := u.text(region, colon+account+repositoryPart[:len(repositoryPart)-1])
		if !slices.ContainsFunc(u.states[last].edges, func(edge universeEdge) bool { return edge.to == start }) {
			u.join(last, repositoryPart[len(repositoryPart)-1:], start)
		}
	}
	// ECR's names have two characters at least, and no two signs side by side.
	u.join(start, alphanumeric, letter)
	for _, from := range []int{letter, letters} {
		u.join(from, alphanumeric, letters)
		u.join(from, "._-/", sign)
	}
	u.join(sign, alphanumeric, letters)
	u.states[letters].accepts = true
	return u
}

// repositoryPart stands between the account and the name in the ARN of an image repository.
const repositoryPart = ":repository/"

const accountDigits = 12

// span is a way through an automaton.
type span struct{ first, last int }

// anyAccount is a way by twelve digits.
func (u *Universe) anyAccount() span {
	first := u.state()
	last := first
	for range accountDigits {
		next := u.state()
		u.join(last, "0123456789", next)
		last = next
	}
	return span{first, last}
}

func newUniverse() Universe {
	return Universe{states: make([]universeState, 1)}
}

func (u *Universe) state() int {
	u.states = append(u.states, universeState{})
	return len(u.states) - 1
}

func (u *Universe) join(from int, characters string, to int) {
	u.states[from].edges = append(u.states[from].edges, universeEdge{characters, to})
}

// text leads from a state by a text, along what is there already.
func (u *Universe) text(from int, text string) int {
	for _, character := range text {
		next := -1
		for _, edge := range u.states[from].edges {
			if edge.characters == string(character) {
				next = edge.to
			}
		}
		if next < 0 {
			next = u.state()
			u.join(from, string(character), next)
		}
		from = next
	}
	return from
}

// label leads from a state by a name of letters and digits with hyphens between them, and
// returns the state behind it. A subdomain, several of them with dots between, is accepted.
func (u *Universe) label(from int, subdomain bool) int {
	letters, hyphen := u.state(), u.state()
	u.join(from, alphanumeric, letters)
	u.join(letters, alphanumeric, letters)
	u.join(letters, "-", hyphen)
	u.join(hyphen, "-", hyphen)
	u.join(hyphen, alphanumeric, letters)
	if subdomain {
		u.join(letters, ".", from)
		u.states[letters].accepts = true
	}
	return letters
}

// Has reports whether the value is one of the universe.
func (u Universe) Has(value string) bool {
	if u.longest > 0 && len(value) > u.longest {
		return false
	}
	at := 0
	for _, character := range value {
		next := -1
		for _, edge := range u.states[at].edges {
			if edge.characters == "" || strings.ContainsRune(edge.characters, character) {
				next = edge.to
			}
		}
		if next < 0 {
			return false
		}
		at = next
	}
	return u.states[at].accepts
}
