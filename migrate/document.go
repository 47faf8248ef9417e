package migrate

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"keyless-runners/preflight/source"
)

// document finds the values of a YAML text in the text.
type document struct {
	content []byte
	starts  []int
	// skipped is how many bytes stand before the text: those of a byte order mark.
	skipped int
	// entries are the entries of all mappings, in order.
	entries []*entry
}

// entry is a key of a mapping with its value.
type entry struct {
	key, value *yaml.Node
	mapping    *yaml.Node
	// index is its place in the mapping.
	index int
	// around is the entry whose value the mapping is, or is in by way of lists; nil at the top.
	around *entry
}

const byteOrderMark = "\xef\xbb\xbf"

func newDocument(content []byte) (*document, error) {
	d := &document{content: content, starts: lineStarts(content)}
	if bytes.HasPrefix(content, []byte(byteOrderMark)) {
		d.skipped = len(byteOrderMark)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(content[d.skipped:], &root); err != nil {
		return nil, err
	}
	d.gather(&root, nil)
	return d, nil
}

func (d *document) gather(node *yaml.Node, around *entry) {
	if node.Kind != yaml.MappingNode {
		for _, child := range node.Content {
			d.gather(child, around)
		}
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		e := &entry{key: node.Content[i], value: node.Content[i+1], mapping: node, index: i / 2, around: around}
		d.entries = append(d.entries, e)
		d.gather(e.value, e)
	}
}

// at returns the entry whose value stands at the place, nil if there is none.
func (d *document) at(place source.Place) *entry {
	for _, e := range d.entries {
		if e.value.Kind != yaml.AliasNode && e.value.Line == place.Line && e.value.Column == place.Column {
			return e
		}
	}
	return nil
}

// sibling returns the value of another key of the entry's mapping, "" if there is none.
func (e *entry) sibling(name string) string {
	for i := 0; i+1 < len(e.mapping.Content); i += 2 {
		if strings.EqualFold(e.mapping.Content[i].Value, name) {
			return e.mapping.Content[i+1].Value
		}
	}
	return ""
}

// in is the name of the entry that the entry's mapping is the value of.
func (e *entry) in() string {
	if e.around == nil || e.around.value != e.mapping {
		return ""
	}
	return e.around.key.Value
}

// named are the entries of a mapping with one of the names, in any case.
func (d *document) named(mapping *yaml.Node, names ...string) (found []*entry) {
	for _, e := range d.entries {
		for _, name := range names {
			if e.mapping == mapping && strings.EqualFold(e.key.Value, name) {
				found = append(found, e)
			}
		}
	}
	return found
}

func (d *document) offset(line, column int) int {
	at := d.starts[line-1]
	if line == 1 {
		at += d.skipped
	}
	for ; column > 1 && at < len(d.content); column-- {
		_, size := utf8.DecodeRune(d.content[at:])
		at += size
	}
	return at
}

// line is the content of a line, counted from 1, without its end.
func (d *document) line(line int) []byte {
	return bytes.TrimRight(d.content[d.starts[line-1]:lineEnd(d.starts, line-1, d.content)], "\r\n")
}

var errNotAlone = errors.New("it cannot be told from the text around it")

// notAlone is the error about an entry that cannot be cut out.
type notAlone struct {
	line int
	why  error
}

func (e *notAlone) Error() string { return e.why.Error() }

// remove cuts entries out. A mapping that has no other goes with its key, and with the aliases
// of it.
func (d *document) remove(entries []*entry) ([]splice, error) {
	gone := map[*entry]bool{}
	for _, e := range entries {
		gone[e] = true
	}
	for changed := true; changed; {
		changed = false
		for _, e := range d.entries {
			if !gone[e] && (d.emptied(e, gone) || d.aliasOfEmptied(e, gone)) {
				gone[e], changed = true, true
			}
		}
	}
	var splices []splice
	for _, e := range d.entries {
		if !gone[e] || d.within(e, gone) {
			continue
		}
		cut, err := d.cut(e, gone)
		if err != nil {
			return nil, &notAlone{e.key.Line, err}
		}
		splices = append(splices, cut)
	}
	return splices, nil
}

// emptied reports whether all that is in an entry's mapping is gone.
func (d *document) emptied(e *entry, gone map[*entry]bool) bool {
	if e.value.Kind != yaml.MappingNode || len(e.value.Content) == 0 {
		return false
	}
	for _, inner := range d.entries {
		if inner.mapping == e.value && !gone[inner] {
			return false
		}
	}
	return true
}

func (d *document) aliasOfEmptied(e *entry, gone map[*entry]bool) bool {
	if e.value.Kind != yaml.AliasNode {
		return false
	}
	for other := range gone {
		if other.value == e.value.Alias && d.emptied(other, gone) {
			return true
		}
	}
	return false
}

func (d *document) within(e *entry, gone map[*entry]bool) bool {
	for around := e.around; around != nil; around = around.around {
		if gone[around] {
			return true
		}
	}
	return false
}

// cut is the splice that takes one entry out, where others of its mapping may go too.
func (d *document) cut(e *entry, gone map[*entry]bool) (splice, error) {
	if e.mapping.Style&yaml.FlowStyle != 0 {
		return d.cutFlow(e, gone)
	}
	start, last := d.starts[e.key.Line-1], d.lastLine(e)
	if e.key.Line == 1 {
		start += d.skipped
	}
	if len(bytes.TrimSpace(d.content[start:d.offset(e.key.Line, e.key.Column)])) == 0 {
		return splice{start: start, end: lineEnd(d.starts, last-1, d.content)}, nil
	}
	// The entry is the first of a list's item: the next one takes its place.
	for i := 2 * (e.index + 1); i < len(e.mapping.Content); i += 2 {
		next := e.mapping.Content[i]
		if next.Line != last+1 {
			return splice{}, errNotAlone
		}
		if last = d.endOf(e.mapping, i/2); !d.goes(e.mapping, i/2, gone) {
			return splice{start: d.offset(e.key.Line, e.key.Column), end: d.offset(next.Line, next.Column)}, nil
		}
	}
	return splice{}, errNotAlone
}

func (d *document) goes(mapping *yaml.Node, index int, gone map[*entry]bool) bool {
	for e := range gone {
		if e.mapping == mapping && e.index == index {
			return true
		}
	}
	return false
}

func (d *document) endOf(mapping *yaml.Node, index int) int {
	for _, e := range d.entries {
		if e.mapping == mapping && e.index == index {
			return d.lastLine(e)
		}
	}
	return 0
}

// lastLine is the last line of an entry in block style: what belongs to it stands further to
// the right than its key, or is a list's item below it.
func (d *document) lastLine(e *entry) int {
	last := max(e.key.Line, deepest(e.value))
	for line := last + 1; line <= len(d.starts); line++ {
		content := d.line(line)
		indent := len(content) - len(bytes.TrimLeft(content, " "))
		switch {
		case len(bytes.TrimSpace(content)) == 0:
			continue
		case indent < e.key.Column:
			return last
		}
		last = line
	}
	return last
}

// deepest is the last line on which a value within the value begins.
func deepest(node *yaml.Node) int {
	line := node.Line
	if node.Kind != yaml.AliasNode {
		for _, child := range node.Content {
			line = max(line, deepest(child))
		}
	}
	return line
}

// cutFlow takes an entry out of a mapping in braces, with the comma behind it or, of the last
// ones, the comma before.
func (d *document) cutFlow(e *entry, gone map[*entry]bool) (splice, error) {
	if next := 2 * (e.index + 1); next < len(e.mapping.Content) {
		key := e.mapping.Content[next]
		return splice{start: d.offset(e.key.Line, e.key.Column), end: d.offset(key.Line, key.Column)}, nil
	}
	kept := e.index - 1
	for kept >= 0 && d.goes(e.mapping, kept, gone) {
		kept--
	}
	if kept < 0 {
		return splice{}, errNotAlone
	}
	_, start, err := d.span(e.mapping.Content[2*kept+1], true)
	if err != nil {
		return splice{}, err
	}
	_, end, err := d.span(e.value, true)
	return splice{start: start, end: end}, err
}

// replace puts a text in the place of an entry's value.
func (d *document) replace(e *entry, with string) (splice, error) {
	if e.value.Kind != yaml.ScalarNode && e.value.Style&yaml.FlowStyle == 0 {
		return d.replaceBlock(e, with)
	}
	start, end, err := d.span(e.value, e.mapping.Style&yaml.FlowStyle != 0)
	return splice{start, end, with}, err
}

// replaceBlock puts a text behind the key of an entry whose value is on the lines below.
func (d *document) replaceBlock(e *entry, with string) (splice, error) {
	start := d.offset(e.key.Line, e.key.Column) + len(e.key.Value)
	colon := bytes.IndexByte(d.content[start:], ':')
	end := d.starts[d.lastLine(e)-1] + len(d.line(d.lastLine(e)))
	if colon < 0 || bytes.ContainsRune(d.content[start:end], '#') {
		return splice{}, errors.New("a comment stands within it")
	}
	return splice{start + colon + 1, end, " " + with}, nil
}

// span is where a value begins and ends in its line, or its brackets.
func (d *document) span(node *yaml.Node, inFlow bool) (start, end int, err error) {
	start = d.offset(node.Line, node.Column)
	if node.Anchor != "" {
		start += len("&") + len(node.Anchor)
		for start < len(d.content) && (d.content[start] == ' ' || d.content[start] == '\t') {
			start++
		}
	}
	rest := d.content[start:]
	length := -1
	switch {
	case node.Kind == yaml.AliasNode:
		length = len("*") + len(node.Value)
	case node.Kind != yaml.ScalarNode && node.Style&yaml.FlowStyle != 0:
		length = bracketed(rest)
	case node.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		length = quoted(rest)
	case node.Kind == yaml.ScalarNode && node.Style == 0 && bytes.HasPrefix(rest, []byte(node.Value)):
		length = len(node.Value)
	}
	if length < 0 {
		return 0, 0, errors.New("it stands on several lines")
	}
	return start, start + length, nil
}

// quoted is the length of the quoted text at the beginning, -1 if it has no end.
func quoted(text []byte) int {
	quote := text[0]
	for i := 1; i < len(text); i++ {
		switch {
		case quote == '"' && text[i] == '\\':
			i++
		case text[i] == quote && quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return -1
}

// bracketed is the length of what stands in brackets or braces at the beginning, -1 if it has
// no end.
func bracketed(text []byte) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '\'':
			length := quoted(text[i:])
			if length < 0 {
				return -1
			}
			i += length - 1
		}
	}
	return -1
}
