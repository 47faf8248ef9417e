package facts

import (
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// Tag is a tag of a role, a session or an image repository. Its value is not there if it is not known.
type Tag struct {
	Key   string
	Value Text
}

// Tags are tags as their source shows them. The zero value: nothing of them is known.
type Tags struct {
	List []Tag
	// All reports that there are no others, but for AWS's own.
	All bool
}

// TagsOf reads a list of objects with Key and Value. A key that is not known may be any.
func TagsOf(list *source.Node, all bool) Tags {
	tags := Tags{All: all}
	for _, node := range list.Values() {
		key := TextOf(node.Get("Key"), node.Place)
		if !key.Known() {
			return Tags{}
		}
		tags.List = append(tags.List, Tag{key.Value, TextOf(node.Get("Value"), node.Place)})
	}
	return tags
}

// With returns the tags with others in place of those of the same keys.
func (t Tags) With(others ...Tag) Tags {
	t.List = slices.DeleteFunc(slices.Clone(t.List), func(own Tag) bool {
		return slices.ContainsFunc(others, func(other Tag) bool { return strings.EqualFold(own.Key, other.Key) })
	})
	t.List = append(t.List, others...)
	return t
}

// Value returns the value of a key; ok is false if it is not known, and a value that is not there is none. The
// names of IAM's condition keys ignore case, so keys that differ in it alone have several values.
func (t Tags) Value(key string) (value Text, ok bool) {
	ok = t.All && !strings.HasPrefix(strings.ToLower(key), "aws:")
	seen := false
	for _, tag := range t.List {
		if strings.EqualFold(tag.Key, key) {
			value, ok, seen = tag.Value, tag.Value.Known() && (!seen || ok && tag.Value.Is(value.Value)), true
		}
	}
	return value, ok
}
