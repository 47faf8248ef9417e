package doctor

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// object is an object of Kubernetes, as it is written.
type object struct {
	// cluster is the label of its cluster.
	cluster                      string
	group, kind, namespace, name string
	node                         *source.Node
	// made reports that a controller made it, and so no file has it.
	made bool
}

// title names the object.
func (o object) title() string {
	if o.namespace == "" {
		return fmt.Sprintf("%s %q", o.kind, o.name)
	}
	return fmt.Sprintf("%s %q", o.kind, o.namespace+"/"+o.name)
}

// is reports whether it is the same object, in the same cluster.
func (o object) is(other object) bool {
	return o.cluster == other.cluster && o.group == other.group && o.kind == other.kind && o.namespace == other.namespace && o.name == other.name
}

// objectsAt are the objects in the files at a path. The folder of a file is named after the cluster.
func objectsAt(at string) ([]object, error) {
	files, err := source.Files(at)
	if err != nil {
		return nil, err
	}
	var found []object
	for _, file := range files {
		text, err := source.Read(file)
		if err != nil {
			return nil, err
		}
		objects, err := objectsOf(path.Base(path.Dir(file)), file, text)
		var unreadable *source.Error
		if errors.As(err, &unreadable) {
			continue // the check of it says why, or passes over it
		}
		found = append(found, objects...)
	}
	return found, nil
}

// objectsOf are the objects in a text.
func objectsOf(cluster, name string, text []byte) ([]object, error) {
	roots, err := source.Parse(name, text)
	if err != nil {
		return nil, err
	}
	var found []object
	for _, root := range roots {
		if kubernetes.Recognize(root) {
			found = append(found, flattened(cluster, root)...)
		}
	}
	return found, nil
}

// flattened are an object, or those of a list.
func flattened(cluster string, root *source.Node) []object {
	if strings.HasSuffix(root.Word("kind"), "List") {
		var found []object
		for _, item := range root.Get("items").Objects() {
			found = append(found, flattened(cluster, item)...)
		}
		return found
	}
	group, _, grouped := strings.Cut(root.Word("apiVersion"), "/")
	if !grouped {
		group = ""
	}
	return []object{{cluster: cluster, group: group, kind: root.Word("kind"), namespace: root.Word("metadata", "namespace"), name: root.Word("metadata", "name"), node: root}}
}
