package scene

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// sorted are the keys of a map in order.
func sorted[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

func join[S ~string](names []S) string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = string(name)
	}
	return strings.Join(texts, ", ")
}

// list is an environment as processes take it.
func list(env map[string]string) []string {
	variables := make([]string, 0, len(env))
	for _, name := range sorted(env) {
		variables = append(variables, name+"="+env[name])
	}
	return variables
}
