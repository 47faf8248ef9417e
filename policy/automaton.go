package policy

import (
	"slices"
	"strings"
	"unicode"
)

// Pattern is the automaton of a value in a document, for one condition operator or for
// Resource.
type Pattern struct {
	// Text is the value as it is written, its policy variables replaced.
	Text   string
	pieces []piece
}

// piece is a part of a pattern: a character or a wildcard.
type piece struct {
	kind           pieceKind
	characterPiece rune
	// part is how many colons or wildcards that reach over colons come before.
	part int
}

type pieceKind byte

const (
	// character is one character, anyCase one in upper or lower case.
	character pieceKind = iota
	anyCase
	// question and star are the wildcards, which reach over colons; questionWithin and
	// starWithin do not.
	question
	star
	questionWithin
	starWithin
)

// newPattern is the automaton of the symbols; kindOf says how each is read.
func newPattern(p symbols, kindOf func(at int) pieceKind) Pattern {
	compiled := Pattern{Text: p.String(), pieces: make([]piece, 0, len(p))}
	part := 0
	for at, symbol := range p {
		next := piece{kindOf(at), symbol.character, part}
		if next.takes(':') {
			part++
		}
		if last := len(compiled.pieces) - 1; next.isStar() && last >= 0 && compiled.pieces[last].kind == next.kind {
			continue // two stars are one
		}
		compiled.pieces = append(compiled.pieces, next)
	}
	return compiled
}

// exactly matches the text of the pattern alone.
func exactly(p symbols) Pattern {
	return newPattern(p, func(int) pieceKind { return character })
}

// exactlyInAnyCase matches the text of the pattern in upper and lower case.
func exactlyInAnyCase(p symbols) Pattern {
	return newPattern(p, func(int) pieceKind { return anyCase })
}

// like matches as "*" and "?" do that reach over everything.
func like(p symbols) Pattern {
	return newPattern(p, func(at int) pieceKind { return p[at].kind(false) })
}

// likeInAnyCase matches as foldMatches does: every "*" and "?" is a wildcard.
func likeInAnyCase(p symbols) Pattern {
	folded := wildcards(p.String())
	return newPattern(folded, func(at int) pieceKind {
		if folded[at].wild {
			return folded[at].kind(false)
		}
		return anyCase
	})
}

// kind is how a symbol is read where wildcards reach over colons, or do not.
func (s symbol) kind(within bool) pieceKind {
	switch {
	case !s.wild:
		return character
	case s.character == '*' && within:
		return starWithin
	case s.character == '*':
		return star
	case within:
		return questionWithin
	}
	return question
}

func (s piece) isStar() bool { return s.kind == star || s.kind == starWithin }

// takes reports whether the piece takes the character.
func (s piece) takes(letter rune) bool {
	switch s.kind {
	case character:
		return s.characterPiece == letter
	case anyCase:
		return strings.EqualFold(string(s.characterPiece), string(letter))
	case questionWithin, starWithin:
		return letter != ':'
	}
	return true
}

// isLiteral reports whether the pattern matches its own text alone.
func (p Pattern) isLiteral() bool {
	return !slices.ContainsFunc(p.pieces, func(s piece) bool { return s.kind != character })
}

// literal is the only text that a pattern without wildcards matches.
func (p Pattern) literal() string {
	letters := make([]rune, len(p.pieces))
	for i, s := range p.pieces {
		letters[i] = s.characterPiece
	}
	return string(letters)
}

// key identifies the pattern.
func (p Pattern) key() string {
	var key strings.Builder
	for _, s := range p.pieces {
		key.WriteByte(byte(s.kind))
		key.WriteRune(s.characterPiece)
	}
	return key.String()
}

// letters returns the characters that the pattern distinguishes from others.
func (p Pattern) letters() []rune {
	var letters []rune
	for _, s := range p.pieces {
		switch s.kind {
		case character:
			letters = append(letters, s.characterPiece)
		case anyCase:
			letters = append(letters, s.characterPiece)
			for other := unicode.SimpleFold(s.characterPiece); other != s.characterPiece; other = unicode.SimpleFold(other) {
				letters = append(letters, other)
			}
		case questionWithin, starWithin:
			letters = append(letters, ':')
		}
	}
	return letters
}

// Matches reports whether the pattern matches the whole text.
func (p Pattern) Matches(text string) bool {
	var next []int
	places := p.start()
	for _, letter := range text {
		if places, next = p.step(next[:0], places, letter), places; len(places) == 0 {
			return false
		}
	}
	return p.ends(places)
}

// start are the places at which the pattern can be before any character: how many pieces
// are behind each.
func (p Pattern) start() []int {
	return p.settle([]int{0})
}

// step returns the places behind the character, in the memory of next, which is empty.
func (p Pattern) step(next, places []int, letter rune) []int {
	for _, at := range places {
		if at == len(p.pieces) || !p.pieces[at].takes(letter) {
			continue
		}
		if p.pieces[at].isStar() {
			next = append(next, at)
			continue
		}
		next = append(next, at+1)
	}
	return p.settle(next)
}

// settle adds the places behind stars, because they may stand for nothing, sorts, and
// drops places that say no more than a later star does: what can follow there can follow
// the star too, which takes everything on the way to it.
func (p Pattern) settle(places []int) []int {
	for i := 0; i < len(places); i++ {
		if at := places[i]; at < len(p.pieces) && p.pieces[at].isStar() {
			places = append(places, at+1)
		}
	}
	slices.Sort(places)
	places = slices.Compact(places)
	kept := len(places)
	later := piece{part: -1}
	for i := len(places) - 1; i >= 0; i-- {
		at := places[i]
		if later.kind == star || at < len(p.pieces) && later.isStar() && p.pieces[at].part == later.part {
			continue
		}
		kept--
		places[kept] = at
		if at < len(p.pieces) && p.pieces[at].isStar() {
			later = p.pieces[at]
		}
	}
	return append(places[:0], places[kept:]...)
}

// ends reports whether the pattern can end at one of the places.
func (p Pattern) ends(places []int) bool {
	return len(places) > 0 && places[len(places)-1] == len(p.pieces)
}
