package terraform

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// value returns an attribute, or one in nested blocks, each a list of one. If it is known only
// after apply and refers to another resource, it has what is known of that resource.
func (r *reader) value(of *resource, names ...string) *source.Node {
	node := of.values
	for _, name := range names {
		if node = single(node); node == nil || node.Is(source.Unknown) {
			return node
		}
		node = node.Get(name)
	}
	if !node.Is(source.Unknown) || len(names) != 1 {
		return node
	}
	if target, attribute := r.target(of, names[0]); target != nil {
		if text := r.attribute(target, attribute); text.Known() {
			return &source.Node{Kind: source.String, Text: text.Value, Place: node.Place}
		}
	}
	return node
}

// single returns the item of a list of one, which is how Terraform writes a nested block.
func single(node *source.Node) *source.Node {
	if node.Is(source.List) && len(node.Items) == 1 {
		return node.Items[0]
	}
	return node
}

// attribute returns an attribute of a resource to which another refers. An ARN that is known
// only after apply may follow from what is known.
func (r *reader) attribute(of *resource, name string) facts.Text {
	if r.depth == maxDepth {
		return of.unknownText("too many references follow one another")
	}
	r.depth++
	defer func() { r.depth-- }()
	switch text := r.text(of, name); {
	case text.Known():
		return text
	case name == "arn", name == "id" && of.kind == policyKind:
		return r.arn(of)
	case name == "id" && (of.kind == roleKind || of.kind == repositoryKind):
		return r.text(of, "name")
	default:
		return of.unknownText(text.Unknown)
	}
}

// configured returns an attribute that the provider computes if the configuration does not
// set it: such a one is absent while it is known only after apply.
func (r *reader) configured(of *resource, name string) *source.Node {
	value := r.value(of, name)
	if value.Is(source.Unknown) && of.config != nil && of.config.Expressions[name] == nil {
		return nil
	}
	return value
}

func (r *reader) text(of *resource, names ...string) facts.Text {
	return textOf(r.value(of, names...), of.place)
}

// textOf takes "" for an attribute that is not set: providers write either that or null.
func textOf(node *source.Node, expected source.Place) facts.Text {
	if node.Scalar() && node.Text == "" {
		return facts.Text{Place: expected}
	}
	return facts.TextOf(node, expected)
}

// tags reads all tags of a resource, but for those that a provider configuration may have Terraform ignore: only
// a plan shows that none does.
func (r *reader) tags(of *resource) facts.Tags {
	node := r.value(of, "tags_all")
	tags := facts.Tags{All: len(r.aws) > 0 && node.Is(source.Map)}
	for _, provider := range r.aws {
		tags.All = tags.All && provider.Expressions["ignore_tags"] == nil
	}
	for _, member := range node.Entries() {
		tags.List = append(tags.List, facts.Tag{Key: member.Name, Value: facts.TextOf(member.Value, member.Place)})
	}
	return tags
}

// required returns an attribute that every resource of the type has.
func (r *reader) required(of *resource, names ...string) facts.Text {
	text := r.text(of, names...)
	if !text.There {
		return of.unknownText(fmt.Sprintf("%s has no %q", of.address, strings.Join(names, ".")))
	}
	return text
}

func (r *reader) document(of *resource, attribute string) facts.Document {
	return documentOf(r.value(of, attribute), of.place)
}

func documentOf(node *source.Node, expected source.Place) facts.Document {
	if node.Scalar() && node.Text == "" {
		return facts.Document{Place: expected}
	}
	return facts.NewDocument(node, expected)
}

// knownText returns a text that is not there if the value is "".
func (of *resource) knownText(value string) facts.Text {
	return facts.Text{Value: value, Place: of.place, There: value != ""}
}

func (of *resource) unknownText(why string) facts.Text {
	return facts.Unknown(why, of.place)
}
