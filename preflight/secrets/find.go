package secrets

import (
	"encoding/base64"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
	"keyless-runners/secrets"
)

// Find returns the values below root that look like secrets, in the order of the file:
// each kind of secret once for each text; nil if there are none.
func Find(root *source.Node) []facts.Secret {
	f := &finder{seen: map[facts.Secret]bool{}}
	f.node(root, "")
	return f.found
}

type finder struct {
	found []facts.Secret
	// seen prevents duplicates from YAML aliases.
	seen map[facts.Secret]bool
}

// node searches a value that is the object's member with the name.
func (f *finder) node(n *source.Node, name string) {
	if n == nil {
		return
	}
	switch n.Kind {
	case source.String:
		f.text(n, name, n.Text)
	case source.List:
		for _, item := range n.Items {
			f.node(item, name)
		}
	case source.Map:
		f.object(n)
	}
}

func (f *finder) object(n *source.Node) {
	kind, named := n.Get("kind"), n.Get("name")
	encoded := kind.Scalar() && kind.Text == "Secret"
	for _, member := range n.Members {
		name := member.Name
		if value := password(member.Value); value != nil && isRegistry(name) {
			f.add(secrets.RegistryPassword, value)
		}
		if encoded && name == "data" {
			f.data(member.Value)
			continue
		}
		if name == "value" && named.Scalar() {
			name = named.Text // as Kubernetes lists variables
		}
		f.node(member.Value, name)
	}
}

// data searches the data of a Kubernetes Secret, which is in base64.
func (f *finder) data(n *source.Node) {
	for _, member := range n.Members {
		if member.Value.Kind != source.String {
			continue
		}
		plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(member.Value.Text))
		if err == nil {
			f.text(member.Value, member.Name, string(plain))
		}
	}
}

func (f *finder) text(n *source.Node, name, text string) {
	for _, what := range secrets.In(name, text) {
		f.add(what, n)
	}
}

func (f *finder) add(what string, n *source.Node) {
	secret := facts.Secret{What: what, Place: n.Place}
	if !f.seen[secret] {
		f.seen[secret] = true
		f.found = append(f.found, secret)
	}
}
