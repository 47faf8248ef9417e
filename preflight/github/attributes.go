package github

import (
	"slices"
	"strings"
)

// attributes are pairs that Docker writes as "type=registry,ref=REF". A value without a
// name belongs to the name before it.
type attributes []attribute

type attribute struct {
	name  string
	value pieces
}

func attributesOf(t pieces) attributes {
	var all attributes
	last := ""
	for _, part := range t.split(",") {
		name, sign, value := part.cut("=")
		plain, ok := name.known()
		if sign == 0 || !ok {
			all = append(all, attribute{last, part.unquoted()})
			continue
		}
		last = strings.ToLower(strings.Trim(plain, `" `))
		all = append(all, attribute{last, value.unquoted()})
	}
	return all
}

// named are the values with the name, or without any.
func (all attributes) named(name string) []pieces {
	var values []pieces
	for _, a := range all {
		if a.name == name || a.name == "" {
			values = append(values, a.value)
		}
	}
	return values
}

func (all attributes) has(name string) bool {
	return slices.ContainsFunc(all, func(a attribute) bool { return a.name == name })
}

func (all attributes) first(name string) pieces {
	for _, a := range all {
		if a.name == name {
			return a.value
		}
	}
	return nil
}

// literal is the value with the name if it is known, "" otherwise.
func (all attributes) literal(name string) string {
	value, _ := all.first(name).known()
	return value
}

// mayBe reports whether the values with the name may be the text.
func (all attributes) mayBe(name, want string) bool {
	for _, a := range all {
		if a.name == name {
			text, ok := a.value.known()
			return !ok || text == want
		}
	}
	return false
}

// pushes reports whether an output of a build is a registry. told says that the build is told to
// push besides, which goes for an output of the type "image" too.
func (all attributes) pushes(told bool) bool {
	return all.mayBe("type", "registry") || all.mayBe("push", "true") || told && all.mayBe("type", "image")
}

// pushed are images as an output of a build pushes them: by digest alone, if it says so.
func (all attributes) pushed(refs ...pieces) []pieces {
	if all.literal("push-by-digest") != "true" {
		return refs
	}
	digests := make([]pieces, len(refs))
	for i, ref := range refs {
		digests[i] = untagged(ref).and(pieces{{kindKnown, ":"}, {kindFresh, "the build pushes by digest, without a tag"}})
	}
	return digests
}

func (all attributes) cache() []pieces {
	switch {
	case all.mayBe("type", "registry"):
		return all.named("ref")
	case len(all) == 1 && all[0].name == "":
		return []pieces{all[0].value}
	}
	return nil
}
