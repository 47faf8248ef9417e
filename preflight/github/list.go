package github

import (
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/facts"
)

// listSign stands between the elements of an array in the text of its variable: no string of the
// shell has one.
const listSign = "\x00"

// list is an array: its elements, as the shell makes them of the words.
func (x *script) list(array *syntax.ArrayExpr) value {
	whole := valueOf("")
	for i, element := range array.Elems {
		if element.Index != nil || element.Value == nil {
			return unknownValue(kindUnknown, facts.Short(x.read.Written(array))+onlyThen)
		}
		v, signs := x.spread(element.Value)
		if x.isArguments(element.Value) {
			v, signs = x.arrayOfArguments(), ""
		}
		if i > 0 {
			whole = x.step.join(whole, valueOf(listSign))
		}
		whole = x.step.join(whole, separated(v, signs))
	}
	return whole
}

// arrayOfArguments are the arguments of the function as an array. One that some runs do not have, or
// have in another form, leaves them unknown.
func (x *script) arrayOfArguments() value {
	whole := valueOf("")
	for i, argument := range x.frame.arguments {
		if len(argument) != 1 {
			return unknownValue(kindUnknown, "\"$@\""+onlyThen)
		}
		if i > 0 {
			whole = x.step.join(whole, valueOf(listSign))
		}
		whole = x.step.join(whole, argument)
	}
	return whole
}

// separated is the value with listSign in place of what splits it.
func separated(v value, signs string) value {
	if signs == "" {
		return v
	}
	return v.each(func(t pieces) (whole pieces) {
		for n, field := range t.split(signs) {
			if n > 0 {
				whole = whole.and(textOf(listSign))
			}
			whole = whole.and(field)
		}
		return whole
	})
}

// spread returns what a word may be, and the signs at which the shell makes several words of it; "": it
// is one.
func (x *script) spread(word *syntax.Word) (v value, signs string) {
	parameter, quoted := lone(word)
	switch {
	case parameter != nil && isIndices(parameter):
		return x.indices(parameter.Param.Value), listSign
	case parameter != nil && isWholeList(parameter) && (!quoted || parameter.Index.(*syntax.Word).Lit() == "@"):
		if v = x.lookUp(parameter.Param.Value); quoted {
			return v, listSign
		}
		return v, listSign + blanks
	case x.splits(word):
		return x.expand(word), blanks
	}
	return x.expand(word), ""
}

// isArguments reports whether a word stands for all arguments of a function that are known.
func (x *script) isArguments(word *syntax.Word) bool {
	parameter, _ := lone(word)
	return parameter != nil && parameter.Exp == nil && parameter.Slice == nil && parameter.Param != nil &&
		(parameter.Param.Value == "@" || parameter.Param.Value == "*") && x.frame != nil && !x.frame.unknown
}

// lone returns the parameter that is the whole word; nil: there is none.
func lone(word *syntax.Word) (parameter *syntax.ParamExp, quoted bool) {
	if len(word.Parts) != 1 {
		return nil, false
	}
	part := word.Parts[0]
	if quotes, is := part.(*syntax.DblQuoted); is && len(quotes.Parts) == 1 {
		part, quoted = quotes.Parts[0], true
	}
	parameter, _ = part.(*syntax.ParamExp)
	return parameter, quoted
}

// isWholeList reports whether a parameter is ${NAME[@]} or ${NAME[*]}.
func isWholeList(p *syntax.ParamExp) bool {
	index, ok := p.Index.(*syntax.Word)
	return ok && (index.Lit() == "@" || index.Lit() == "*") && isUnchanged(p)
}

// isIndices reports whether a parameter is ${!NAME[@]}.
func isIndices(p *syntax.ParamExp) bool {
	index, ok := p.Index.(*syntax.Word)
	return ok && index.Lit() == "@" && p.Excl && p.Param != nil && p.Exp == nil
}

// isUnchanged reports whether a parameter is its variable, or elements of it, and nothing is done to it.
func isUnchanged(p *syntax.ParamExp) bool {
	return p.Param != nil && !p.Excl && !p.Length && p.Slice == nil && p.Repl == nil && p.Names == 0 && p.Exp == nil
}

// joined is a list within a word: its elements with the first sign of IFS between them.
func (x *script) joined(name string) value {
	sign := " "
	if v, isSet := x.variables.get("IFS"); isSet {
		ifs, known := v.literal()
		if !known || ifs == "" {
			return unknownValue(kindUnknown, "$"+facts.Short(name)+onlyThen)
		}
		sign = ifs[:1]
	}
	return x.lookUp(name).each(func(t pieces) pieces { return t.replaced(listSign, sign) })
}

// firstElement returns the value of a variable without an index: of an array the first element.
func firstElement(v value) value {
	isList := func(a alternative) bool {
		return slices.ContainsFunc(a.text, func(p piece) bool { return p.kind == kindKnown && strings.Contains(p.text, listSign) })
	}
	if !slices.ContainsFunc(v, isList) {
		return v
	}
	first := slices.Clone(v)
	for i, a := range v {
		if isList(a) {
			before, _, _ := a.string().cut(listSign)
			first[i] = a.as(before)
		}
	}
	return first
}

// element is ${NAME[NUMBER]}.
func (x *script) element(p *syntax.ParamExp) value {
	not := unknownValue(kindUnknown, facts.Short(x.read.Written(p))+onlyThen)
	index, ok := p.Index.(*syntax.Word)
	if !ok {
		return not
	}
	var found value
	for _, number := range x.expand(index) {
		written, _ := number.string().known()
		n, err := strconv.Atoi(written)
		if err != nil || n < 0 {
			return not
		}
		for _, a := range x.step.in(x.lookUp(p.Param.Value), number.world) {
			one := a.as(nil)
			if elements := a.string().split(listSign); n < len(elements) {
				one.text = elements[n]
			} else if len(elements) > 0 && elements[0].why() != "" {
				return not
			}
			found = append(found, one)
		}
	}
	return x.step.capped(found)
}

// indices are ${!NAME[@]}: the numbers of an array's elements.
func (x *script) indices(name string) value {
	all := asStrings(x.lookUp(name))
	if all.has(kindUnknown) {
		return unknownValue(kindUnknown, "$"+facts.Short(name)+onlyThen)
	}
	return all.each(func(t pieces) pieces {
		var list []string
		for n := range t.split(listSign) {
			list = append(list, strconv.Itoa(n))
		}
		return textOf(strings.Join(list, listSign))
	})
}
