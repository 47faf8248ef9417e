package github

import (
	"strconv"
	"strings"

	"keyless-runners/preflight/source"
)

// primary reads a value: in parentheses, written out, of a function or of a
// context.
func (e *expression) primary() value {
	e.blanks()
	if e.depth++; e.depth > maxDepth {
		e.wrong = true
	}
	defer func() { e.depth-- }()
	switch {
	case e.wrong || e.rest == "":
	case e.rest[0] == '\'':
		return e.string()
	case e.take("("):
		v := e.or()
		e.wrong = e.wrong || !e.take(")")
		return e.follow(v)
	case strings.IndexByte("+-.0123456789", e.rest[0]) >= 0:
		return e.number()
	default:
		return e.name()
	}
	e.wrong = true
	return nil
}

// string reads a text in single quotes, in which two of them are one.
func (e *expression) string() value {
	var text strings.Builder
	for rest := e.rest[1:]; ; {
		before, after, found := strings.Cut(rest, "'")
		if !found {
			e.wrong = true
			return nil
		}
		text.WriteString(before)
		if !strings.HasPrefix(after, "'") {
			e.rest = after
			return valueOf(text.String())
		}
		text.WriteByte('\'')
		rest = after[1:]
	}
}

func (e *expression) number() value {
	end := 0
	for end < len(e.rest) && strings.IndexByte("+-.0123456789abcdefABCDEFxXoO", e.rest[end]) >= 0 {
		end++
	}
	text := e.rest[:end]
	e.rest = e.rest[end:]
	if _, err := strconv.ParseFloat(text, 64); err != nil {
		return unknownValue(unknown, "the number "+text+" may be written in another way")
	}
	return value{{text: textOf(text), plain: true}}
}

// identifier reads the name of a context, a function or a property.
func (e *expression) identifier() string {
	end := 0
	for end < len(e.rest) {
		c := e.rest[end]
		if c != '_' && c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			break
		}
		end++
	}
	name := e.rest[:end]
	e.rest = e.rest[end:]
	return name
}

// name reads what begins with a name.
func (e *expression) name() value {
	name := e.identifier()
	switch strings.ToLower(name) {
	case "":
		e.wrong = true
		return nil
	case "true", "false":
		return value{{text: textOf(strings.ToLower(name)), plain: true}}
	case "null":
		return value{{plain: true}}
	}
	if e.take("(") {
		return e.follow(e.function(strings.ToLower(name), e.arguments()))
	}
	path, known := e.path(name)
	if e.wrong {
		return nil
	}
	if !known {
		return unknownValue(unknown, "a part of "+name+" is chosen by the run")
	}
	return e.here(e.context(path))
}

// arguments reads those of a function, up to the parenthesis.
func (e *expression) arguments() []value {
	if e.take(")") {
		return nil
	}
	arguments := []value{e.or()}
	for !e.wrong && e.take(",") {
		arguments = append(arguments, e.or())
	}
	e.wrong = e.wrong || !e.take(")")
	return arguments
}

// path reads the properties behind a name: ".NAME" or "['NAME']". known is false
// if one of them is not written out.
func (e *expression) path(name string) (path []string, known bool) {
	path, known = []string{name}, true
	for !e.wrong {
		switch {
		case e.take("."):
			if e.take("*") {
				known = false
				continue
			}
			property := e.identifier()
			e.wrong = property == ""
			path = append(path, property)
		case e.take("["):
			index := e.or()
			e.wrong = e.wrong || !e.take("]")
			property, ok := index.literal()
			known = known && ok
			path = append(path, property)
		default:
			return path, known
		}
	}
	return path, known
}

// follow reads properties behind a value that is no context.
func (e *expression) follow(v value) value {
	path, known := e.path("")
	switch {
	case e.wrong || len(path) == 1:
		return v
	case !known:
		return unknownValue(unknown, "a part of a value is chosen by the run")
	}
	return e.properties(v, path[1:])
}

// properties are what the path leads to in every alternative that is an object.
func (s scope) properties(v value, path []string) value {
	s.matrix = nil // its own values see none of it
	var found value
	for _, a := range v {
		if !s.spend(1 + len(path)) {
			return unknownValue(unknown, tooMany)
		}
		if why := a.text.why(); why != "" {
			found = append(found, a.as(textUnknown(why)))
			continue
		}
		found = append(found, s.in(s.value(s.property(a.node, path)), a.world)...) // null of a string
	}
	return s.capped(found)
}

// property is a value in an object or a list; nil, as null, if it is not there.
func (s scope) property(node *source.Node, path []string) *source.Node {
	for _, name := range path {
		if node != nil && !s.spend(len(node.Members)) {
			return &source.Node{Kind: source.Unknown, Text: tooMany}
		}
		if i, err := strconv.Atoi(name); err == nil && node != nil && node.Kind == source.List {
			if i < 0 || i >= len(node.Items) {
				return nil
			}
			node = node.Items[i]
			continue
		}
		node = node.Get(name)
	}
	return node
}
