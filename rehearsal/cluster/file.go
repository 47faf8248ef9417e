package cluster

import (
	"context"
	"fmt"
	"path"
	"strings"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// File plays the kubelet: it returns the content of a file that a container of a Pod mounts from a
// ConfigMap.
func (c *Cluster) File(ctx context.Context, pod *core.Pod, container, file string) (string, error) {
	found := find(pod, container)
	if found == nil {
		return "", fmt.Errorf("Pod %q has no container %q", pod.Name, container)
	}
	for _, mount := range found.VolumeMounts {
		for _, volume := range pod.Spec.Volumes {
			if volume.Name != mount.Name || volume.ConfigMap == nil {
				continue
			}
			name, below := strings.CutPrefix(file, mount.MountPath)
			if mount.SubPath != "" {
				name = "/" + mount.SubPath + name
			}
			if below && path.Dir(name) == "/" {
				return c.key(ctx, pod.Namespace, volume.ConfigMap, path.Base(name))
			}
		}
	}
	return "", fmt.Errorf("Pod %q, container %q: no ConfigMap has file %q", pod.Name, container, file)
}

// key returns the text of a file in a volume of a ConfigMap.
func (c *Cluster) key(ctx context.Context, namespace string, from *core.ConfigMapVolumeSource, file string) (string, error) {
	object, err := c.Client.CoreV1().ConfigMaps(namespace).Get(ctx, from.Name, meta.GetOptions{})
	if err != nil {
		return "", err
	}
	key := file
	for _, item := range from.Items {
		if item.Path == file {
			key = item.Key
		}
	}
	text, there := object.Data[key]
	if !there {
		return "", fmt.Errorf("ConfigMap %q has no key %q", from.Name, key)
	}
	return text, nil
}
