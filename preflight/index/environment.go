package index

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Environment are the variables of a container: its own, and the keys of what it takes as a
// whole, as far as that is among the files.
func (i *Index) Environment(w *facts.Workload, container *facts.Container) []facts.EnvVar {
	if len(container.EnvFrom) == 0 {
		return container.Env
	}
	all := slices.Clone(container.Env)
	for _, of := range slices.Backward(container.EnvFrom) {
		object := i.KeyValuesOf(w, of)
		if object == nil {
			continue
		}
		for _, key := range object.Keys {
			name := of.Prefix + key.Key
			if !slices.ContainsFunc(all, func(hides facts.EnvVar) bool { return hides.Name == name }) {
				all = append(all, facts.EnvVar{Name: name, Place: of.Place, From: "envFrom", Source: of, Key: key.Key})
			}
		}
	}
	return all
}

// Variable is a variable of a container, not there if it has none.
func (i *Index) Variable(w *facts.Workload, container *facts.Container, name string) (value facts.Text) {
	for _, variable := range i.Environment(w, container) {
		if variable.Name == name {
			value = i.Value(w, variable)
		}
	}
	if strings.Contains(value.Value, "$(") {
		return facts.Unknown(fmt.Sprintf("%s depends on other variables: %q", name, value.Value), value.Place)
	}
	return value
}

// Value returns the value of a variable. What only a cluster knows is unknown.
func (i *Index) Value(w *facts.Workload, variable facts.EnvVar) facts.Text {
	if variable.From == "" {
		return variable.Value
	}
	if variable.From == "fieldRef" && variable.Key == "metadata.namespace" && w.Namespace.Known() {
		return w.Namespace
	}
	if object := i.KeyValuesOf(w, variable.Source); object != nil {
		for _, key := range object.Keys {
			if key.Key == variable.Key && key.Value.There {
				return key.Value
			}
		}
	}
	return facts.Unknown(fmt.Sprintf("the files do not determine %s%s (%s)", variable.Name, SourceOf(variable), variable.From), variable.Place)
}

// SourceOf names the object that a variable is a key of, with a blank before it; "" if none.
func SourceOf(variable facts.EnvVar) string {
	if variable.Source.Kind == "" {
		return ""
	}
	return fmt.Sprintf(" of %s %q", variable.Source.Kind, variable.Source.Name)
}

// KeyValuesOf is the ConfigMap or Secret of a workload's namespace, nil if it is not among
// the files.
func (i *Index) KeyValuesOf(w *facts.Workload, of facts.EnvSource) *facts.KeyValues {
	if !of.Name.Known() {
		return nil
	}
	return nearest(i, i.keyValues[of.Kind+" "+namespacedKey(w.Namespace, of.Name.Value)], w, func(kv *facts.KeyValues) source.Place { return kv.Place })
}
