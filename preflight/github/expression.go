package github

import (
	"fmt"
	"strings"
)

// maxDepth is how deep the parentheses of an expression may stand.
const maxDepth = 50

// expression evaluates one expression while it reads it
// (https://docs.github.com/en/actions/reference/workflows-and-actions/expressions).
type expression struct {
	scope
	// rest is what is not read yet.
	rest  string
	depth int
	// wrong says that it is no expression.
	wrong bool
}

// expression is the value of the text between "${{" and "}}".
func (s scope) expression(text string) value {
	if !s.spend(len(text)) {
		return unknownValue(unknown, tooMany)
	}
	e := &expression{scope: s, rest: text}
	v := e.or()
	if e.blanks(); e.wrong || e.rest != "" {
		return unknownValue(unknown, fmt.Sprintf("the expression %q cannot be read", short(strings.TrimSpace(text))))
	}
	return v
}

func (e *expression) blanks() {
	e.rest = strings.TrimLeft(e.rest, " \t\r\n")
}

// take moves behind the sign, if it comes next.
func (e *expression) take(sign string) bool {
	e.blanks()
	rest, found := strings.CutPrefix(e.rest, sign)
	if found {
		e.rest = rest
	}
	return found
}

func (e *expression) or() value {
	v := e.and()
	for !e.wrong && e.take("||") {
		v = e.choose(v, e.and(), true)
	}
	return v
}

func (e *expression) and() value {
	v := e.equality()
	for !e.wrong && e.take("&&") {
		v = e.choose(v, e.equality(), false)
	}
	return v
}

// choose is "left || right" if an alternative stays that is true, "left && right"
// if one stays that is false.
func (e *expression) choose(left, right value, stays bool) value {
	var chosen value
	for _, l := range left {
		is, sure := l.truth()
		if sure && is == stays {
			chosen = append(chosen, l)
			continue
		}
		if !sure && stays {
			chosen = append(chosen, l)
		} else if !sure {
			chosen = append(chosen, alternative{world: l.world}) // false, of whatever type
		}
		chosen = append(chosen, e.in(right, l.world)...)
		if len(chosen) > maxAlternatives {
			break
		}
	}
	return e.capped(chosen)
}

func (e *expression) equality() value {
	v := e.relation()
	for !e.wrong {
		switch {
		case e.take("=="):
			v = e.equal(v, e.relation(), true)
		case e.take("!="):
			v = e.equal(v, e.relation(), false)
		default:
			return v
		}
	}
	return v
}

// relation reads comparisons by size, which images and labels do not depend on.
func (e *expression) relation() value {
	v := e.unary()
	for !e.wrong && (e.take("<=") || e.take(">=") || e.take("<") || e.take(">")) {
		e.unary()
		v = either
	}
	return v
}

func (e *expression) unary() value {
	negated, any := false, false
	for e.blanks(); strings.HasPrefix(e.rest, "!") && !strings.HasPrefix(e.rest, "!="); e.blanks() {
		e.rest = e.rest[1:]
		negated, any = !negated, true
	}
	v := e.primary()
	if !any {
		return v
	}
	outcomes := make(value, 0, len(v))
	for _, a := range v {
		is, sure := a.truth()
		if !sure {
			return either
		}
		outcomes = append(outcomes, boolean(is != negated, a.world))
	}
	return e.capped(outcomes)
}

func boolean(is bool, w world) alternative {
	return alternative{text: textOf(fmt.Sprint(is)), plain: true, world: w}
}

// equal compares every pair that can happen.
func (e *expression) equal(left, right value, want bool) value {
	if len(left)*len(right) > maxAlternatives || !e.spend(len(left)*len(right)) {
		return either
	}
	var outcomes value
	for _, l := range left {
		for _, r := range right {
			if w, ok := l.world.and(r.world); ok {
				outcomes = append(outcomes, e.equalPair(l, r, w, want)...)
			}
		}
	}
	return outcomes
}

// equalPair compares two alternatives: text without regard to case. What is the
// same throughout a run is equal to a text in some runs, and in the same runs
// wherever it is asked.
func (e *expression) equalPair(l, r alternative, w world, want bool) value {
	left, leftKnown := l.text.known()
	right, rightKnown := r.text.known()
	switch {
	case l.node != nil || r.node != nil:
	case leftKnown && rightKnown && !l.plain && !r.plain, left == right && l.plain && r.plain:
		return value{boolean(strings.EqualFold(left, right) == want, w)}
	case isBoolean(l) && isBoolean(r):
		return value{boolean((left == right) == want, w)}
	case rightKnown && len(l.text) == 1 && l.text[0].kind == fixed:
		return e.condition(l.text[0].text, right, w, want)
	case leftKnown && len(r.text) == 1 && r.text[0].kind == fixed:
		return e.condition(r.text[0].text, left, w, want)
	}
	return e.in(either, w)
}

func isBoolean(a alternative) bool {
	text, ok := a.text.known()
	return ok && a.plain && (text == "true" || text == "false")
}

func (e *expression) condition(why, text string, w world, want bool) value {
	source := e.conditions.of(why + "\x00" + strings.ToLower(text))
	var outcomes value
	for choice, is := range []bool{true, false} {
		if both, ok := w.and(world{{source, choice}}); ok {
			outcomes = append(outcomes, boolean(is == want, both))
		}
	}
	return e.here(outcomes)
}
