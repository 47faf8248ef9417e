package cloudformation

import (
	"strings"

	"keyless-runners/preflight/source"
)

// Recognize says whether the tree is a template, or what "aws cloudformation
// get-template" prints, which has one in TemplateBody.
func Recognize(root *source.Node) bool {
	body, _ := bodyOf(root, 0)
	return isTemplate(body)
}

// isTemplate looks for the format version or, because most templates have none,
// for a resource with a type of CloudFormation's. An object of Kubernetes is none,
// whatever it holds.
func isTemplate(root *source.Node) bool {
	if root.Has("apiVersion") && root.Has("kind") {
		return false
	}
	if root.Has("AWSTemplateFormatVersion") {
		return true
	}
	resources := root.Get("Resources")
	if resources == nil {
		return false
	}
	for _, member := range resources.Members {
		if kind := kindOf(member.Value); strings.HasPrefix(kind, "AWS::") || strings.HasPrefix(kind, "Custom::") {
			return true
		}
	}
	return false
}

// kindOf is the Type of a resource, "" if it states none.
func kindOf(resource *source.Node) string {
	if kind := resource.Get("Type"); kind.Scalar() {
		return kind.Text
	}
	return ""
}

// bodyOf is the template within TemplateBody and how many bytes it has, or the
// root itself and its size. A body that is not the text of one value is nil.
func bodyOf(root *source.Node, size int) (*source.Node, int) {
	body := root.Get("TemplateBody")
	if body == nil || root.Has("Resources") {
		return root, size
	}
	if body.Kind != source.String {
		return body, size
	}
	return parseText(body), len(body.Text)
}

// parseText is what the text of a string is, all of it at the string's place; nil
// if it is not one value.
func parseText(text *source.Node) *source.Node {
	roots, err := source.Parse(text.Place.File, []byte(text.Text))
	if err != nil || len(roots) != 1 {
		return nil
	}
	roots[0].Walk(func(node *source.Node) bool {
		node.Place = text.Place
		for i := range node.Members {
			node.Members[i].Place = text.Place
		}
		return true
	})
	return roots[0]
}
