package github

import (
	"encoding/json"
	"strconv"
	"strings"

	"keyless-runners/preflight/source"
)

// function calls one of GitHub's functions, by its name in lower case.
func (s scope) function(name string, arguments []value) value {
	switch {
	case name == "format" && len(arguments) > 0:
		return s.format(arguments[0], arguments[1:])
	case name == "fromjson" && len(arguments) == 1:
		return s.fromJSON(arguments[0])
	case name == "hashfiles":
		return unknownValue(kindContent, "hashFiles() is known only when the job runs")
	case name == "always", name == "success": // what is looked at are runs that go well
		return value{boolean(true, nil)}
	case name == "failure", name == "cancelled":
		return value{boolean(false, nil)}
	case (name == "contains" || name == "startswith") && len(arguments) == 2:
		return s.begins(name, arguments[0], arguments[1])
	case name == "contains", name == "startswith", name == "endswith":
		return either
	}
	return unknownValue(kindUnknown, name+"() is known only when the job runs")
}

// begins is false if no run has the text at the beginning of what it decides. What contains "refs/" begins with it.
func (s scope) begins(name string, of, with value) value {
	text, known := with.literal()
	if !known || len(of) != 1 || len(of[0].text) != 1 || name == "contains" && !strings.HasPrefix(text, "refs/") || s.canBegin(of[0].text[0].text, text) {
		return either
	}
	return value{boolean(false, of[0].world)}
}

// format replaces "{0}" and so on by the arguments; "{{" is a brace.
func (s scope) format(form value, arguments []value) value {
	text, ok := form.literal()
	if !ok {
		return unknownValue(kindUnknown, "the form of format() has alternatives")
	}
	whole := valueOf("")
	for text != "" {
		at := strings.IndexAny(text, "{}")
		if at < 0 || at+1 == len(text) {
			return s.join(whole, valueOf(text))
		}
		whole = s.join(whole, valueOf(text[:at]))
		if text[at+1] == text[at] {
			whole, text = s.join(whole, valueOf(text[at:at+1])), text[at+2:]
			continue
		}
		number, rest, closed := strings.Cut(text[at+1:], "}")
		i, err := strconv.Atoi(number)
		if err != nil || !closed || i < 0 || i >= len(arguments) {
			return unknownValue(kindUnknown, "format() has no argument for {"+number+"}")
		}
		whole, text = s.join(whole, arguments[i]), rest
	}
	return whole
}

// fromJSON reads the JSON that every alternative holds.
func (s scope) fromJSON(v value) value {
	var parsed value
	for _, a := range v {
		parsed = append(parsed, s.in(s.parsed(a.string()), a.world)...)
	}
	return s.capped(parsed)
}

// parsed is the value of a JSON text, in which nothing is an expression.
func (s scope) parsed(text pieces) value {
	whole, ok := text.known()
	if !ok {
		return unknownValue(kindUnknown, text.why())
	}
	if !s.spend(16*len(whole)) || strings.Contains(whole, "${{") || !json.Valid([]byte(whole)) {
		return unknownValue(kindUnknown, "fromJSON() is given what cannot be read")
	}
	roots, err := source.Parse("", []byte(whole))
	if err != nil {
		return unknownValue(kindUnknown, "fromJSON() is given what cannot be read")
	}
	return s.value(roots[0])
}
