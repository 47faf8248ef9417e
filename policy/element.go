package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// elements says how each element of an object is read.
type elements map[string]func() error

// elements reads an object of none but the given elements.
func (r *reader) elements(known elements) error {
	return r.object(func(name string) error {
		read, ok := known[name]
		if !ok {
			names := slices.Sorted(maps.Keys(known))
			return r.problem(unknown("element", name, names, "one of "+strings.Join(names, ", ")))
		}
		return read()
	})
}

func (r *reader) document(to *Document) error {
	start := r.tokens.Ahead()
	err := r.elements(elements{
		"Version":   func() error { return r.version(&to.Version) },
		"Id":        func() error { return r.string(&to.Id) },
		"Statement": func() error { return r.statements(&to.Statement) },
	})
	if err == nil && to.Statement == nil {
		return r.problemSince(start, "Statement is missing; want at least one statement")
	}
	return err
}

func (r *reader) version(to *string) error {
	if err := r.string(to); err != nil {
		return err
	}
	if versions := []string{Version, "2008-10-17"}; !slices.Contains(versions, *to) {
		return r.problem(unknown("version", *to, versions, fmt.Sprintf("%q, or %q of old documents", versions[0], versions[1])))
	}
	return nil
}

// statements reads a statement or a list of them.
func (r *reader) statements(to *[]Statement) error {
	one := func() error {
		var statement Statement
		err := r.statement(&statement)
		*to = append(*to, statement)
		return err
	}
	if r.tokens.Opens('[') {
		return r.list(one)
	}
	return one()
}

func (r *reader) statement(to *Statement) error {
	start := r.tokens.Ahead()
	err := r.elements(elements{
		"Sid":          func() error { return r.string(&to.Sid) },
		"Effect":       func() error { return r.effect(&to.Effect) },
		"Principal":    func() error { return r.principal(&to.Principal) },
		"NotPrincipal": func() error { return r.principal(&to.NotPrincipal) },
		"Action":       func() error { return r.strings(&to.Action) },
		"NotAction":    func() error { return r.strings(&to.NotAction) },
		"Resource":     func() error { return r.strings(&to.Resource) },
		"NotResource":  func() error { return r.strings(&to.NotResource) },
		"Condition":    func() error { return r.condition(&to.Condition) },
	})
	if problem := to.problem(); err == nil && problem != "" {
		return r.problemSince(start, problem)
	}
	return err
}

// problem says which elements of a statement contradict each other, "" if none do.
func (s Statement) problem() string {
	switch {
	case s.Effect == "":
		return `Effect is missing; want "Allow" or "Deny"`
	case s.Action == nil && s.NotAction == nil:
		return "Action is missing; want Action or NotAction"
	case s.Action != nil && s.NotAction != nil:
		return "Action and NotAction in one statement; want one of them"
	case s.Resource != nil && s.NotResource != nil:
		return "Resource and NotResource in one statement; want one of them"
	case s.Principal != nil && s.NotPrincipal != nil:
		return "Principal and NotPrincipal in one statement; want one of them"
	}
	return ""
}

func (r *reader) effect(to *Effect) error {
	var text string
	if err := r.string(&text); err != nil {
		return err
	}
	*to = Effect(text)
	if known := []string{string(EffectAllow), string(EffectDeny)}; !slices.Contains(known, text) {
		return r.problem(unknown("effect", text, known, `"Allow" or "Deny"`))
	}
	return nil
}

// principal reads "*" or an object of kinds.
func (r *reader) principal(to **Principal) error {
	*to = &Principal{}
	if r.tokens.Opens('"') {
		if token := r.next(); token.Text() != everybody {
			return r.wrong(token, `"*" or an object such as {"AWS": "*"}`)
		}
		(*to).AWS = Values{everybody}
		return nil
	}
	start := r.tokens.Ahead()
	err := r.elements(elements{
		"AWS":           func() error { return r.strings(&(*to).AWS) },
		"Federated":     func() error { return r.strings(&(*to).Federated) },
		"Service":       func() error { return r.strings(&(*to).Service) },
		"CanonicalUser": func() error { return r.strings(&(*to).CanonicalUser) },
	})
	if err == nil && !(*to).named() {
		return r.problemSince(start, "no principal is named; want AWS, Federated, Service or CanonicalUser")
	}
	return err
}

// condition reads operators, their keys and the values of each. An empty
// condition counts as no condition.
func (r *reader) condition(to *Condition) error {
	return r.object(func(operator string) error {
		if _, known := parseOperator(operator); !known {
			return r.problem(unknown("condition operator", operator, operatorNames(), `an operator of IAM such as "StringEquals" or "StringLike"`))
		}
		keys := map[string]Values{}
		if *to == nil {
			*to = Condition{}
		}
		(*to)[operator] = keys
		return r.object(func(key string) error {
			var values Values
			err := r.values(&values, r.scalar)
			keys[key] = values
			return err
		})
	})
}
