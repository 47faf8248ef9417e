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
	return r.reference(c, fmt.Sprintf("%s %q", ref, short(name)), name)
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
	return r.attributeOf(c, fmt.Sprintf("%s %q", c.function, short(id+"."+attribute)), id, attribute)
}

// reference is the value of a pseudo parameter, a parameter or a resource; what
// is the reference as a reason spells it. No value is nil.
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

// missing is the reason for a reference to what is not in the file.
func (r *resolver) missing(what, wanted, name string, names []string) string {
	if r.transformed {
		return fmt.Sprintf("%s: the file has no such %s; the template's Transform may add it", what, wanted)
	}
	return fmt.Sprintf("%s: the template has no such %s%s", what, wanted, r.didYouMean(name, names))
}

// attributeOf is the value of a resource's attribute, or what Ref makes of it.
func (r *resolver) attributeOf(c call, what, id, name string) *source.Node {
	of, ok := r.byID[id]
	switch {
	case !ok:
		return c.unknown(r.missing(what, "resource", id, r.names[len(r.parameters):]))
	case r.leftOut(of):
		return c.unknown(fmt.Sprintf("%s: the resource is not made, because condition %q is false", what, short(of.condition)))
	}
	value := r.told(c, r.attribute(of, name))
	if of.kind == roleKind && name == ref || of.kind == managedPolicyKind {
		r.standsFor[value] = of
	}
	if of.kind == roleKind && name == "Arn" {
		r.arnOf[value] = of
	}
	return value
}

// told is what a fact tells.
func (r *resolver) told(c call, fact facts.Text) *source.Node {
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
		return r.told(c, r.account)
	case "AWS::Region":
		return r.told(c, r.region)
	case "AWS::Partition":
		return r.told(c, r.partition)
	case "AWS::URLSuffix":
		if r.partition.Known() {
			return r.text(c, identity.Partition(r.partition.Value).DNSSuffix())
		}
		return r.told(c, r.partition)
	}
	if slices.Contains(pseudoParameters, name) {
		return c.unknown(name + " is known only at deployment")
	}
	return c.unknown(fmt.Sprintf("%s: there is no such pseudo parameter%s", what, r.didYouMean(name, pseudoParameters)))
}
