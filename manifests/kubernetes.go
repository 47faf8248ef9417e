package manifests

import (
	"encoding/json"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

// as makes the bindings' type of a value of Kubernetes' own type: the fields of both have
// the names that they have in YAML. It returns nil for nil. The bindings have types of
// their own for quantities, which JSON does not make.
func as[Binding, Own any](own *Own) *Binding {
	if own == nil {
		return nil
	}
	binding := new(Binding)
	decode(encode(own), binding)
	return binding
}

// listAs does the same for a list; an empty one is left out.
func listAs[Binding, Own any](own []Own) *[]*Binding {
	if len(own) == 0 {
		return nil
	}
	var list []*Binding
	decode(encode(own), &list)
	return &list
}

// add puts a value of Kubernetes' own type into an object that cdk8s has no type for.
func add(path string, value any) cdk8s.JsonPatch {
	return cdk8s.JsonPatch_Add(jsii.String(path), tree(value))
}

// tree is a value of Kubernetes' own type as it stands in YAML.
func tree(value any) any {
	var tree any
	decode(encode(value), &tree)
	return withoutNulls(tree)
}

// withoutNulls leaves out what Kubernetes' types write though it was not set: the time at
// which an object was made, metadata and resources.
func withoutNulls(tree any) any {
	switch node := tree.(type) {
	case map[string]any:
		for key, value := range node {
			value = withoutNulls(value)
			node[key] = value
			if empty, ok := value.(map[string]any); value == nil || ok && len(empty) == 0 && (key == "metadata" || key == "resources") {
				delete(node, key)
			}
		}
	case []any:
		for i, value := range node {
			node[i] = withoutNulls(value)
		}
	}
	return tree
}

func encode(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // Kubernetes' types always encode
	}
	return text
}

func decode(text []byte, value any) {
	if err := json.Unmarshal(text, value); err != nil {
		panic(err) // both sides are Kubernetes' fields
	}
}

// pointers is a map as the bindings take it; an empty one is left out.
func pointers(values map[string]string) *map[string]*string {
	if len(values) == 0 {
		return nil
	}
	list := make(map[string]*string, len(values))
	for key, value := range values {
		list[key] = jsii.String(value)
	}
	return &list
}
