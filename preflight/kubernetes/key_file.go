package kubernetes

import (
	"path"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// keyFiles are the files of a volume, if all of them are keys of ConfigMaps and Secrets, or
// tokens.
func keyFiles(volume *source.Node) []facts.KeyFile {
	all := keysOf(volume)
	for _, projection := range volume.Get("projected", "sources").Objects() {
		keys := keysOf(projection)
		if keys == nil && !projection.Has("serviceAccountToken") {
			return nil
		}
		all = append(all, keys...)
	}
	return all
}

// keysOf are the files that a volume, or a part of a projected one, has of a ConfigMap or a
// Secret. A Secret's name is secretName in a volume and name in a part.
func keysOf(volume *source.Node) []facts.KeyFile {
	for _, kind := range []string{"configMap", "secret"} {
		of := volume.Get(kind)
		if !of.Is(source.Map) {
			continue
		}
		from := sourceOf(kind, of)
		if !from.Name.There {
			from.Name = textOf(of.Get("secretName"), of.Place)
		}
		if !of.Has("items") {
			return []facts.KeyFile{{Source: from}}
		}
		return source.Each(of.Get("items").Objects(), func(item *source.Node) facts.KeyFile {
			return facts.KeyFile{Source: from, Key: item.Word("key"), Path: textOf(item.Get("path"), item.Place)}
		})
	}
	return nil
}

// keysIn are the keys that may be a file of a volume.
func keysIn(volume *facts.Volume, name string) []facts.KeyFile {
	var found []facts.KeyFile
	for _, key := range volume.Keys {
		switch {
		case key.Key == "":
			key.Key = name
			found = append(found, key)
		case path.Clean(key.Path.Value) == name:
			found = append(found, key)
		}
	}
	return found
}
