package kubernetes

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/preflight/source"
)

// Members of an object that are hashed separately, or that the API server adds.
var (
	apart          = []string{"apiVersion", "kind", "metadata", "status"}
	serverMetadata = []string{"creationTimestamp", "generation", "managedFields", "resourceVersion", "uid"}
)

// hash is the same for objects of the same content, whatever the order of their
// members and whatever the API server added.
func (o object) hash() string {
	// The version and kind of an item may be those of its list.
	text := strconv.AppendQuote(strconv.AppendQuote(nil, o.apiVersion), o.kind)
	if o.metadata != nil {
		text = appendContent(text, o.metadata, serverMetadata)
	}
	sum := sha256.Sum256(appendContent(text, o.root, apart))
	return hex.EncodeToString(sum[:])
}

// appendContent writes a value without an order of members: no two different ones are the same. Some
// members of an object are left out.
func appendContent(text []byte, node *source.Node, without []string) []byte {
	switch node.Kind {
	case source.Null: // YAML has several words for it
		return append(text, "null,"...)
	case source.List:
		text = append(text, '[')
		for _, item := range node.Items {
			text = appendContent(text, item, nil)
		}
		return append(text, ']')
	case source.Map:
		text = append(text, '{')
		members := slices.Clone(node.Members)
		slices.SortFunc(members, func(a, b source.Member) int { return strings.Compare(a.Name, b.Name) })
		for _, member := range members {
			if !slices.Contains(without, member.Name) {
				text = appendContent(strconv.AppendQuote(text, member.Name), member.Value, nil)
			}
		}
		return append(text, '}')
	case source.Bool:
		return append(text, strings.ToLower(node.Text)+","...)
	}
	return strconv.AppendQuote(append(text, node.Kind.String()...), node.Text)
}
