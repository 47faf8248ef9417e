package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func (r *resolver) ref(c call) *source.Node {
	name, why := r.scalar(c, c.argument)
	if why != "" {
		return c.unknown(why)
	}
	return r.reference(c, fmt.Sprintf("%s %q", ref, facts.Short(name)), name)
}

// getAtt resolves Fn::GetAtt of "RESOURCE.ATTRIBUTE" or of a list of the two.
func (r *resolver) getAtt(c call) *source.Node {
	const form = "RESOURCE.ATTRIBUTE, or [RESOURCE, ATTRIBUTE]"
	written := []*source.Node{c.argument}
	if items, ok := c.items(2, 2); ok {
		written = items
	} else if c.argument.Kind == source.List {
		return c.wrong(form)
	}
	var parts []string
	for _, part := range written {
		text, why := r.scalar(c, part)
		if why != "" {
			return c.unknown(why)
		}
		parts = append(parts, text)
	}
	id, attribute, ok := strings.Cut(strings.Join(parts, "."), ".")
	if !ok {
		return c.wrong(form)
	}
	return r.attributeOf(c, fmt.Sprintf("%s %q", c.function, facts.Short(id+"."+attribute)), id, attribute)
}

// reference returns the value of a pseudo parameter, a parameter or a resource, nil for
// AWS::NoValue. What names the reference in a reason.
func (r *resolver) reference(c call, what, name string) *source.Node {
	if strings.HasPrefix(name, "AWS::") {
		return r.pseudo(c, what, name)
	}
	if declaration, ok := r.parameters[name]; ok {
		return r.use(c, r.parameter(name, declaration))
	}
	if _, ok := r.byID[name]; !ok {
		return c.unknown(r.missing(what, "parameter or resource", name, r.names))
	}
	return r.attributeOf(c, what, name, ref)
}

// missing returns the reason for a reference to something that the file lacks.
func (r *resolver) missing(what, wanted, name string, names []string) string {
	if r.transformed {
		return fmt.Sprintf("%s: the file has no such %s; the template's Transform may add it", what, wanted)
	}
	return fmt.Sprintf("%s: the template has no such %s%s", what, wanted, r.didYouMean(name, names))
}

// attributeOf returns the value of Fn::GetAtt, or of Ref, and records whose name or ARN it is.
func (r *resolver) attributeOf(c call, what, id, name string) *source.Node {
	of, ok := r.byID[id]
	switch {
	case !ok:
		return c.unknown(r.missing(what, "resource", id, r.names[len(r.parameters):]))
	case r.leftOut(of):
		return c.unknown(fmt.Sprintf("%s: the resource is not made, because condition %q is false", what, facts.Short(of.condition)))
	}
	value := r.valueOf(c, r.attribute(of, name))
	if of.kind == cdkJSONKind && name == "Value" {
		return r.json(c, value)
	}
	if of.kind == roleKind && name == ref || of.kind == managedPolicyKind {
		r.standsFor[value] = of
	}
	if of.kind == roleKind && name == "Arn" {
		r.arnOf[value] = of
	}
	return value
}

func (r *resolver) valueOf(c call, fact facts.Text) *source.Node {
	if fact.Unknown != "" {
		return c.unknown(fact.Unknown)
	}
	return r.text(c, fact.Value)
}

var pseudoParameters = []string{
	"AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix",
}

func (r *resolver) pseudo(c call, what, name string) *source.Node {
	switch name {
	case "AWS::NoValue":
		return nil
	case "AWS::AccountId":
		return r.valueOf(c, r.account)
	case "AWS::Region":
		return r.valueOf(c, r.region)
	case "AWS::Partition":
		return r.valueOf(c, r.partition)
	case "AWS::URLSuffix":
		if r.partition.Known() {
			return r.text(c, identity.Partition(r.partition.Value).DNSSuffix())
		}
		return r.valueOf(c, r.partition)
	}
	if slices.Contains(pseudoParameters, name) {
		return c.unknown(name + " is known only at deployment")
	}
	return c.unknown(fmt.Sprintf("%s: there is no such pseudo parameter%s", what, r.didYouMean(name, pseudoParameters)))
}
