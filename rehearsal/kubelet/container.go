// Package kubelet plays the part of kubelet that a job's identity depends on: it gives
// a container of a Pod its environment, and it has the tokens of the Pod's projected
// volumes minted and writes them where the container mounts them. It starts no
// container.
package kubelet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	core "k8s.io/api/core/v1"
)

// Mint has kube-apiserver make a token for the Pod's ServiceAccount, bound to the Pod.
type Mint func(ctx context.Context, pod *core.Pod, audience string, seconds int64) (string, error)

// Container is what a process in a container finds.
type Container struct {
	// Env is its environment. Paths into volumes that were written lead to where
	// they lie on this machine.
	Env map[string]string
	// Tokens are the files of the tokens that it can read; none if it mounts none.
	Tokens []string
}

// Start prepares the container with the given name in a folder that is the root of
// its files.
func Start(ctx context.Context, pod *core.Pod, name, folder string, mint Mint) (Container, error) {
	container, err := find(pod, name)
	if err != nil {
		return Container{}, err
	}
	started := Container{Env: map[string]string{}}
	for _, variable := range container.Env {
		if variable.ValueFrom != nil {
			return Container{}, fmt.Errorf("container %q: variable %s has no literal value", name, variable.Name)
		}
		started.Env[variable.Name] = variable.Value
	}
	for _, mount := range container.VolumeMounts {
		files, err := write(ctx, pod, mount, folder, mint)
		if err != nil {
			return Container{}, fmt.Errorf("container %q: volume %q: %w", name, mount.Name, err)
		}
		if files != nil {
			started.Tokens = append(started.Tokens, files...)
			started.relocate(mount.MountPath, folder)
		}
	}
	return started, nil
}

func find(pod *core.Pod, name string) (core.Container, error) {
	for _, container := range append(pod.Spec.InitContainers, pod.Spec.Containers...) {
		if container.Name == name {
			return container, nil
		}
	}
	return core.Container{}, fmt.Errorf("Pod %s has no container %q", pod.Name, name)
}

// write puts the tokens of a volume where it is mounted, and returns their files. A
// volume of another kind has none.
func write(ctx context.Context, pod *core.Pod, mount core.VolumeMount, folder string, mint Mint) ([]string, error) {
	var files []string
	for _, source := range tokens(pod, mount.Name) {
		seconds := int64(3600) // Kubernetes' default
		if source.ExpirationSeconds != nil {
			seconds = *source.ExpirationSeconds
		}
		token, err := mint(ctx, pod, source.Audience, seconds)
		if err != nil {
			return nil, err
		}
		file := filepath.Join(folder, mount.MountPath, source.Path)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(file, []byte(token), 0o600); err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

func tokens(pod *core.Pod, volume string) []*core.ServiceAccountTokenProjection {
	var found []*core.ServiceAccountTokenProjection
	for _, v := range pod.Spec.Volumes {
		if v.Name != volume || v.Projected == nil {
			continue
		}
		for _, source := range v.Projected.Sources {
			if source.ServiceAccountToken != nil {
				found = append(found, source.ServiceAccountToken)
			}
		}
	}
	return found
}

// relocate has the variables that lead below a mount lead to the folder instead.
func (c Container) relocate(mount, folder string) {
	for name, value := range c.Env {
		if strings.HasPrefix(value, strings.TrimRight(mount, "/")+"/") {
			c.Env[name] = filepath.Join(folder, value)
		}
	}
}
