package facts

import (
	"fmt"
	"strings"
)

// String returns the value as reports show it: "?" if it is not known.
func (t Text) String() string {
	if !t.Known() {
		return "?"
	}
	return t.Value
}

// InCluster names a cluster as reports show it.
func InCluster(name Text) string {
	if !name.Known() {
		return "a cluster that is not known"
	}
	return fmt.Sprintf("cluster %q", name.Value)
}

// Named returns a namespaced name as reports show it.
func Named(namespace, name Text) string { return namespace.String() + "/" + name.String() }

// Short cuts a text to what a reason quotes.
func Short(text string) string {
	const most = 80
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}

// Listed joins values with commas, the first eight of many.
func Listed(values []string) string {
	const most = 8
	if len(values) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(values[:most], ", "), len(values)-most)
	}
	return strings.Join(values, ", ")
}

// Quoted lists values in quotes; "none" if there are none.
func Quoted(values []string) string {
	if len(values) == 0 {
		return "none"
	}
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = fmt.Sprintf("%q", value)
	}
	return Listed(quoted)
}
