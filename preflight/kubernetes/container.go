package kubernetes

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// runnerName is the container in which both generations of runners run jobs.
const runnerName = "runner"

func containers(list *source.Node) []facts.Container {
	var all []facts.Container
	for _, node := range objectsOf(list) {
		all = append(all, container(node))
	}
	return all
}

// initContainers are those that run before the others.
func initContainers(list *source.Node) []facts.Container {
	all := containers(list)
	for i, node := range objectsOf(list) {
		all[i].Init = true
		all[i].Sidecar = word(node, "restartPolicy") == "Always"
	}
	return all
}

// probes are fields that an init container may have only if it goes on running.
var probes = []string{"lifecycle", "livenessProbe", "readinessProbe", "startupProbe"}

func probe(node *source.Node) facts.Text {
	for _, name := range probes {
		if value := node.Get(name); value != nil && value.Kind == source.Map {
			return facts.Text{Value: name, Place: value.Place, There: true}
		}
	}
	return facts.Text{Place: node.Place}
}

func container(node *source.Node) facts.Container {
	return facts.Container{
		Place:      node.Place,
		Name:       textOf(node.Get("name"), node.Place),
		Image:      textOf(node.Get("image"), node.Place),
		Command:    facts.TextsOf(node.Get("command")),
		Args:       facts.TextsOf(node.Get("args")),
		Env:        variables(node.Get("env")),
		EnvFrom:    sources(node.Get("envFrom")),
		Mounts:     mounts(node.Get("volumeMounts")),
		Probe:      probe(node),
		Privileged: flagOf(node.Get("securityContext", "privileged"), node.Place),
		Security:   securityOf(node),
	}
}

// runnerFirst moves the runner's container to the front, if there is one.
func runnerFirst(all []facts.Container) (found bool) {
	i := slices.IndexFunc(all, func(c facts.Container) bool { return c.Name.Is(runnerName) })
	if i < 0 {
		return false
	}
	runner := all[i]
	copy(all[1:], all[:i])
	all[0] = runner
	return true
}

func variables(env *source.Node) []facts.EnvVar {
	var all []facts.EnvVar
	for _, node := range objectsOf(env) {
		all = append(all, variable(node))
	}
	return all
}

// variable reads one variable. It is empty if it has neither a value nor a place
// to take one from.
func variable(node *source.Node) facts.EnvVar {
	v := facts.EnvVar{Place: node.Place, Value: facts.TextOf(node.Get("value"), node.Place)}
	if name := node.Get("name"); name.Scalar() {
		v.Name = name.Text
	}
	if v.Value.There && v.Value.Value != "" {
		return v
	}
	if from := origin(node.Get("valueFrom")); from != nil {
		v.From, v.Value = from.Name, facts.Text{Place: node.Place}
		if kind := strings.TrimSuffix(from.Name, "KeyRef"); sourceKinds[kind] != "" {
			v.Source = sourceOf(kind, from.Value)
			v.Key = word(from.Value, "key")
		} else if from.Name == "fieldRef" {
			v.Key = word(from.Value, "fieldPath")
		}
	} else if !node.Has("value") {
		v.Value.There = true
	}
	return v
}

// origin is where a variable takes its value from; nil if it is from nowhere.
func origin(valueFrom *source.Node) *source.Member {
	if valueFrom == nil {
		return nil
	}
	for i := range valueFrom.Members {
		if valueFrom.Members[i].Value.Kind != source.Null {
			return &valueFrom.Members[i]
		}
	}
	return nil
}
