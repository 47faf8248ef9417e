package cluster

import (
	"context"
	"fmt"
	"path"
	"time"

	core "k8s.io/api/core/v1"

	"keyless-runners/identity"
)

// Container is what a kubelet would start a container with, as far as credentials go.
type Container struct {
	// Env is its environment, each variable as NAME=VALUE.
	Env []string
	// Tokens are the ServiceAccount tokens in its file system, by path.
	Tokens map[string]string
}

// Container plays the kubelet for one container of a Pod: the variables of its
// environment, and a token from the API server for each that its volumes project.
func (c *Cluster) Container(ctx context.Context, pod *core.Pod, name string) (Container, error) {
	container := find(pod, name)
	if container == nil {
		return Container{}, fmt.Errorf("Pod %q has no container %q", pod.Name, name)
	}
	started := Container{Tokens: map[string]string{}}
	for _, variable := range container.Env {
		if variable.ValueFrom != nil {
			return Container{}, fmt.Errorf("Pod %q, container %q: the value of variable %q is elsewhere, where nobody looks it up here", pod.Name, name, variable.Name)
		}
		started.Env = append(started.Env, variable.Name+"="+variable.Value)
	}
	for _, mount := range container.VolumeMounts {
		if err := c.mount(ctx, pod, mount, started.Tokens); err != nil {
			return Container{}, err
		}
	}
	return started, nil
}

func find(pod *core.Pod, name string) *core.Container {
	for i := range pod.Spec.Containers {
		if pod.Spec.Containers[i].Name == name {
			return &pod.Spec.Containers[i]
		}
	}
	return nil
}

// mount adds the tokens of one volume.
func (c *Cluster) mount(ctx context.Context, pod *core.Pod, mount core.VolumeMount, tokens map[string]string) error {
	for _, volume := range pod.Spec.Volumes {
		if volume.Name != mount.Name || volume.Projected == nil {
			continue
		}
		for _, source := range volume.Projected.Sources {
			projection := source.ServiceAccountToken
			if projection == nil {
				continue
			}
			token, err := c.Token(ctx, TokenRequest{
				Namespace:      identity.Namespace(pod.Namespace),
				ServiceAccount: identity.ServiceAccount(pod.Spec.ServiceAccountName),
				Pod:            pod.Name,
				Audience:       projection.Audience,
				Lifetime:       time.Duration(*projection.ExpirationSeconds) * time.Second,
			})
			if err != nil {
				return err
			}
			tokens[path.Join(mount.MountPath, projection.Path)] = token
		}
	}
	return nil
}
