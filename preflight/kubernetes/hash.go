package kubernetes

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// What the API server writes into an object and no one applies.
var (
	serverMembers  = []string{"status"}
	serverMetadata = []string{"creationTimestamp", "generation", "managedFields", "resourceVersion", "uid"}
)

// hash is the same for objects of the same content, whatever the order of their
// members and whatever the API server added.
func (o object) hash() string {
	content := contentOf(o.root, serverMembers...).(map[string]any)
	// The version and kind of an item may be those of its list.
	content["apiVersion"], content["kind"] = o.apiVersion, o.kind
	if o.metadata.Is(source.Map) {
		content["metadata"] = contentOf(o.metadata, serverMetadata...)
	}
	text, err := json.Marshal(content)
	if err != nil {
		panic(err) // it holds nothing but texts
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// contentOf is a value as JSON has it without an order of members: no two different ones are the
// same. Some members of an object are left out.
func contentOf(node *source.Node, without ...string) any {
	switch node.Kind {
	case source.Null: // YAML has several words for it
		return nil
	case source.List:
		items := make([]any, len(node.Items))
		for i, item := range node.Items {
			items[i] = contentOf(item)
		}
		return items
	case source.Map:
		members := map[string]any{}
		for _, member := range node.Members {
			if !slices.Contains(without, member.Name) {
				members[member.Name] = contentOf(member.Value)
			}
		}
		return members
	case source.Bool:
		return node.Kind.String() + strings.ToLower(node.Text)
	}
	return node.Kind.String() + node.Text
}
