package facts

import (
	"strconv"

	"keyless-runners/preflight/source"
)

// Statement is where the statement with the number begins; the document's own
// place if there is none.
func (d Document) Statement(i int) source.Place {
	if node := d.statement(i); node != nil {
		return node.Place
	}
	return d.Place
}

// InStatement is where a value of a statement is written, found by the names that
// lead to it, such as "Condition", "StringEquals"; the nearest that is there, if
// it is not.
func (d Document) InStatement(i int, names ...string) source.Place {
	node, at := d.statement(i), d.Statement(i)
	for _, name := range names {
		member := node.Member(name)
		if member == nil {
			return at
		}
		node, at = member.Value, member.Place
	}
	return at
}

// InValues is where one of several values is written, found as in InStatement.
func (d Document) InValues(i int, value string, names ...string) source.Place {
	node := d.statement(i).Get(names...)
	if node != nil {
		for _, item := range node.Items {
			if item.Scalar() && item.Text == value {
				return item.Place
			}
		}
	}
	return d.InStatement(i, names...)
}

// statement is the node of a statement. A document may have one statement without
// a list around it.
func (d Document) statement(i int) *source.Node {
	statements := d.node.Get("Statement")
	switch {
	case statements == nil:
		return nil
	case statements.Kind != source.List:
		return statements
	case i < 0 || i >= len(statements.Items):
		return nil
	}
	return statements.Items[i]
}

// at follows a path as policy.ParseError spells it, such as
// `Statement[0].Condition["a:b"]`: the last value on the way that is there, and where
// it or its name is written.
func (d Document) at(path string) (*source.Node, source.Place) {
	node, at := d.node, d.Place
	for path != "" {
		var step string
		step, path = cutStep(path)
		if i, err := strconv.Atoi(step); err == nil && node.Kind == source.List && i < len(node.Items) {
			node = node.Items[i]
			at = node.Place
			continue
		}
		member := node.Member(step)
		if member == nil {
			break
		}
		node, at = member.Value, member.Place
	}
	return node, at
}

// cutStep takes the first step off a path: a name, a quoted name or a number.
func cutStep(path string) (step, rest string) {
	if path[0] == '.' {
		path = path[1:]
	}
	if path == "" || path[0] != '[' {
		end := 0
		for end < len(path) && path[end] != '.' && path[end] != '[' {
			end++
		}
		return path[:end], path[end:]
	}
	if quoted, err := strconv.QuotedPrefix(path[1:]); err == nil {
		name, _ := strconv.Unquote(quoted)
		return name, path[min(len(path), len(quoted)+2):]
	}
	end := 1
	for end < len(path) && path[end] != ']' {
		end++
	}
	return path[1:end], path[min(len(path), end+1):]
}
