package cloudformation

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"keyless-runners/preflight/source"
)

func (r *resolver) join(c call) *source.Node {
	const form = "[DELIMITER, [VALUE, ...]]"
	items, ok := c.items(2, 2)
	if !ok {
		return c.wrong(form)
	}
	delimiter, why := r.scalar(c, items[0])
	if why != "" {
		return c.unknown(why)
	}
	list := r.resolve(items[1])
	switch {
	case list != nil && list.Kind == source.Unknown:
		return c.unknown(list.Text)
	case list == nil || list.Kind != source.List:
		return c.wrong(form)
	case len(list.Items) == 1 && r.standsFor[list.Items[0]] != nil:
		return list.Items[0]
	}
	var text strings.Builder
	for i, item := range list.Items {
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

// selectItem does not know the item if something unknown is in front of it: that
// may turn out to be no value, and then another item has the index.
func (r *resolver) selectItem(c call) *source.Node {
	const form = "[INDEX, [VALUE, ...]]"
	items, ok := c.items(2, 2)
	if !ok {
		return c.wrong(form)
	}
	index, why := r.scalar(c, items[0])
	if why != "" {
		return c.unknown(why)
	}
	list := r.resolve(items[1])
	switch {
	case list != nil && list.Kind == source.Unknown:
		return c.unknown(list.Text)
	case list == nil || list.Kind != source.List:
		return c.wrong(form)
	}
	i, err := strconv.Atoi(index)
	if err != nil || i < 0 || i >= len(list.Items) {
		return c.unknown(fmt.Sprintf("Fn::Select: index %q is not in a list of %d", short(index), len(list.Items)))
	}
	for _, item := range list.Items[:i] {
		if item.Kind == source.Unknown {
			return c.unknown(item.Text)
		}
	}
	return list.Items[i]
}

func (r *resolver) base64(c call) *source.Node {
	text, why := r.scalar(c, c.argument)
	if why != "" {
		return c.unknown(why)
	}
	return r.text(c, base64.StdEncoding.EncodeToString([]byte(text[:min(len(text), maxText)])))
}
