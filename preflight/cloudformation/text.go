package cloudformation

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// scalarAndList resolves an argument of a scalar and a list. Failed is the value of the call if
// the argument has another form or is unknown.
func (r *resolver) scalarAndList(c call, form string) (text string, items []*source.Node, failed *source.Node) {
	pair, ok := c.items(2, 2)
	if !ok {
		return "", nil, c.wrong(form)
	}
	text, why := r.scalar(c, pair[0])
	if why != "" {
		return "", nil, c.unknown(why)
	}
	list := r.resolve(pair[1])
	switch {
	case list.Is(source.Unknown):
		return "", nil, c.unknown(list.Text)
	case !list.Is(source.List):
		return "", nil, c.wrong(form)
	}
	return text, list.Items, nil
}

func (r *resolver) join(c call) *source.Node {
	delimiter, items, failed := r.scalarAndList(c, "[DELIMITER, [VALUE, ...]]")
	switch {
	case failed != nil:
		return failed
	case len(items) == 1 && r.standsFor[items[0]] != nil:
		return items[0]
	}
	var text strings.Builder
	for i, item := range items {
		piece, why := textOf(c, item)
		if why != "" {
			return c.unknown(why)
		}
		if i > 0 {
			text.WriteString(delimiter)
		}
		if text.WriteString(piece); text.Len() > maxText {
			break
		}
	}
	return r.text(c, text.String())
}

func (r *resolver) split(c call) *source.Node {
	const form = "[DELIMITER, TEXT]"
	items, ok := c.items(2, 2)
	if !ok {
		return c.wrong(form)
	}
	delimiter, why := r.scalar(c, items[0])
	if why != "" {
		return c.unknown(why)
	}
	if delimiter == "" {
		return c.wrong(form + " with a delimiter that is not empty")
	}
	text, why := r.scalar(c, items[1])
	if why != "" {
		return c.unknown(why)
	}
	return r.use(c, listOf(strings.Split(text, delimiter)))
}

func listOf(texts []string) *source.Node {
	list := &source.Node{Kind: source.List, Items: make([]*source.Node, len(texts))}
	for i, text := range texts {
		list.Items[i] = &source.Node{Kind: source.String, Text: text}
	}
	return list
}

// selectItem returns an unknown value if an unknown item precedes the selected one: that may turn
// out to be AWS::NoValue, and then another item has the index.
func (r *resolver) selectItem(c call) *source.Node {
	index, items, failed := r.scalarAndList(c, "[INDEX, [VALUE, ...]]")
	if failed != nil {
		return failed
	}
	i, err := strconv.Atoi(index)
	if err != nil || i < 0 || i >= len(items) {
		return c.unknown(fmt.Sprintf("Fn::Select: index %q is not in a list of %d", facts.Short(index), len(items)))
	}
	for _, item := range items[:i] {
		if item.Kind == source.Unknown {
			return c.unknown(item.Text)
		}
	}
	return items[i]
}

func (r *resolver) base64(c call) *source.Node {
	text, why := r.scalar(c, c.argument)
	if why != "" {
		return c.unknown(why)
	}
	return r.text(c, base64.StdEncoding.EncodeToString([]byte(text[:min(len(text), maxText)])))
}
