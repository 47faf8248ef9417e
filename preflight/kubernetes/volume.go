package kubernetes

import (
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func volumes(list *source.Node) []facts.Volume { return source.Each(list.Objects(), volume) }

func volume(node *source.Node) facts.Volume {
	volume := facts.Volume{
		Place:    node.Place,
		Name:     textOf(node.Get("name"), node.Place),
		Type:     volumeType(node),
		HostPath: textOf(node.Get("hostPath", "path"), node.Place),
		Keys:     keyFiles(node),
	}
	for _, projection := range node.Get("projected", "sources").Objects() {
		if token := projection.Get("serviceAccountToken"); token.Is(source.Map) {
			volume.Tokens = append(volume.Tokens, facts.Token{
				Place:    token.Place,
				Path:     textOf(token.Get("path"), token.Place),
				Audience: textOf(token.Get("audience"), token.Place),
				Seconds:  textOf(token.Get("expirationSeconds"), token.Place),
			})
		}
	}
	return volume
}

// volumeType is the first field that says what a volume is.
func volumeType(volume *source.Node) string {
	for _, member := range volume.Members {
		if member.Name != "name" && member.Value.Kind == source.Map {
			return member.Name
		}
	}
	return ""
}

// claimed are the volumes of a StatefulSet's Pods: a claim takes the place of a volume of
// its name.
func claimed(all []facts.Volume, spec *source.Node) []facts.Volume {
	for _, node := range spec.Get("volumeClaimTemplates").Objects() {
		name := textOf(node.Get("metadata", "name"), node.Place)
		all = slices.DeleteFunc(all, func(v facts.Volume) bool { return v.Name.Value == name.Value })
		all = append(all, facts.Volume{Place: node.Place, Name: name})
	}
	return all
}

func mounts(list *source.Node) []facts.Mount { return source.Each(list.Objects(), mount) }

func mount(node *source.Node) facts.Mount {
	mount := facts.Mount{
		Place:   node.Place,
		Volume:  textOf(node.Get("name"), node.Place),
		Path:    textOf(node.Get("mountPath"), node.Place),
		SubPath: textOf(node.Get("subPath"), node.Place),
	}
	if expression := textOf(node.Get("subPathExpr"), node.Place); expression.There {
		mount.SubPath = facts.Unknown("subPathExpr depends on the container's variables", expression.Place)
	}
	return mount
}

// indexVolume returns the index of the first volume with the name, -1 if there is none.
func indexVolume(all []facts.Volume, name string) int {
	return slices.IndexFunc(all, func(v facts.Volume) bool { return v.Name.Value == name })
}

func hasVolume(all []facts.Volume, name string) bool {
	return indexVolume(all, name) >= 0
}

func hasMount(all []facts.Mount, volume string) bool {
	return slices.ContainsFunc(all, func(m facts.Mount) bool { return m.Volume.Value == volume })
}
