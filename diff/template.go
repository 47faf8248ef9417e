package diff

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// template is a CloudFormation template: what one stack is to be.
type template struct {
	// name is its file's, within the state.
	name            string
	account, region facts.Text
	resources       []resource
}

// resource is a resource of a template.
type resource struct {
	id, kind string
	// properties are as they are written, by their names.
	properties map[string]string
	// name is the resource's name in its account, as its properties write it; "" if
	// CloudFormation makes a name. Literal reports that it is written out.
	name    string
	literal bool
	// retained reports that it stays when it is taken out of its stack, and retainedIfReplaced
	// that the old one stays when it is replaced.
	retained, retainedIfReplaced bool
	// empties reports that an image repository may be deleted with its images.
	empties bool
}

func newTemplate(name string, root *source.Node, all facts.Facts) template {
	t := template{name: name}
	for _, known := range all.Templates {
		if known.Place.File == root.Place.File {
			t.account, t.region = known.Account, known.Region
		}
	}
	resources := root.Get("Resources")
	if body := root.Get("TemplateBody"); body != nil && resources == nil {
		resources = body.Get("Resources")
	}
	for _, member := range resources.Entries() {
		t.resources = append(t.resources, newResource(member.Name, member.Value))
	}
	return t
}

func newResource(id string, node *source.Node) resource {
	r := resource{id: id, kind: node.Word("Type"), properties: map[string]string{}, literal: true}
	for _, property := range node.Get("Properties").Entries() {
		r.properties[property.Name] = inOneLine(property.Value)
	}
	var names []string
	for _, name := range updates[r.kind].name {
		value := node.Get("Properties", name)
		if value == nil {
			names = nil
			break
		}
		r.literal = r.literal && value.Kind == source.String && value.Tag == ""
		names = append(names, textOf(value))
	}
	r.name = strings.Join(names, "/")
	r.retained = strings.HasPrefix(node.Word("DeletionPolicy"), "Retain")
	r.retainedIfReplaced = node.Word("UpdateReplacePolicy") == "Retain"
	r.empties = r.properties["EmptyOnDelete"] == "true"
	return r
}

// textOf is a text itself, and anything else as it is written.
func textOf(node *source.Node) string {
	if node.Kind == source.String && node.Tag == "" {
		return node.Text
	}
	return inOneLine(node)
}

// inOneLine is a value in one line, the same for values that are the same: the order of an
// object's members is no part of it.
func inOneLine(node *source.Node) string {
	switch node.Kind {
	case source.List:
		items := make([]string, len(node.Items))
		for i, item := range node.Items {
			items[i] = inOneLine(item)
		}
		return node.Tag + "[" + strings.Join(items, ", ") + "]"
	case source.Map:
		members := make([]string, len(node.Members))
		for i, member := range node.Members {
			members[i] = fmt.Sprintf("%q: %s", member.Name, inOneLine(member.Value))
		}
		slices.Sort(members)
		return node.Tag + "{" + strings.Join(members, ", ") + "}"
	case source.String:
		return node.Tag + fmt.Sprintf("%q", node.Text)
	}
	return node.Text
}

// title names the resource.
func (r resource) title() string {
	if r.name == "" {
		return fmt.Sprintf("%s %s", r.kind, r.id)
	}
	return fmt.Sprintf("%s %q", r.kind, r.name)
}
