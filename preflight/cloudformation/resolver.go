package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

const (
	// maxText is the number of bytes that one function may make. IAM accepts no document
	// that comes near it.
	maxText = 64 << 10
	// maxMade is the number of bytes that all functions of a template may make. An item of a
	// list counts as madeItem bytes.
	maxMade  = source.MaxSize
	madeItem = 100
	// maxDepth is the number of references that are followed from one to the next.
	maxDepth = 100
	// maxSuggested is the number of wrong names for which the nearest right one is sought.
	maxSuggested = 20
)

type resolver struct {
	*template
	deployment
	// given are the parameters that the user gives, and exports what other templates export.
	given, exports map[string]string
	// attributes, values and truths are resolved already, or are being resolved if nil.
	attributes map[attribute]*facts.Text
	values     map[string]*source.Node
	truths     map[string]*truth
	// standsFor has the resource whose name a value is, known or not.
	standsFor map[*source.Node]*resource
	// arnOf has the role whose ARN a value is, known or not.
	arnOf map[*source.Node]*resource
	// depth counts the references that are being followed, spent the bytes that functions
	// made, and suggested the wrong names so far.
	depth, spent, suggested int
}

func newResolver(t *template, where deployment, settings Settings) *resolver {
	return &resolver{
		template: t, deployment: where, given: settings.Parameters, exports: settings.Exports,
		attributes: map[attribute]*facts.Text{},
		values:     map[string]*source.Node{},
		truths:     map[string]*truth{},
		standsFor:  map[*source.Node]*resource{},
		arnOf:      map[*source.Node]*resource{},
	}
}

// resolve returns a value with everything in it resolved, nil for no value. A value has the place
// where it is written; one that comes from elsewhere, such as a parameter's default, the place
// where it is used.
func (r *resolver) resolve(node *source.Node) *source.Node {
	if node == nil {
		return nil
	}
	if c, ok := callOf(node); ok {
		return r.call(c)
	}
	switch node.Kind {
	case source.String:
		if why := dynamic(node.Text); why != "" {
			return unknownNode(why, node.Place)
		}
	case source.List:
		return r.list(node)
	case source.Map:
		return r.object(node)
	}
	return node
}

func (r *resolver) list(node *source.Node) *source.Node {
	list := &source.Node{Kind: source.List, Place: node.Place, Items: make([]*source.Node, 0, len(node.Items))}
	for _, item := range node.Items {
		if value := r.resolve(item); value != nil {
			list.Items = append(list.Items, value)
		}
	}
	if node.Tag == "" && slices.Equal(list.Items, node.Items) {
		return node // as most values, so that nothing is kept twice
	}
	return list
}

// object resolves an object that is not a call. A function beside other names is a mistake, or
// adds names that are unknown.
func (r *resolver) object(node *source.Node) *source.Node {
	object := &source.Node{Kind: source.Map, Place: node.Place, Members: make([]source.Member, 0, len(node.Members))}
	for _, member := range node.Members {
		if strings.HasPrefix(member.Name, "Fn::") {
			return unknownNode(fmt.Sprintf("%s beside other names is known only at deployment", facts.Short(member.Name)), node.Place)
		}
		if value := r.resolve(member.Value); value != nil {
			object.Members = append(object.Members, source.Member{Name: member.Name, Place: member.Place, Value: value})
		}
	}
	if node.Tag == "" && slices.Equal(object.Members, node.Members) {
		return node
	}
	return object
}

var functions = []string{
	ref, "Fn::Base64", "Fn::Cidr", "Fn::FindInMap", "Fn::GetAZs", getAtt, "Fn::If", "Fn::ImportValue", "Fn::Join", "Fn::Length",
	"Fn::Select", "Fn::Split", "Fn::Sub", "Fn::ToJsonString", "Fn::Transform",
}

func (r *resolver) call(c call) *source.Node {
	if r.spent > maxMade {
		return c.unknown(fmt.Sprintf("the functions of the template make more than %d bytes of text", maxMade))
	}
	switch c.function {
	case ref:
		return r.ref(c)
	case getAtt:
		return r.getAtt(c)
	case "Fn::Sub":
		return r.sub(c)
	case "Fn::Join":
		return r.join(c)
	case "Fn::Select":
		return r.selectItem(c)
	case "Fn::Split":
		return r.split(c)
	case "Fn::If":
		return r.choose(c)
	case "Fn::FindInMap":
		return r.findInMap(c)
	case "Fn::Base64":
		return r.base64(c)
	case "Fn::ImportValue":
		return r.importValue(c)
	case "Fn::Cidr", "Fn::GetAZs", "Fn::Transform":
		return c.unknown(c.function + " is known only at deployment")
	case "Fn::Length", "Fn::ToJsonString":
		return c.unknown(c.function + " is not resolved here; write its value")
	case "Condition", "Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or":
		return c.unknown(c.function + " is no value; it can stand in Conditions alone")
	}
	if strings.HasPrefix(c.function, forEach) {
		return c.unknown("what Fn::ForEach makes is known only at deployment")
	}
	return c.unknown(fmt.Sprintf("CloudFormation has no function %q%s", facts.Short(c.function), r.didYouMean(c.function, functions)))
}

// dynamic returns the reason why a text with a dynamic reference is unknown, "" for any other.
func dynamic(text string) string {
	_, reference, found := strings.Cut(text, "{{resolve:")
	if !found {
		return ""
	}
	reference, _, _ = strings.Cut(reference, "}}")
	return fmt.Sprintf("%q is read at deployment", "{{resolve:"+facts.Short(reference)+"}}")
}

// scalar resolves a value that has to be a scalar. Why is the reason if its text is unknown.
func (r *resolver) scalar(c call, node *source.Node) (text, why string) {
	return textOf(c, r.resolve(node))
}

// textOf does the same for a resolved value.
func textOf(c call, value *source.Node) (text, why string) {
	switch {
	case value.Scalar():
		return value.Text, ""
	case value == nil:
		return "", c.function + ": want a string, got AWS::NoValue"
	case value.Kind == source.Unknown:
		return "", value.Text
	}
	return "", fmt.Sprintf("%s: want a string, got %s", c.function, value.Kind)
}

func (r *resolver) text(c call, text string) *source.Node {
	if r.spent += len(text); len(text) > maxText {
		return c.unknown(fmt.Sprintf("%s makes more than %d bytes of text", c.function, maxText))
	}
	if why := dynamic(text); why != "" {
		return c.unknown(why)
	}
	return &source.Node{Kind: source.String, Text: text, Place: c.at}
}

// use copies a scalar or a list of scalars to the place of the call that uses it.
func (r *resolver) use(c call, value *source.Node) *source.Node {
	used := *value
	used.Place = c.at
	used.Items = make([]*source.Node, len(value.Items))
	r.spent += len(value.Text)
	for i, item := range value.Items {
		copied := *item
		copied.Place = c.at
		used.Items[i] = &copied
		r.spent += len(item.Text) + madeItem
	}
	return &used
}

// didYouMean is identity.DidYouMean of the name that is nearest. Its limits
// are beyond what any honest template needs.
func (r *resolver) didYouMean(name string, names []string) string {
	const mostNames, longest = 1000, 100
	if r.suggested++; r.suggested > maxSuggested || len(name) > longest {
		return ""
	}
	return identity.DidYouMean(identity.Closest(name, names[:min(len(names), mostNames)]))
}
