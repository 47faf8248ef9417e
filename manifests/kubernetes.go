package manifests

import (
	"encoding/json"

	"github.com/aws/jsii-runtime-go"
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
