package facts

import (
	"strconv"

	"keyless-runners/preflight/source"
)

// written is where something in a document is written. A document keeps these instead of
// its nodes, which are three times as large.
type written struct {
	// name is the name of a member, or the text of an item.
	name  string
	place source.Place
	// item says that it is an item of a list.
	item bool
	in   []written
}

func writtenIn(node *source.Node) []written {
	in := make([]written, 0, len(node.Members)+len(node.Items))
	for _, member := range node.Members {
		in = append(in, written{name: member.Name, place: member.Place, in: writtenIn(member.Value)})
	}
	for _, item := range node.Items {
		if !item.Scalar() {
			continue
		}
		in = append(in, written{name: item.Text, place: item.Place, item: true})
	}
	return in
}

// find returns the member, or the item, of that name; nil if there is none.
func (w *written) find(name string, item bool) *written {
	for i := range w.in {
		if w.in[i].name == name && w.in[i].item == item {
			return &w.in[i]
		}
	}
	return nil
}

// Statement is where the statement with the number begins; the document's own
// place if there is none.
func (d Document) Statement(i int) source.Place {
	return d.statement(i).place
}

// InStatement is where a value of a statement is written, found by the names that
// lead to it, such as "Condition", "StringEquals"; the nearest that is there, if
// it is not.
func (d Document) InStatement(i int, names ...string) source.Place {
	nearest, _ := d.inStatement(i, names)
	return nearest.place
}

// HasInStatement reports whether the names lead to something in the statement with the number.
func (d Document) HasInStatement(i int, names ...string) bool {
	_, there := d.inStatement(i, names)
	return there
}

// InValues is where one of several values is written, found as in InStatement.
func (d Document) InValues(i int, value string, names ...string) source.Place {
	nearest, there := d.inStatement(i, names)
	if item := nearest.find(value, true); there && item != nil {
		return item.place
	}
	return nearest.place
}

// inStatement follows the names, and reports whether all of them are there.
func (d Document) inStatement(i int, names []string) (nearest *written, there bool) {
	nearest = d.statement(i)
	for _, name := range names {
		member := nearest.find(name, false)
		if member == nil {
			return nearest, false
		}
		nearest = member
	}
	return nearest, true
}

func (d Document) statement(i int) *written {
	if i < 0 || i >= len(d.statements) {
		return &written{place: d.Place}
	}
	return &d.statements[i]
}

// follow follows a path as policy.ParseError writes it, such as
// `Statement[0].Condition["a:b"]`: the last value on the way that is there, and where
// it or its name is written.
func follow(node *source.Node, path string) (*source.Node, source.Place) {
	at := node.Place
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
