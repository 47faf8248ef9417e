package chain

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// jobPodOf is the Pod that the hooks of a runner start for a job's container. It is nil if they
// start none, or one that has the namespace's default ServiceAccount without a role.
func (c *Chains) jobPodOf(r *Runner) *Runner {
	if !r.Workload.Runner || !r.StartsPods() || len(r.Containers) == 0 {
		return nil
	}
	found := c.templateOf(r)
	w := kubernetes.JobPod(r.Workload, found.node)
	if found.unknown.There {
		w.ServiceAccount = found.unknown
	}
	if other := c.otherNamespace(r); other.There {
		w.ServiceAccount = other
	}
	if !w.ServiceAccount.There && !found.unreadable.There && !c.hasRole(&w, func(*facts.Role) bool { return true }) {
		return nil
	}
	return &Runner{Workload: &w, SA: c.ServiceAccountOf(&w), StartedBy: r, unreadable: found.unreadable}
}

// otherNamespace is why it is not known which ServiceAccount the Pods of jobs have: the hooks may
// make them in another namespace than the runner's, where neither its claims nor its permissions
// are. Not there: they make them in the runner's.
func (c *Chains) otherNamespace(r *Runner) facts.Text {
	namespace := c.Variable(r.Workload, &r.Containers[0], identity.EnvKubernetesNamespace)
	switch {
	case namespace.Unknown != "":
		return namespace
	case namespace.Value == "", namespace.Is(r.Namespace.Value):
		return facts.Text{}
	}
	return facts.Text{Unknown: fmt.Sprintf("the hooks make the Pods of jobs in namespace %q (%s), which is not followed", namespace.Value, identity.EnvKubernetesNamespace), Place: namespace.Place, There: true}
}

// hookTemplate is the template of a job's Pod, as far as the files have it: all zero, if there is none.
type hookTemplate struct {
	node *source.Node
	// unknown says why it is not known which one there is.
	unknown facts.Text
	// unreadable is why the hooks cannot read it; not there: they can, or whether they can is not
	// known.
	unreadable facts.Text
}

// madeTwice looks for a token that both Pods have at one path.
func (c *Chains) madeTwice(r *Runner) {
	if r.StartedBy == nil || r.StartedBy.ContainerMode.Is(identity.ModeKubernetes) || r.Identity == nil {
		return
	}
	fileOf := func(r *Runner) facts.Text {
		return c.Variable(r.Workload, &c.PodOf(r).Containers[0], identity.EnvTokenFile)
	}
	if own, runners := fileOf(r), fileOf(r.StartedBy); own.Known() && runners.Is(own.Value) {
		r.fails(Unknown, r.Place, TokenMadeTwice, "whether the %s starts is not known: the runner's Pod has a role too, and without a shared volume the hooks were seen to fail on the path of the token then (runner-container-hooks issue 381)", r.Quoted())
	}
}

// replacesHooks looks for init containers that the hooks take in place of their own.
func (c *Chains) replacesHooks(r *Runner) {
	if r.StartedBy == nil || r.StartedBy.ContainerMode.Is(identity.ModeKubernetes) {
		return
	}
	if i := slices.IndexFunc(r.Containers, func(c facts.Container) bool { return c.Init }); i >= 0 {
		r.fails(Unknown, r.Containers[i].Place, HooksContainerReplaced, "whether actions run in the %s is not known: initContainers of its template take the place of the hooks' own, which copies what actions run with", r.Quoted())
	}
}

// templateOf reads the template of the Pods that a runner starts, from the file in its container
// that a variable names (readExtensionFromFile of runner-container-hooks).
func (c *Chains) templateOf(r *Runner) hookTemplate {
	switch name := c.Variable(r.Workload, &r.Containers[0], identity.EnvHookTemplate); {
	case name.Unknown != "":
		return hookTemplate{unknown: name}
	case name.Value == "":
		return hookTemplate{}
	case !c.hasKnownHooks(r):
		return unknownTemplate(r.ContainerMode.Place, "%s names other hooks than those of the runners' images", identity.EnvContainerHooks)
	case !path.IsAbs(name.Value):
		return unknownTemplate(name.Place, "%s is %q, and in which folder that is depends on the runner", identity.EnvHookTemplate, name.Value)
	default:
		return c.templateAt(r, name)
	}
}

