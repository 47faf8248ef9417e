package preflight

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// keys are variables that AWS SDKs take before the role's token, and profiles those that
// send AWS tools to a file first, where there may be anything.
var (
	keys     = []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}
	profiles = []string{"AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"}
)

// checkEnvironment looks for variables of a container that come before the role.
func (p *proof) checkEnvironment(w *facts.Workload, container *facts.Container) {
	for _, variable := range p.environment(w, container) {
		whose := fmt.Sprintf("container %q", spell(container.Name))
		switch {
		case slices.Contains(keys, variable.Name):
			p.find(keyInPod, variable.Place, fmt.Sprintf("%s has the environment variable %s%s, which wins over the role", whose, variable.Name, ofSource(variable)),
				"take it out")
		case slices.Contains(profiles, variable.Name) && !p.valueOf(w, variable).Is("default"):
			p.find(profileInPod, variable.Place, fmt.Sprintf("%s has the environment variable %s%s, and what AWS tools find there is not known", whose, variable.Name, ofSource(variable)),
				"take it out, so that they take the role")
		}
	}
}

// checkMounts reports volumes of a container at the folder in which AWS tools look for
// credentials.
func (p *proof) checkMounts(container *facts.Container) {
	for _, mount := range container.Mounts {
		if strings.Contains(mount.Path.Value+"/", "/.aws/") {
			p.find(profileInPod, mount.Path.Place, fmt.Sprintf("container %q has a volume at %q, and what AWS tools find there is not known", spell(container.Name), mount.Path.Value),
				"take it out, so that they take the role")
		}
	}
}

// ofSource names the object that a variable is a key of.
func ofSource(variable facts.EnvVar) string {
	if variable.Source.Kind == "" {
		return ""
	}
	return fmt.Sprintf(" of %s %q", variable.Source.Kind, spell(variable.Source.Name))
}

// checkSources reports ConfigMaps and Secrets that are variables of the container in
// which jobs run, and that are not among the files.
func (p *proof) checkSources(w *facts.Workload) {
	for _, of := range w.Containers[0].EnvFrom {
		if p.keyValues(w, of) == nil {
			p.find(sourceNotThere, of.Place, fmt.Sprintf("all keys of %s %q are variables of container %q, and it is not among the files: there may be an AWS key in it", of.Kind, spell(of.Name), spell(w.Containers[0].Name)),
				"name the keys that the runner needs, or add the file")
		}
	}
}

// environment are the variables of a container: its own, and the keys of what it takes
// as a whole, as far as that is among the files.
func (p *proof) environment(w *facts.Workload, container *facts.Container) []facts.EnvVar {
	if len(container.EnvFrom) == 0 {
		return container.Env
	}
	all := slices.Clone(container.Env)
	for _, of := range slices.Backward(container.EnvFrom) {
		object := p.keyValues(w, of)
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

// valueOf is what a variable is. What only a cluster knows is unknown.
func (p *proof) valueOf(w *facts.Workload, variable facts.EnvVar) facts.Text {
	if variable.From == "" {
		return variable.Value
	}
	if object := p.keyValues(w, variable.Source); object != nil {
		for _, key := range object.Keys {
			if key.Key == variable.Key && key.Value.There {
				return key.Value
			}
		}
	}
	return facts.Text{Unknown: fmt.Sprintf("the files do not tell what %s%s is (%s)", variable.Name, ofSource(variable), variable.From), Place: variable.Place, There: true}
}

// keyValues is the ConfigMap or Secret of a workload's namespace, nil if it is not among
// the files.
func (p *proof) keyValues(w *facts.Workload, of facts.EnvSource) *facts.KeyValues {
	if !of.Name.Known() {
		return nil
	}
	return nearest(p.keyed[keyValuesKey(of.Kind, w.Namespace, of.Name)], w.Place, func(kv *facts.KeyValues) source.Place { return kv.Place })
}

func keyValuesKey(kind string, namespace, name facts.Text) string {
	return strings.Join([]string{kind, accountKey(namespace, name.Value)}, " ")
}
