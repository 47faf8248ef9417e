package kubernetes

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// What the API server writes into an object and nobody applies.
var (
	serverMembers  = []string{"status"}
	serverMetadata = []string{"creationTimestamp", "generation", "managedFields", "resourceVersion", "uid"}
)

// hash is the same for objects of the same content, whatever the order of their
// members and whatever the API server added.
func (o object) hash() string {
	sum := sha256.New()
	h := hasher{bufio.NewWriterSize(sum, 256)}
	h.text(o.apiVersion)
	h.text(o.kind)
	// The version and kind of an item may be those of its list.
	for _, member := range membersOf(o.root, append(serverMembers, "apiVersion", "kind")) {
		h.text(member.Name)
		if member.Name == "metadata" {
			h.members(membersOf(member.Value, serverMetadata))
			continue
		}
		h.node(member.Value)
	}
	h.Flush() // a hash takes everything
	return hex.EncodeToString(sum.Sum(nil))
}

// membersOf are the members of an object but those left out, sorted by name.
func membersOf(node *source.Node, without []string) []source.Member {
	members := slices.DeleteFunc(slices.Clone(node.Entries()), func(member source.Member) bool {
		return slices.Contains(without, member.Name)
	})
	slices.SortFunc(members, func(a, b source.Member) int { return strings.Compare(a.Name, b.Name) })
	return members
}

// hasher writes values so that no two different ones become the same bytes.
type hasher struct{ *bufio.Writer }

func (h hasher) node(node *source.Node) {
	h.WriteByte(byte(node.Kind))
	switch node.Kind {
	case source.Null: // YAML has several words for it
	case source.List:
		fmt.Fprintf(h, "%d:", len(node.Items))
		for _, item := range node.Items {
			h.node(item)
		}
	case source.Map:
		h.members(membersOf(node, nil))
	case source.Bool:
		h.text(strings.ToLower(node.Text))
	default:
		h.text(node.Text)
	}
}

func (h hasher) members(members []source.Member) {
	fmt.Fprintf(h, "%d:", len(members))
	for _, member := range members {
		h.text(member.Name)
		h.node(member.Value)
	}
}

func (h hasher) text(text string) {
	fmt.Fprintf(h, "%d:", len(text))
	h.WriteString(text)
}
