package kubernetes

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func containers(list *source.Node) []facts.Container {
	return source.Each(list.Objects(), func(node *source.Node) facts.Container {
		c := container(node)
		c.RestartPolicy = textOf(node.Get("restartPolicy"), node.Place)
		return c
	})
}

func initContainers(list *source.Node) []facts.Container {
	all := source.Each(list.Objects(), container)
	for i, node := range list.Objects() {
		all[i].Init = true
		all[i].Sidecar = node.Word("restartPolicy") == "Always"
	}
	return all
}

// probes are fields that an init container may have only if it goes on running.
var probes = []string{"lifecycle", "livenessProbe", "readinessProbe", "startupProbe"}

func probe(node *source.Node) facts.Text {
	for _, name := range probes {
		if value := node.Get(name); value.Is(source.Map) {
			return facts.Known(name, value.Place)
		}
	}
	return facts.Text{Place: node.Place}
}

// asks are the programs with which a probe only asks, and changes what a command line has that does more.
var (
	asks    = []string{"docker", "buildctl", "sh", "bash", "ash"}
	changes = regexp.MustCompile(`chmod|chown|chgrp|setfacl|group|usermod|\.sh\b`)
)

// beside is the first command of the container's probes and hooks that may change what another user may do.
func beside(node *source.Node) facts.Text {
	for _, at := range actions {
		words := facts.TextsOf(node.Get(append(slices.Clone(at), "exec", "command")...))
		for i, word := range words {
			if !word.Known() || changes.MatchString(word.Value) || i == 0 && !slices.Contains(asks, path.Base(word.Value)) {
				return word
			}
		}
	}
	return facts.Text{}
}

// listens is the first probe that ends a container in which no port answers.
func listens(node *source.Node) facts.Text {
	for _, name := range []string{"livenessProbe", "startupProbe"} {
		for _, by := range []string{"httpGet", "tcpSocket", "grpc"} {
			if asks := node.Get(name, by); asks.Is(source.Map) && !asks.Has("host") {
				return facts.Known(name, asks.Place)
			}
		}
	}
	return facts.Text{}
}

func container(node *source.Node) facts.Container {
	return facts.Container{
		Place:      node.Place,
		Name:       textOf(node.Get("name"), node.Place),
		Image:      textOf(node.Get("image"), node.Place),
		PullPolicy: textOf(node.Get("imagePullPolicy"), node.Place),
		Command:    facts.TextsOf(node.Get("command")),
		Args:       facts.TextsOf(node.Get("args")),
		Env:        variables(node.Get("env")),
		EnvFrom:    sources(node.Get("envFrom")),
		Mounts:     mounts(node.Get("volumeMounts")),
		Probe:      probe(node),
		Resources:  resources(node.Get("resources")),
		Listens:    listens(node),
		Beside:     beside(node),
		Privileged: flagOf(node.Get("securityContext", "privileged"), node.Place),
		Security:   securityOf(node),
	}
}

// runnerFirst moves the runner's container to the front, if there is one.
func runnerFirst(all []facts.Container) (found bool) {
	i := slices.IndexFunc(all, func(c facts.Container) bool { return c.Name.Is(identity.ContainerRunner) })
	if i < 0 {
		return false
	}
	runner := all[i]
	copy(all[1:], all[:i])
	all[0] = runner
	return true
}

func variables(env *source.Node) []facts.EnvVar { return source.Each(env.Objects(), variable) }

// variable reads one variable. It is empty if it has neither a value nor a place
// to take one from.
func variable(node *source.Node) facts.EnvVar {
	v := facts.EnvVar{Name: node.Word("name"), Place: node.Place, Value: facts.TextOf(node.Get("value"), node.Place)}
	if v.Value.There && v.Value.Value != "" {
		return v
	}
	if from := origin(node.Get("valueFrom")); from != nil {
		v.From, v.Value = from.Name, facts.Text{Place: node.Place}
		if kind := strings.TrimSuffix(from.Name, "KeyRef"); sourceKinds[kind] != "" {
			v.Source = sourceOf(kind, from.Value)
			v.Key = from.Value.Word("key")
		} else if from.Name == "fieldRef" {
			v.Key = from.Value.Word("fieldPath")
		}
	} else if !node.Has("value") {
		v.Value.There = true
	}
	return v
}

// origin is where a variable takes its value from; nil if it is from nowhere.
func origin(valueFrom *source.Node) *source.Member {
	for _, member := range valueFrom.Entries() {
		if member.Value.Kind != source.Null {
			return &member
		}
	}
	return nil
}
