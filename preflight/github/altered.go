package github

import (
	"regexp"
	"strings"

	"mvdan.cc/sh/v3/pattern"
	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/facts"
)

// maxCut is the length of the longest text of which the shell's patterns are tried.
const maxCut = 1000

// altered is a form of a parameter that makes another text of its variable. What is not known and
// the same throughout a run, or in the next run on the branch, is so after it too.
func (x *script) altered(p *syntax.ParamExp) value {
	written := x.read.Written(p)
	if p.Param == nil || p.Excl || p.Length || p.Index != nil || p.Names != 0 || strings.Count(written, "$") != 1 {
		return unknownValue(kindUnknown, facts.Short(written)+onlyThen)
	}
	return firstElement(x.lookUp(p.Param.Value)).each(func(t pieces) pieces {
		if cut := x.cut(p, t); cut != nil {
			return cut
		}
		return pieces{{kindOfUnknown(t), facts.Short(written) + onlyThen}}
	})
}

// kindOfUnknown returns what is known of a text's unknown pieces, if it is the same of all.
func kindOfUnknown(t pieces) pieceKind {
	kind := kindKnown
	for _, p := range t {
		switch {
		case p.kind == kindKnown:
		case kind != kindKnown && kind != p.kind, p.kind == kindRegistryOfLogin:
			return kindUnknown
		default:
			kind = p.kind
		}
	}
	if kind == kindKnown {
		return kindUnknown
	}
	return kind
}

// cut is ${NAME#PATTERN} and its like of a text that is known; nil: it is not followed.
func (x *script) cut(p *syntax.ParamExp, t pieces) pieces {
	whole, ok := t.known()
	if !ok || p.Exp == nil || p.Exp.Word == nil || len(whole) > maxCut {
		return nil
	}
	expression, err := pattern.Regexp(p.Exp.Word.Lit(), pattern.EntireString)
	matches, compiled := regexp.Compile(expression)
	if err != nil || compiled != nil || p.Exp.Word.Lit() == "" {
		return nil
	}
	for i := range len(whole) + 1 {
		j := len(whole) - i
		switch p.Exp.Op {
		case syntax.RemSmallPrefix:
			if matches.MatchString(whole[:i]) {
				return cutTo(whole[i:])
			}
		case syntax.RemLargePrefix:
			if matches.MatchString(whole[:j]) {
				return cutTo(whole[j:])
			}
		case syntax.RemSmallSuffix:
			if matches.MatchString(whole[j:]) {
				return cutTo(whole[:j])
			}
		case syntax.RemLargeSuffix:
			if matches.MatchString(whole[i:]) {
				return cutTo(whole[:i])
			}
		default:
			return nil
		}
	}
	return cutTo(whole)
}

// cutTo is a text that is there, even if it is empty.
func cutTo(whole string) pieces {
	if whole == "" {
		return pieces{}
	}
	return textOf(whole)
}
