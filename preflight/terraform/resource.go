package terraform

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// resource is an instance of a resource or of a data source.
type resource struct {
	// address is that of the instance, such as `module.a["x"].aws_iam_role.b[0]`, and module
	// that of its module, "" of the root.
	address, module string
	// kind is the type, with "data." in front of a data source's.
	kind, name string
	place      source.Place
	// values are those after apply: what is not known before is an Unknown. Nil: it is
	// deleted. before are those that the plan found; nil of a state and of what is created.
	values, before *source.Node
	// config is the resource in the configuration; nil of a state.
	config *tfjson.ConfigResource
}

// kinds of resources that others refer to.
const (
	roleKind       = "aws_iam_role"
	rolePolicyKind = "aws_iam_role_policy"
	policyKind     = "aws_iam_policy"
	attachmentKind = "aws_iam_role_policy_attachment"
	providerKind   = "aws_iam_openid_connect_provider"
	repositoryKind = "aws_ecr_repository"

	organizationKind = "aws_organizations_policy"
)

// addChanges adds the resources of a plan. What a plan forgets stays as it is.
func (r *reader) addChanges(changes *source.Node) {
	for _, node := range items(changes) {
		change := node.Get("change")
		if node.Has("deposed") {
			continue
		}
		of := r.newResource(node, word(node, "module_address"))
		of.before = of.overlay(change.Get("before"), nil, change.Get("before_sensitive"), "")
		of.values = of.overlay(change.Get("after"), change.Get("after_unknown"), change.Get("after_sensitive"), "")
		if actions := items(change.Get("actions")); len(actions) == 1 && actions[0].Text == "forget" {
			of.values = of.before
		}
		r.add(of)
	}
}

// hasChanges reports whether the file is a plan that has the resources, changed or not. One
// that only refreshes the state has them there.
func (r *reader) hasChanges() bool { return len(r.plan.ResourceChanges) > 0 }

// addModule adds the resources of a module of a state and of the modules in it; of the state
// that a plan begins with those data sources that it does not read again, because it has the
// others.
func (r *reader) addModule(module *source.Node) {
	for _, node := range items(module.Get("resources")) {
		of := r.newResource(node, word(module, "address"))
		if r.hasChanges() && (!of.isData() || r.byAddress[of.address] != nil) || node.Has("deposed_key") {
			continue
		}
		of.values = of.overlay(node.Get("values"), nil, node.Get("sensitive_values"), "")
		r.add(of)
	}
	for _, child := range items(module.Get("child_modules")) {
		r.addModule(child)
	}
}

func (r *reader) newResource(node *source.Node, module string) *resource {
	of := &resource{address: word(node, "address"), module: module, kind: word(node, "type"), name: word(node, "name"), place: node.Place}
	of.place.Resource = of.address
	if word(node, "mode") == string(tfjson.DataResourceMode) {
		of.kind = "data." + of.kind
	}
	of.config = r.configOf(of)
	return of
}

func (r *reader) add(of *resource) {
	r.resources = append(r.resources, of)
	r.byAddress[of.address] = of
}

func (of *resource) isData() bool { return strings.HasPrefix(of.kind, "data.") }

// overlay is a value in the resource's places. Where the trees of what is known only after
// apply and of what is sensitive have true, it is unknown. Path is the attribute's.
func (of *resource) overlay(value, unknown, sensitive *source.Node, path string) *source.Node {
	absent := value == nil || value.Kind == source.Null
	switch {
	case isTrue(unknown), (absent || len(items(unknown)) > len(value.Items)) && anyTrue(unknown):
		return of.unknown(value, path, "known after apply")
	case absent:
		return value
	case isTrue(sensitive):
		return of.unknown(value, path, "sensitive, and not read")
	}
	copied := *value
	copied.Place.Resource = of.address
	copied.Items, copied.Members = nil, nil
	for i, item := range value.Items {
		copied.Items = append(copied.Items, of.overlay(item, at(unknown, i), at(sensitive, i), fmt.Sprintf("%s[%d]", path, i)))
	}
	hidden, kept := members(unknown), members(sensitive)
	for _, member := range value.Members {
		member.Place.Resource = of.address
		member.Value = of.overlay(member.Value, hidden[member.Name], kept[member.Name], join(path, member.Name))
		delete(hidden, member.Name)
		copied.Members = append(copied.Members, member)
	}
	for _, name := range slices.Sorted(maps.Keys(hidden)) {
		if anyTrue(hidden[name]) {
			copied.Members = append(copied.Members, source.Member{Name: name, Place: copied.Place, Value: of.unknown(nil, join(path, name), "known after apply")})
		}
	}
	return &copied
}

func members(node *source.Node) map[string]*source.Node {
	named := map[string]*source.Node{}
	if node != nil {
		for _, member := range node.Members {
			named[member.Name] = member.Value
		}
	}
	return named
}

func (of *resource) unknown(value *source.Node, path, why string) *source.Node {
	at := of.place
	if value != nil {
		at = value.Place
		at.Resource = of.address
	}
	return &source.Node{Kind: source.Unknown, Text: fmt.Sprintf("%q of %s is %s", path, of.address, why), Place: at}
}

// text is an attribute, or the attribute at the end of nested blocks, as a text. One that
// is not set is written as null or "", and is not there.
func (r *reader) text(of *resource, names ...string) facts.Text {
	return textOf(r.value(of, names...), of.place)
}

func textOf(node *source.Node, expected source.Place) facts.Text {
	if node.Scalar() && node.Text == "" {
		return facts.Text{Place: expected}
	}
	return facts.TextOf(node, expected)
}

// required is an attribute that Terraform does without in no resource.
func (r *reader) required(of *resource, names ...string) facts.Text {
	text := r.text(of, names...)
	if !text.There {
		return unknownText(of, fmt.Sprintf("%s has no %q", of.address, strings.Join(names, ".")))
	}
	return text
}

// document is an attribute that holds a policy document.
func (r *reader) document(of *resource, attribute string) facts.Document {
	return documentOf(r.value(of, attribute), of.place)
}

func documentOf(node *source.Node, expected source.Place) facts.Document {
	if node.Scalar() && node.Text == "" {
		return facts.Document{Place: expected}
	}
	return facts.NewDocument(node, expected)
}

func unknownText(of *resource, why string) facts.Text {
	return facts.Text{Unknown: why, Place: of.place, There: true}
}

func unknownDocument(of *resource, why string) facts.Document {
	return facts.Document{Place: of.place, There: true, Unknown: why}
}

// word is the text of a member, "" if it has none.
func word(node *source.Node, name string) string {
	if value := node.Get(name); value.Scalar() {
		return value.Text
	}
	return ""
}

func items(node *source.Node) []*source.Node {
	if node == nil {
		return nil
	}
	return node.Items
}

// one are the items of a list, or the one value that stands for a list of one.
func one(node *source.Node) []*source.Node {
	switch {
	case node == nil || node.Kind == source.Null:
		return nil
	case node.Kind == source.List:
		return node.Items
	}
	return []*source.Node{node}
}

// at is an item of a list, nil if there is none.
func at(list *source.Node, i int) *source.Node {
	if all := items(list); i < len(all) {
		return all[i]
	}
	return nil
}

func isTrue(node *source.Node) bool {
	return node != nil && node.Kind == source.Bool && node.Text == "true"
}

// anyTrue reports whether there is a true anywhere below.
func anyTrue(node *source.Node) (found bool) {
	node.Walk(func(n *source.Node) bool {
		found = found || isTrue(n)
		return !found
	})
	return found
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
