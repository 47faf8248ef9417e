package cloudformation

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Sections of a template, and attributes of a resource
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html,
// aws-product-attribute-reference.html), with the words of its policies; CDK writes a resource's Description
// and Version besides.
var (
	sections   = []string{"AWSTemplateFormatVersion", "Conditions", "Description", "Hooks", "Mappings", "Metadata", "Outputs", "Parameters", "Resources", "Rules", "Transform"}
	attributes = []string{"Condition", "CreationPolicy", "DeletionPolicy", "DependsOn", "Description", "Metadata", "Properties", "Type", "UpdatePolicy", "UpdateReplacePolicy", "Version"}
	policies   = []string{"Delete", "Retain", "RetainExceptOnCreate", "Snapshot"}
)

// logicalID is what names a resource.
var logicalID = regexp.MustCompile(`^[A-Za-z0-9]+$`)

// refusals are why CloudFormation makes nothing of the template, each at what it refuses. None of
// a template that macros may complete, any object of it.
func (r *resolver) refusals(root *source.Node) []facts.Text {
	completed := r.transformed || len(r.generated) > 0
	root.Walk(func(node *source.Node) bool {
		completed = completed || node.Tag == "!Transform" || node.Has("Fn::Transform")
		return !completed
	})
	if completed {
		return nil
	}
	found := r.otherMembers(root, "section of a template", sections)
	refuse := func(at source.Place, format string, values ...any) {
		found = append(found, facts.Known(fmt.Sprintf(format, values...), at))
	}
	if version := root.Get("AWSTemplateFormatVersion"); version.Scalar() && version.Text != "2010-09-09" {
		refuse(version.Place, `AWSTemplateFormatVersion %q: there is only "2010-09-09"`, facts.Short(version.Text))
	}
	for _, parameter := range root.Get("Parameters").Entries() {
		allowed, standard := parameter.Value.Get("AllowedValues"), parameter.Value.Get("Default")
		switch {
		case !parameter.Value.Has("Type"):
			refuse(parameter.Place, "parameter %q has no Type", facts.Short(parameter.Name))
		case parameter.Value.Word("Type") == "String" && standard.Scalar() && allowed != nil && !slices.ContainsFunc(allowed.Items, func(value *source.Node) bool { return value.Text == standard.Text }):
			refuse(standard.Place, "parameter %q has the default %q, which its AllowedValues do not have", facts.Short(parameter.Name), facts.Short(standard.Text))
		}
	}
	for _, of := range r.resources {
		found = append(found, r.otherMembers(of.node, "attribute of a resource", attributes)...)
		if !logicalID.MatchString(of.id) {
			refuse(of.place, "%q is no name of a resource: letters and digits", facts.Short(of.id))
		}
		if of.kind == "" && of.node.Kind == source.Map {
			refuse(of.place, "resource %q has no Type", facts.Short(of.id))
		}
		if r.conditions[of.condition] == nil && of.condition != "" {
			refuse(of.node.Get("Condition").Place, "%s", r.missing(fmt.Sprintf("Condition %q", facts.Short(of.condition)), "condition", of.condition, r.conditionNames))
		}
		for _, attribute := range []string{"DeletionPolicy", "UpdateReplacePolicy"} {
			if word := of.node.Get(attribute); word.Scalar() && word.Tag == "" && !slices.Contains(policies, word.Text) {
				refuse(word.Place, "%s %q: there are %s", attribute, facts.Short(word.Text), strings.Join(policies, ", "))
			}
		}
		for _, on := range of.node.Get("DependsOn").Values() {
			if r.byID[on.Text] == nil && on.Scalar() {
				refuse(on.Place, "%s", r.missing(fmt.Sprintf("DependsOn %q", facts.Short(on.Text)), "resource", on.Text, r.names[len(r.parameters):]))
			}
		}
		found = append(found, r.invalid(of)...)
		found = append(found, r.missingBelow(of.node.Get("Properties"))...)
	}
	for _, output := range r.outputs {
		if !output.Value.Has("Value") {
			refuse(output.Place, "output %q has no Value", facts.Short(output.Name))
		}
		found = append(found, r.missingBelow(output.Value)...)
	}
	return append(found, r.cycle()...)
}

