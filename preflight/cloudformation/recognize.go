package cloudformation

import (
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// Recognize reports whether the tree is a template, or the output of "aws cloudformation
// get-template", which has one in TemplateBody.
func Recognize(root *source.Node) bool {
	body, _ := bodyOf(root, 0)
	return isTemplate(body)
}

// isTemplate looks for the format version or, because most templates have none, for a resource
// with a type of CloudFormation or a loop. An object of Kubernetes is not a template, whatever it
// contains.
func isTemplate(root *source.Node) bool {
	if root.Has("apiVersion") && root.Has("kind") {
		return false
	}
	if root.Has("AWSTemplateFormatVersion") {
		return true
	}
	return slices.ContainsFunc(root.Get("Resources").Entries(), func(member source.Member) bool {
		kind := member.Value.Word("Type")
		return strings.HasPrefix(kind, "AWS::") || strings.HasPrefix(kind, "Custom::") || strings.HasPrefix(member.Name, forEach)
	})
}

// bodyOf returns the template in TemplateBody and its size in bytes, or else the root with its
// size. A body that is not the text of one value is nil.
func bodyOf(root *source.Node, size int) (*source.Node, int) {
	body := root.Get("TemplateBody")
	if body == nil || root.Has("Resources") {
		return root, size
	}
	if body.Kind != source.String {
		return body, size
	}
	return body.Contained(), len(body.Text)
}
