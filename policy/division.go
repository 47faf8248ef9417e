package policy

import (
	"encoding/binary"
	"slices"
)

// division is a universe that is being divided. The automata of the universe and of the
// patterns with wildcards run side by side; the patterns without are one tree of letters.
type division struct {
	universe Universe
	patterns []Pattern
	// wild are the numbers of the patterns with wildcards.
	wild []int
	tree []letterNode
	// letters are the characters that occur in patterns, in order.
	letters []rune
	states  []divided
	seen    map[string]int
	// places and key are memory for the state that is looked up.
	places [][]int
	key    []byte
	// steps counts how often a place in a pattern was held against a character.
	steps int
}

// letterNode is a node of the tree of letters: what the patterns without wildcards begin with.
type letterNode struct {
	next map[rune]int
	// ends are the numbers of the patterns that end here.
	ends []int
}

// off is where a value is that no pattern without wildcards begins with.
const off = -1

// divided is a state of all automata.
type divided struct {
	universe, branch int
	// places are where each pattern with wildcards is.
	places [][]int
	// before is the state from which it was reached first, and by which character.
	before    int
	character rune
	// ways counts the values that lead here, up to 2.
	ways int
	next []following
}

// following is a state that follows another, and how many characters lead there, up to 2.
type following struct{ state, characters int }

func newDivision(u Universe, patterns []Pattern) *division {
	d := &division{universe: u, patterns: patterns, tree: make([]letterNode, 1), seen: map[string]int{}}
	start := divided{before: -1, ways: 1}
	for i, pattern := range patterns {
		d.letters = append(d.letters, pattern.letters()...)
		if pattern.isLiteral() {
			d.plant(i)
			continue
		}
		d.wild = append(d.wild, i)
		start.places = append(start.places, pattern.start())
	}
	slices.Sort(d.letters)
	d.letters = slices.Compact(d.letters)
	d.places = make([][]int, len(d.wild))
	d.reach(start)
	return d
}

// plant puts a pattern without wildcards into the tree.
func (d *division) plant(pattern int) {
	at := 0
	for _, letter := range d.patterns[pattern].literal() {
		if d.tree[at].next == nil {
			d.tree[at].next = map[rune]int{}
		}
		next, there := d.tree[at].next[letter]
		if !there {
			next = len(d.tree)
			d.tree = append(d.tree, letterNode{})
			d.tree[at].next[letter] = next
		}
		at = next
	}
	d.tree[at].ends = append(d.tree[at].ends, pattern)
}

// run visits the states, those of short values first.
func (d *division) run() ([]Class, error) {
	for at := 0; at < len(d.states); at++ {
		if len(d.states) > maxStates || d.steps > maxSteps {
			return nil, ErrTooManyStates
		}
		for _, edge := range d.universe.states[d.states[at].universe].edges {
			d.follow(at, edge)
		}
	}
	d.countWays()
	return d.classes(), nil
}

// follow finds the states to which an edge of the universe leads: by each of its
// characters that occurs in a pattern, and by one that stands for all others.
func (d *division) follow(at int, edge universeEdge) {
	if edge.characters == "" {
		other := 'a'
		for _, letter := range d.letters {
			d.step(at, edge.to, letter, 1)
			if letter == other {
				other++
			}
		}
		d.step(at, edge.to, other, 2)
		return
	}
	others := d.othersIn(edge)
	for _, letter := range edge.characters {
		if _, occurs := slices.BinarySearch(d.letters, letter); occurs {
			d.step(at, edge.to, letter, 1)
		} else if others > 0 {
			d.step(at, edge.to, letter, min(2, others))
			others = 0
		}
	}
}

// othersIn counts the characters of an edge that occur in no pattern.
func (d *division) othersIn(edge universeEdge) (n int) {
	for _, letter := range edge.characters {
		if _, occurs := slices.BinarySearch(d.letters, letter); !occurs {
			n++
		}
	}
	return n
}

func (d *division) step(at, universe int, character rune, characters int) {
	from := d.states[at]
	next := divided{universe: universe, branch: off, before: at, character: character, places: d.places}
	if from.branch != off {
		if branch, there := d.tree[from.branch].next[character]; there {
			next.branch = branch
		}
	}
	for i, places := range from.places {
		d.steps += len(places) + 1
		d.places[i] = d.patterns[d.wild[i]].step(d.places[i][:0], places, character)
	}
	d.states[at].next = append(d.states[at].next, following{d.reach(next), characters})
}

// reach is the number of a state, which is a new one if it was not met before.
func (d *division) reach(state divided) int {
	d.key = state.appendKey(d.key[:0])
	at, met := d.seen[string(d.key)]
	if !met {
		at = len(d.states)
		d.seen[string(d.key)] = at
		state.places = slices.Clone(state.places)
		for i, places := range state.places {
			state.places[i] = slices.Clone(places)
		}
		d.states = append(d.states, state)
	}
	return at
}

// appendKey appends what distinguishes states.
func (s divided) appendKey(key []byte) []byte {
	key = binary.AppendVarint(key, int64(s.branch))
	key = binary.AppendUvarint(key, uint64(s.universe))
	for _, places := range s.places {
		key = binary.AppendUvarint(key, uint64(len(places)))
		for _, place := range places {
			key = binary.AppendUvarint(key, uint64(place))
		}
	}
	return key
}

// countWays separates states that one value leads to from those that several do.
func (d *division) countWays() {
	type more struct{ state, ways int }
	left := []more{{0, 1}}
	for len(left) > 0 {
		from := left[len(left)-1]
		left = left[:len(left)-1]
		for _, next := range d.states[from.state].next {
			ways := min(from.ways*next.characters, 2-d.states[next.state].ways)
			if ways > 0 {
				d.states[next.state].ways += ways
				left = append(left, more{next.state, ways})
			}
		}
	}
}

// classes puts the accepting states together at which the same patterns match.
func (d *division) classes() []Class {
	var classes []Class
	at := map[string]int{}
	for _, state := range d.states {
		if !d.universe.states[state.universe].accepts {
			continue
		}
		value := d.value(state)
		if d.universe.longest > 0 && len(value) > d.universe.longest {
			continue
		}
		matches := d.matches(state)
		var key []byte
		for _, match := range matches {
			key = binary.AppendUvarint(key, uint64(match))
		}
		class, met := at[string(key)]
		if !met {
			at[string(key)] = len(classes)
			classes = append(classes, Class{Representative: value, Single: state.ways == 1, Matches: matches})
			continue
		}
		classes[class].Single = false
	}
	return classes
}

// value is the first that leads to a state.
func (d *division) value(state divided) string {
	var letters []rune
	for state.before >= 0 {
		letters = append(letters, state.character)
		state = d.states[state.before]
	}
	slices.Reverse(letters)
	return string(letters)
}

// matches are the numbers of the patterns that match what leads to a state.
func (d *division) matches(state divided) []int {
	var matches []int
	for i, places := range state.places {
		if d.patterns[d.wild[i]].ends(places) {
			matches = append(matches, d.wild[i])
		}
	}
	if state.branch != off {
		matches = append(matches, d.tree[state.branch].ends...)
	}
	slices.Sort(matches)
	return matches
}
