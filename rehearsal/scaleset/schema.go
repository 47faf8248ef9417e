package scaleset

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"

	"keyless-runners/rehearsal/cluster"
)

// podSpec is the schema of a Pod's specification, as the API server publishes it, in the form
// that a CustomResourceDefinition takes (Kubernetes' documentation, "Specifying a structural
// schema").
func podSpec(ctx context.Context, c *cluster.Cluster) (map[string]any, error) {
	text, err := c.Client.CoreV1().RESTClient().Get().AbsPath("/openapi/v3/api/v1").DoRaw(ctx)
	if err != nil {
		return nil, err
	}
	var document struct {
		Components struct{ Schemas map[string]map[string]any }
	}
	if err := json.Unmarshal(text, &document); err != nil {
		return nil, err
	}
	const name = "io.k8s.api.core.v1.PodSpec"
	if document.Components.Schemas[name] == nil {
		return nil, fmt.Errorf("the API server publishes no schema %s", name)
	}
	structural := schemas(document.Components.Schemas).structural(document.Components.Schemas[name])
	return runtime.DeepCopyJSON(structural), nil
}

// schemas are the schemas of an OpenAPI document by their names.
type schemas map[string]map[string]any

// kept are the keywords that a structural schema may have, and that decide about a value.
var kept = []string{
	"type", "format", "required", "enum", "minimum", "maximum", "nullable",
	"x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type", "x-kubernetes-preserve-unknown-fields",
}

// structural is a schema with everything written out that it refers to.
func (s schemas) structural(of map[string]any) map[string]any {
	of = s.resolved(of)
	result := map[string]any{}
	for _, keyword := range kept {
		if value, ok := of[keyword]; ok {
			result[keyword] = value
		}
	}
	if of["oneOf"] != nil { // a number or a text: IntOrString and Quantity
		return map[string]any{"x-kubernetes-int-or-string": true}
	}
	if properties, ok := of["properties"].(map[string]any); ok {
		written := map[string]any{}
		for name, property := range properties {
			written[name] = s.structural(property.(map[string]any))
		}
		result["properties"] = written
	}
	for _, keyword := range []string{"items", "additionalProperties"} {
		if inner, ok := of[keyword].(map[string]any); ok {
			result[keyword] = s.structural(inner)
		}
	}
	if keys, ok := of["x-kubernetes-list-map-keys"].([]any); ok {
		s.defaultKeys(keys, of["items"].(map[string]any), result["items"].(map[string]any))
	}
	return result
}

// defaultKeys gives the keys of a list their defaults, without which an entry may not leave one
// out. Other defaults are for the API server to give the Pod.
func (s schemas) defaultKeys(keys []any, items, structural map[string]any) {
	items = s.resolved(items)
	required, _ := items["required"].([]any)
	for _, key := range keys {
		if slices.Contains(required, key) {
			continue
		}
		property := s.resolved(items["properties"].(map[string]any)[key.(string)].(map[string]any))
		written := structural["properties"].(map[string]any)[key.(string)].(map[string]any)
		written["default"] = property["default"]
	}
}

// resolved is a schema with what it refers to in its place.
func (s schemas) resolved(of map[string]any) map[string]any {
	reference, _ := of["$ref"].(string)
	if all, ok := of["allOf"].([]any); ok && len(all) == 1 {
		reference, _ = all[0].(map[string]any)["$ref"].(string)
	}
	if reference == "" {
		return of
	}
	resolved := maps.Clone(s[strings.TrimPrefix(reference, "#/components/schemas/")])
	if value, ok := of["default"]; ok {
		resolved["default"] = value
	}
	return s.resolved(resolved)
}
