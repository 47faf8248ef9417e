package kubernetes

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// File is a file that a container finds at a path.
type File struct {
	// Token is nil if it finds no token of its ServiceAccount.
	Token *facts.Token
	// Volume is the one that is mounted there, nil if the Pod has none of the mount's name.
	Volume *facts.Volume
	// Inside is the path from the volume's folder.
	Inside string
	// Keys are the keys of ConfigMaps and Secrets that it may find there.
	Keys []facts.KeyFile
	// Mount is the one in which the path lies; nil if it lies in none, so in the image.
	Mount *facts.Mount
	// Unknown says why the files do not determine it, or for how long; "" if they do.
	Unknown string
	// Place is where the files have the mount that decides, or its volume; nowhere if EKS'
	// webhook or the controller made both.
	Place source.Place
}

// FileAt returns what a container of the Pod finds at an absolute path. Of several mounts
// over it the deepest counts, because runtimes mount the shallow ones first.
func FileAt(pod facts.Pod, c *facts.Container, name string) File {
	name = path.Clean(name)
	var file File
	for i := range c.Mounts {
		mount := &c.Mounts[i]
		switch {
		case !covers(mount, name) || file.Mount != nil && depth(mount) < depth(file.Mount):
		case file.Mount != nil && depth(mount) == depth(file.Mount):
			file.Unknown = fmt.Sprintf("volumes %q and %q are both at %q, and which of them hides the other is up to the container runtime", file.Mount.Volume.Value, mount.Volume.Value, path.Clean(mount.Path.Value))
			file.Mount, file.Place = mount, cmp.Or(file.Place, mount.Place)
		default:
			file = File{Mount: mount, Place: mount.Place}
		}
	}
	if file.Mount == nil {
		return file
	}
	if i := indexVolume(pod.Volumes, file.Mount.Volume.Value); i >= 0 {
		file.Volume = &pod.Volumes[i]
		file.Place = cmp.Or(file.Place, file.Volume.Place)
		file.Inside = strings.TrimPrefix(path.Join(file.Mount.SubPath.Value, strings.TrimPrefix(name, path.Clean(file.Mount.Path.Value))), "/")
		file.Token, file.Keys = tokenIn(file.Volume, file.Inside), keysIn(file.Volume, file.Inside)
	}
	if sub := file.Mount.SubPath; sub.Unknown != "" {
		file.Unknown = sub.Unknown
	} else if sub.There && file.Unknown == "" && file.Token != nil {
		file.Unknown = fmt.Sprintf("volume %q is mounted by subPath, and the kubelet does not renew a token there", file.Mount.Volume.Value)
	}
	return file
}

// Tokens returns the tokens in the volumes that a container mounts.
func Tokens(pod facts.Pod, c *facts.Container) []facts.Token {
	var all []facts.Token
	for i := range c.Mounts {
		if volume := indexVolume(pod.Volumes, c.Mounts[i].Volume.Value); volume >= 0 {
			all = append(all, pod.Volumes[volume].Tokens...)
		}
	}
	return all
}

func tokenIn(volume *facts.Volume, name string) *facts.Token {
	for i := range volume.Tokens {
		if token := &volume.Tokens[i]; path.Clean(token.Path.Value) == name {
			return token
		}
	}
	return nil
}

func covers(mount *facts.Mount, name string) bool {
	if !mount.Path.There {
		return false
	}
	at := path.Clean(mount.Path.Value)
	return at == name || strings.HasPrefix(name, strings.TrimSuffix(at, "/")+"/")
}

// depth grows with how deep a mount lies, among those that cover one path.
func depth(mount *facts.Mount) int { return len(path.Clean(mount.Path.Value)) }
