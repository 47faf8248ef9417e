package workflow

import (
	"fmt"
	"strings"

	"github.com/rhysd/actionlint"
)

// contexts hold what expressions may name, such as "github.sha" or
// "steps.push.outputs.image". What is not there is empty, as on GitHub.
type contexts map[string]string

// expand replaces every ${{ }} of a text by its value.
func (c contexts) expand(text string) (string, error) {
	var expanded strings.Builder
	for {
		before, rest, found := strings.Cut(text, "${{")
		expanded.WriteString(before)
		if !found {
			return expanded.String(), nil
		}
		lexer := actionlint.NewExprLexer(rest)
		node, problem := actionlint.NewExprParser().Parse(lexer)
		if problem != nil {
			return "", problem
		}
		value, err := c.value(node)
		if err != nil {
			return "", err
		}
		expanded.WriteString(value)
		text = rest[lexer.Offset():]
	}
}

// value evaluates the expressions that are rendered: names, strings and "or".
func (c contexts) value(node actionlint.ExprNode) (string, error) {
	switch node := node.(type) {
	case *actionlint.StringNode:
		return node.Value, nil
	case *actionlint.LogicalOpNode:
		if node.Kind == actionlint.LogicalOpNodeKindOr {
			left, err := c.value(node.Left)
			if err != nil || left != "" {
				return left, err
			}
			return c.value(node.Right)
		}
	case *actionlint.ObjectDerefNode, *actionlint.VariableNode:
		if name, ok := path(node); ok {
			return c[name], nil
		}
	}
	return "", fmt.Errorf("expression of a kind that no rendered workflow has, at column %d", node.Token().Column)
}

// path is the name that a chain of properties forms.
func path(node actionlint.ExprNode) (string, bool) {
	switch node := node.(type) {
	case *actionlint.VariableNode:
		return node.Name, true
	case *actionlint.ObjectDerefNode:
		receiver, ok := path(node.Receiver)
		return receiver + "." + node.Property, ok
	}
	return "", false
}