// templateAt reads the template at a path of a runner's container.
func (c *Chains) templateAt(r *Runner, name facts.Text) hookTemplate {
	main := &r.Containers[0]
	file := kubernetes.FileAt(c.PodOf(r), main, name.Value)
	switch {
	case file.Unknown != "":
		return unknownTemplate(file.Place, "%s", file.Unknown)
	case file.Mount == nil && IsPublished(main.Image):
		return unreadableTemplate(r, name, name.Place, "no volume is mounted there, and image %q has no such file", main.Image.Value)
	case file.Mount == nil:
		return unknownTemplate(name.Place, "no volume is mounted at %q, and what the image has there is not among the files", name.Value)
	case file.Keys == nil && file.Volume != nil && len(file.Volume.Keys) > 0:
		return unreadableTemplate(r, name, file.Place, "volume %q has no such file", file.Mount.Volume.Value)
	case file.Keys == nil:
		return unknownTemplate(file.Place, "what is in volume %q is not among the files", file.Mount.Volume.Value)
	}
	first := file.Keys[0]
	key, unknown := c.keyIn(r.Workload, file.Keys)
	switch {
	case unknown != "":
		return unknownTemplate(first.Source.Place, "%s", unknown)
	case !key.Value.There:
		return unreadableTemplate(r, name, first.Source.Place, "%s %q has no key %q", first.Source.Kind, first.Source.Name, first.Key)
	}
	if _, known := c.templates[key]; !known {
		c.templates[key] = readTemplate(key)
	}
	read := c.templates[key]
	if read.problem != "" {
		return unreadableTemplate(r, name, key.Place, "%s", read.problem)
	}
	return hookTemplate{node: read.node}
}

// template is a key's value as the hooks read it, which is the same for all runners that they serve:
// problem says why they cannot read it.
type template struct {
	node    *source.Node
	problem string
}

func readTemplate(key facts.KeyValue) template {
	node, err := kubernetes.HookTemplate(key)
	if err != nil {
		return template{problem: err.Error()}
	}
	return template{node: node}
}

func unknownTemplate(at source.Place, format string, args ...any) hookTemplate {
	return hookTemplate{unknown: facts.Text{Unknown: fmt.Sprintf(format, args...), Place: at, There: true}}
}

func unreadableTemplate(r *Runner, name facts.Text, at source.Place, format string, args ...any) hookTemplate {
	return hookTemplate{unreadable: facts.Known(fmt.Sprintf("the container hooks of %s cannot read the template %q: %s", r.Quoted(), name.Value, fmt.Sprintf(format, args...)), at)}
}

// keyIn finds the first of the keys that there is, or why that is not known.
func (c *Chains) keyIn(w *facts.Workload, keys []facts.KeyFile) (found facts.KeyValue, unknown string) {
	for _, file := range keys {
		object := c.KeyValuesOf(w, file.Source)
		if object == nil {
			return found, fmt.Sprintf("%s %q of namespace %q is not among the files", file.Source.Kind, file.Source.Name, w.Namespace)
		}
		for _, key := range object.Keys {
			switch {
			case key.Key != file.Key:
			case key.Value.Known():
				return key, ""
			case key.Value.There:
				return found, key.Value.Unknown
			default:
				return found, fmt.Sprintf("the value of key %q of %s %q is not read", key.Key, object.Kind, object.Name)
			}
		}
		if object.Unknown != "" {
			return found, object.Unknown
		}
	}
	return found, ""
}

// knownHooks end the names of the hooks in the images of both generations of runners.
var knownHooks = []string{"/k8s/index.js", "/k8s-novolume/index.js"}

func (c *Chains) hasKnownHooks(r *Runner) bool {
	hooks := c.Variable(r.Workload, &r.Containers[0], identity.EnvContainerHooks)
	return slices.ContainsFunc(knownHooks, func(end string) bool { return strings.HasSuffix(hooks.Value, end) })
}
