package stage

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/identity"
)

// Container holds what a process in a container of a runner's Pod finds.
type Container struct {
	// Env is its environment. Variables that are the path of a token, or the address of
	// the agent, lead to where it is on this machine.
	Env map[string]string
	// Tokens are the files of the tokens that it can read.
	Tokens []string
}

// Start prepares a container of the Pod. Its files lie in a separate folder, below
// the one that is given.
func (r Runner) Start(ctx context.Context, name, folder string) (Container, error) {
	given, err := r.Cluster.Container(ctx, &r.Pod, name)
	if err != nil {
		return Container{}, err
	}
	container := Container{Env: map[string]string{}}
	for _, variable := range given.Env {
		name, value, _ := strings.Cut(variable, "=")
		container.Env[name] = value
	}
	for path, token := range given.Tokens {
		file := filepath.Join(folder, name, path)
		if err := container.write(path, file, token); err != nil {
			return Container{}, err
		}
	}
	container.lead(identity.AgentURI, r.Cluster.agent.URI)
	return container, nil
}

// write puts a token into a file, to which the variables that name its path lead then.
func (c *Container) write(path, file, token string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(file, []byte(token), 0o600); err != nil {
		return err
	}
	c.Tokens = append(c.Tokens, file)
	c.lead(path, file)
	return nil
}

// lead has the variables that name a place in the container name where it is on this machine.
func (c *Container) lead(from, to string) {
	for name, value := range c.Env {
		if value == from {
			c.Env[name] = to
		}
	}
}

// In is the container's environment for a job in a region, which is the workflow's to
// say: the Pod's own is the cluster's.
func (c Container) In(region identity.Region) []string {
	env := maps.Clone(c.Env)
	env["AWS_REGION"] = string(region)
	variables := make([]string, 0, len(env))
	for _, name := range slices.Sorted(maps.Keys(env)) {
		variables = append(variables, name+"="+env[name])
	}
	return variables
}

// Without is the container without a variable.
func (c Container) Without(name string) Container {
	c.Env = maps.Clone(c.Env)
	delete(c.Env, name)
	return c
}