// cycle is why CloudFormation can make no resource first: each of some needs another. What Fn::If may
// leave out is not counted.
func (r *resolver) cycle() []facts.Text {
	needs := map[string][]string{}
	for _, of := range r.resources {
		for _, on := range of.node.Get("DependsOn").Values() {
			needs[of.id] = append(needs[of.id], on.Text)
		}
		of.node.Get("Properties").Walk(func(node *source.Node) bool {
			c, _ := callOf(node)
			for _, name := range namesIn(c) {
				id, _, _ := strings.Cut(name, ".")
				needs[of.id] = append(needs[of.id], id)
			}
			return c.function != "Fn::If"
		})
	}
	done := map[string]bool{}
	var path []string
	var follow func(id string) []string
	follow = func(id string) []string {
		if i := slices.Index(path, id); i >= 0 {
			return path[i:]
		}
		if done[id] || r.byID[id] == nil {
			return nil
		}
		done[id] = true
		path = append(path, id)
		for _, next := range needs[id] {
			if circle := follow(next); circle != nil {
				return circle
			}
		}
		path = path[:len(path)-1]
		return nil
	}
	for _, of := range r.resources {
		if circle := follow(of.id); circle != nil {
			return []facts.Text{facts.Known("resources need each other: "+facts.Short(strings.Join(append(circle, circle[0]), " > ")), r.byID[circle[0]].place)}
		}
	}
	return nil
}

func (r *resolver) otherMembers(node *source.Node, what string, known []string) (found []facts.Text) {
	for _, member := range node.Entries() {
		if !slices.Contains(known, member.Name) && !strings.HasPrefix(member.Name, "Fn::") {
			found = append(found, facts.Known(fmt.Sprintf("%q is no %s%s", facts.Short(member.Name), what, r.didYouMean(member.Name, known)), member.Place))
		}
	}
	return found
}

// missingBelow are the references of a value to what the template does not have.
func (r *resolver) missingBelow(value *source.Node) (found []facts.Text) {
	if value == nil {
		return nil
	}
	value.Walk(func(node *source.Node) bool {
		if c, is := callOf(node); is {
			if items, ok := c.items(3, 3); ok && c.function == "Fn::If" && items[0].Scalar() && r.conditions[items[0].Text] == nil {
				found = append(found, facts.Known(r.missing(fmt.Sprintf("Fn::If %q", facts.Short(items[0].Text)), "condition", items[0].Text, r.conditionNames), c.at))
			}
			for _, name := range namesIn(c) {
				id, of, attribute := strings.Cut(name, ".")
				_, isParameter := r.parameters[name]
				resource := r.byID[id]
				switch {
				case resource != nil && attribute && schemas()[resource.kind] != nil && !slices.Contains(schemas()[resource.kind].ReadOnly, of):
					found = append(found, facts.Known(fmt.Sprintf("%s %q: %s has no such attribute%s", c.function, facts.Short(name), resource.kind, r.didYouMean(of, schemas()[resource.kind].ReadOnly)), c.at))
				case resource != nil && (attribute || c.function != getAtt), isParameter, slices.Contains(pseudoParameters, name):
				default:
					found = append(found, facts.Known(r.missing(fmt.Sprintf("%s %q", c.function, facts.Short(name)), "parameter or resource", id, r.names), c.at))
				}
			}
		}
		return true
	})
	return found
}

// namesIn returns the names that a function refers to: NAME, or RESOURCE.ATTRIBUTE.
func namesIn(c call) (names []string) {
	switch c.function {
	case ref, getAtt:
		if items, ok := c.items(2, 2); ok && items[0].Scalar() && items[0].Tag == "" {
			return []string{items[0].Text + "." + items[1].Text}
		}
		if c.argument.Scalar() && c.argument.Tag == "" {
			return []string{c.argument.Text}
		}
	case "Fn::Sub":
		text, own := c.argument, (*source.Node)(nil)
		if items, ok := c.items(2, 2); ok {
			text, own = items[0], items[1]
		}
		if !text.Scalar() {
			return nil
		}
		for rest := text.Text; rest != ""; {
			var name string
			_, name, rest = cutVariable(rest)
			if name = strings.TrimSuffix(strings.TrimPrefix(name, "${"), "}"); name != "" && !own.Has(name) {
				names = append(names, strings.TrimSpace(name))
			}
		}
	}
	return names
}
