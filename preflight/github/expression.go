package github

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/rhysd/actionlint"

	"keyless-runners/preflight/facts"
)

// What an expression may be at the most, as for GitHub itself: the parser calls itself
// for what is nested
// (https://docs.github.com/en/actions/reference/workflows-and-actions/expressions).
const (
	maxExpression = 21000
	maxDepth      = 50
)

// expression is the value of the text between "${{" and "}}".
func (s scope) expression(text string) value {
	if !s.spend(len(text)) {
		return unknownValue(kindUnknown, tooMany)
	}
	if node := parsedExpressions.of(text); node != nil {
		return s.evaluate(node)
	}
	return unknownValue(kindUnknown, fmt.Sprintf("the expression %q cannot be read", facts.Short(strings.TrimSpace(text))))
}

// parsedExpression returns the parts of the text; nil if it is no expression.
func parsedExpression(text string) actionlint.ExprNode {
	if len(text) > maxExpression {
		return nil
	}
	if strings.ContainsAny(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") || strings.Count(text, "(")+strings.Count(text, "[") > maxDepth {
		var ok bool
		if text, ok = indexed(text); !ok {
			return nil
		}
	}
	node, err := actionlint.NewExprParser().Parse(actionlint.NewExprLexer(text + "}}"))
	if err != nil {
		return nil
	}
	return node
}

// indexed is an expression with each name behind a dot as an index, "['NAME']": the parser
// writes the name behind a dot in lower case, which variables of the environment are not. ok
// is false if it is no expression, or nested too deep.
func indexed(text string) (whole string, ok bool) {
	tokens, _, err := actionlint.LexExpression(text + "}}")
	if err != nil {
		return "", false
	}
	var written strings.Builder
	depth := 0
	for i, token := range tokens[:len(tokens)-1] {
		switch token.Kind {
		case actionlint.TokenKindLeftParen, actionlint.TokenKindLeftBracket:
			depth++
		case actionlint.TokenKindRightParen, actionlint.TokenKindRightBracket:
			depth--
		}
		switch {
		case depth > maxDepth:
			return "", false
		case token.Kind == actionlint.TokenKindIdent && i > 0 && tokens[i-1].Kind == actionlint.TokenKindDot:
			written.WriteString("['" + token.Value + "']")
		case token.Kind != actionlint.TokenKindDot || tokens[i+1].Kind != actionlint.TokenKindIdent:
			written.WriteString(token.Value + " ")
		}
	}
	return written.String(), true
}

// evaluate returns what a part of an expression may be.
func (s scope) evaluate(node actionlint.ExprNode) value {
	if !s.spend(1) {
		return unknownValue(kindUnknown, tooMany)
	}
	switch n := node.(type) {
	case *actionlint.NullNode:
		return value{{plain: true}}
	case *actionlint.BoolNode:
		return value{boolean(n.Value, nil)}
	case *actionlint.IntNode:
		return value{{text: textOf(numberText(float64(n.Value))), plain: true}}
	case *actionlint.FloatNode:
		return value{{text: textOf(numberText(n.Value)), plain: true}}
	case *actionlint.StringNode:
		return valueOf(n.Value)
	case *actionlint.NotOpNode:
		return s.not(s.evaluate(n.Operand))
	case *actionlint.CompareOpNode:
		left, right := s.evaluate(n.Left), s.evaluate(n.Right)
		if !n.Kind.IsEqualityOp() {
			return either // images and labels do not depend on sizes
		}
		return s.equal(left, right, n.Kind == actionlint.CompareOpNodeKindEq)
	case *actionlint.LogicalOpNode:
		return s.logical(n)
	case *actionlint.FuncCallNode:
		arguments := make([]value, len(n.Args))
		for i, argument := range n.Args {
			arguments[i] = s.evaluate(argument)
		}
		return s.function(strings.ToLower(n.Callee), arguments)
	}
	return s.reference(node)
}

// reference is a context or another value, and the properties behind it.
func (s scope) reference(node actionlint.ExprNode) value {
	var path []string
	known := true
	for {
		switch n := node.(type) {
		case *actionlint.IndexAccessNode:
			property, ok := s.evaluate(n.Index).literal()
			path, known, node = append(path, property), known && ok, n.Operand
			continue
		case *actionlint.ObjectDerefNode:
			path, node = append(path, n.Property), n.Receiver
			continue
		case *actionlint.ArrayDerefNode:
			known, node = false, n.Receiver
			continue
		case *actionlint.VariableNode:
			if !known {
				return unknownValue(kindUnknown, "a part of "+n.Name+" is chosen by the run")
			}
			path = append(path, n.Name)
			slices.Reverse(path)
			return s.here(s.context(path))
		}
		if !known {
			return unknownValue(kindUnknown, "a part of a value is chosen by the run")
		}
		slices.Reverse(path)
		return s.properties(s.evaluate(node), path)
	}
}

// logical is "a || b || c" or "a && b && c".
func (s scope) logical(n *actionlint.LogicalOpNode) value {
	stays := n.Kind == actionlint.LogicalOpNodeKindOr
	v := s.evaluate(n.Left)
	for {
		next, more := n.Right.(*actionlint.LogicalOpNode)
		if !more || next.Kind != n.Kind {
			return s.choose(v, s.evaluate(n.Right), stays)
		}
		v, n = s.choose(v, s.evaluate(next.Left), stays), next
	}
}

// choose is "left || right" if an alternative stays that is true, "left && right"
// if one stays that is false.
func (s scope) choose(left, right value, stays bool) value {
	var chosen value
	for _, l := range left {
		switch is, sure := l.truth(); {
		case sure && is == stays:
			chosen = append(chosen, l)
			continue
		case !sure && !stays:
			chosen = append(chosen, alternative{world: l.world}) // false, of whatever type
		case !sure && !l.text.has(kindMissing):
			chosen = append(chosen, l.set())
		}
		chosen = append(chosen, s.in(right, l.world)...)
		if len(chosen) > maxAlternatives {
			break
		}
	}
	return s.capped(chosen)
}

func (s scope) not(v value) value {
	outcomes := make(value, 0, len(v))
	for _, a := range v {
		is, sure := a.truth()
		if !sure {
			return either
		}
		outcomes = append(outcomes, boolean(!is, a.world))
	}
	return s.capped(outcomes)
}

func boolean(is bool, w world) alternative {
	return alternative{text: textOf(fmt.Sprint(is)), plain: true, world: w}
}

// equal compares every pair that can happen.
func (s scope) equal(left, right value, want bool) value {
	if len(left)*len(right) > maxAlternatives || !s.spend(len(left)*len(right)) {
		return either
	}
	var outcomes value
	for _, l := range left {
		for _, r := range right {
			if w, ok := l.world.and(r.world); ok {
				outcomes = append(outcomes, s.equalPair(l, r, w, want)...)
			}
		}
	}
	return outcomes
}

// equalPair compares two alternatives: text without regard to case. What is the
// same throughout a run is equal to a text in some runs, and in the same runs
// wherever it is asked.
func (s scope) equalPair(l, r alternative, w world, want bool) value {
	l, r = l.orNull(), r.orNull()
	left, leftKnown := l.text.known()
	right, rightKnown := r.text.known()
	switch {
	case l.node != nil || r.node != nil:
	case leftKnown && rightKnown:
		return value{boolean(sameOperands(l, r) == want, w)}
	case rightKnown && len(l.text) == 1:
		return s.equalUnknown(l.text[0], right, w, want)
	case leftKnown && len(r.text) == 1:
		return s.equalUnknown(r.text[0], left, w, want)
	}
	return s.in(either, w)
}

// equalUnknown compares what is not known with a text.
func (s scope) equalUnknown(p piece, text string, w world, want bool) value {
	switch {
	case !s.canBe(p.text, text):
		return value{boolean(!want, w)}
	case p.kind.isFixed():
		return s.condition(p.text, text, w, want)
	}
	return s.in(either, w)
}

// orNull is null for what GitHub makes nothing of.
func (a alternative) orNull() alternative {
	if len(a.text) == 1 && a.text[0].isOfNone() {
		return alternative{plain: true, world: a.world}
	}
	return a
}

// sameOperands reports whether GitHub takes two values that are known for equal: those of two types as numbers.
func sameOperands(l, r alternative) bool {
	left, _ := l.text.known()
	right, _ := r.text.known()
	if !l.plain && !r.plain || left == right && l.plain && r.plain {
		return strings.EqualFold(left, right)
	}
	return l.number() == r.number()
}

// number is a value that is known as a number, which a text that is none is not equal to.
func (a alternative) number() float64 {
	text, _ := a.text.known()
	text = strings.TrimSpace(text)
	switch {
	case text == "", a.plain && text == "false":
		return 0
	case a.plain && text == "true":
		return 1
	}
	if n, ok := numberOf(text); ok {
		return n
	}
	return math.NaN()
}

func (s scope) condition(why, text string, w world, want bool) value {
	source := s.conditions.of(why + "\x00" + strings.ToLower(text))
	var outcomes value
	for choice, is := range []bool{true, false} {
		if both, ok := w.and(world{{source, choice}}); ok {
			outcomes = append(outcomes, boolean(is == want, both))
		}
	}
	return s.here(outcomes)
}
