package hooks

import "strings"

// prefix begins the names of containers in a template that are about a container of the hooks.
const prefix = "$"

// merge puts a template over a Pod that the hooks made: lists of containers and volumes are
// joined, and any other field is the template's. The template of a container is merged likewise,
// but for its image.
func merge(pod, template map[string]any) {
	metadata, over := pod["metadata"].(map[string]any), object(template["metadata"])
	for _, key := range []string{"labels", "annotations"} {
		into := metadata[key].(map[string]any)
		for name, value := range object(over[key]) {
			into[name] = value
		}
	}
	spec := pod["spec"].(map[string]any)
	own := spec["containers"].([]any)[0].(map[string]any)
	for key, value := range object(template["spec"]) {
		switch key {
		case "containers":
			for _, item := range value.([]any) {
				container := object(item)
				switch name, _ := container["name"].(string); {
				case name == prefix+JobContainer:
					mergeContainer(own, container)
				case !strings.HasPrefix(name, prefix):
					spec[key] = append(spec[key].([]any), container)
				}
			}
		case "volumes":
			join(spec, key, value)
		default:
			spec[key] = value
		}
	}
}

func mergeContainer(into, from map[string]any) {
	for key, value := range from {
		switch key {
		case "name", "image":
		case "env", "volumeMounts", "ports":
			join(into, key, value)
		default:
			into[key] = value
		}
	}
}

// join appends a list to another.
func join(into map[string]any, key string, more any) {
	list, _ := into[key].([]any)
	into[key] = append(list, more.([]any)...)
}

func object(value any) map[string]any {
	object, _ := value.(map[string]any)
	return object
}
