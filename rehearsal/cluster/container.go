package cluster

import (
	"context"
	"errors"
	"fmt"
	"path"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/identity"
)

// Container holds what a kubelet would start a container with, as far as credentials go.
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
		value, err := c.value(ctx, pod, variable)
		if err != nil {
			return Container{}, fmt.Errorf("Pod %q, container %q: variable %q: %w", pod.Name, name, variable.Name, err)
		}
		started.Env = append(started.Env, variable.Name+"="+value)
	}
	for _, mount := range container.VolumeMounts {
		if err := c.mount(ctx, pod, mount, started.Tokens); err != nil {
			return Container{}, err
		}
	}
	return started, nil
}

// value returns a variable's value: written, a name of the Pod, or in a Secret of its namespace.
func (c *Cluster) value(ctx context.Context, pod *core.Pod, variable core.EnvVar) (string, error) {
	from := variable.ValueFrom
	switch {
	case from == nil:
		return variable.Value, nil
	case from.FieldRef != nil && from.FieldRef.FieldPath == "metadata.name":
		return pod.Name, nil
	case from.SecretKeyRef != nil:
		secret, err := c.Client.CoreV1().Secrets(pod.Namespace).Get(ctx, from.SecretKeyRef.Name, meta.GetOptions{})
		if err != nil {
			return "", err
		}
		return string(secret.Data[from.SecretKeyRef.Key]), nil
	}
	return "", errors.New("its value is elsewhere, where it is not looked up here")
}

// find returns the container of a Pod, a sidecar among its init containers included.
func find(pod *core.Pod, name string) *core.Container {
	for _, containers := range [][]core.Container{pod.Spec.Containers, pod.Spec.InitContainers} {
		for i := range containers {
			if containers[i].Name == name {
				return &containers[i]
			}
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
