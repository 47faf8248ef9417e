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

// formatVersion is the only version of the templates' format.
const formatVersion = "2010-09-09"

// logicalID matches the logical id of a resource.
var logicalID = regexp.MustCompile(`^[A-Za-z0-9]+$`)

// refusal is why CloudFormation makes nothing of the template, at what it refuses.
func refusal(at source.Place, format string, values ...any) facts.Text {
	return facts.Known(fmt.Sprintf(format, values...), at)
}

// refusals returns every refusal of the template; none if macros may complete it, or any object of it.
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
	if version := root.Get("AWSTemplateFormatVersion"); version.Scalar() && version.Text != formatVersion {
		found = append(found, refusal(version.Place, "AWSTemplateFormatVersion is %q; CloudFormation accepts %q", facts.Short(version.Text), formatVersion))
	}
	found = append(found, refusedParameters(root.Get("Parameters"))...)
	for _, of := range r.resources {
		found = append(found, r.refusedAttributes(of)...)
		found = append(found, r.invalid(of)...)
		found = append(found, r.missingBelow(of.node.Get("Properties"))...)
	}
	for _, output := range r.outputs {
		if !output.Value.Has("Value") {
			found = append(found, refusal(output.Place, "output %q has no Value", facts.Short(output.Name)))
		}
		found = append(found, r.missingBelow(output.Value)...)
	}
	return append(found, r.cycle()...)
}

func refusedParameters(parameters *source.Node) (found []facts.Text) {
	for _, parameter := range parameters.Entries() {
		allowed, standard := parameter.Value.Get("AllowedValues"), parameter.Value.Get("Default")
		switch {
		case !parameter.Value.Has("Type"):
			found = append(found, refusal(parameter.Place, "parameter %q has no Type", facts.Short(parameter.Name)))
		case parameter.Value.Word("Type") == "String" && standard.Scalar() && allowed != nil && !slices.ContainsFunc(allowed.Items, func(value *source.Node) bool { return value.Text == standard.Text }):
			found = append(found, refusal(standard.Place, "parameter %q has the default %q, which its AllowedValues do not have", facts.Short(parameter.Name), facts.Short(standard.Text)))
		}
	}
	return found
}

// refusedAttributes returns the refusals of what a resource has beside its properties.
func (r *resolver) refusedAttributes(of *resource) []facts.Text {
	found := r.otherMembers(of.node, "attribute of a resource", attributes)
	if !logicalID.MatchString(of.id) {
		found = append(found, refusal(of.place, "%q is not a logical id: CloudFormation accepts letters and digits", facts.Short(of.id)))
	}
	if of.kind == "" && of.node.Kind == source.Map {
		found = append(found, refusal(of.place, "resource %q has no Type", facts.Short(of.id)))
	}
	if r.conditions[of.condition] == nil && of.condition != "" {
		found = append(found, facts.Known(r.missing(fmt.Sprintf("Condition %q", facts.Short(of.condition)), "condition", of.condition, r.conditionNames), of.node.Get("Condition").Place))
	}
	for _, name := range []string{"DeletionPolicy", "UpdateReplacePolicy"} {
		if word := of.node.Get(name); word.Scalar() && word.Tag == "" && !slices.Contains(policies, word.Text) {
			found = append(found, refusal(word.Place, "%s is %q; CloudFormation accepts %s", name, facts.Short(word.Text), facts.Quoted(policies)))
		}
	}
	for _, on := range of.node.Get("DependsOn").Values() {
		if r.byID[on.Text] == nil && on.Scalar() {
			found = append(found, facts.Known(r.missing(fmt.Sprintf("DependsOn %q", facts.Short(on.Text)), "resource", on.Text, r.names[len(r.parameters):]), on.Place))
		}
	}
	return found
}

// needs returns the ids that each resource depends on or refers to. What Fn::If may leave out is not
// counted.
func (r *resolver) needs() map[string][]string {
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
	return needs
}

// cycle returns the refusal of resources that need each other, so that CloudFormation can make none first.
func (r *resolver) cycle() []facts.Text {
	needs, done := r.needs(), map[string]bool{}
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
			return []facts.Text{refusal(r.byID[circle[0]].place, "resources need each other: %s", facts.Short(strings.Join(append(circle, circle[0]), " > ")))}
		}
	}
	return nil
}

func (r *resolver) otherMembers(node *source.Node, what string, known []string) (found []facts.Text) {
	for _, member := range node.Entries() {
		if !slices.Contains(known, member.Name) && !strings.HasPrefix(member.Name, "Fn::") {
			found = append(found, refusal(member.Place, "%q is no %s%s", facts.Short(member.Name), what, r.didYouMean(member.Name, known)))
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
				id, attribute, has := strings.Cut(name, ".")
				_, isParameter := r.parameters[name]
				named := r.byID[id]
				var known *schema
				if named != nil {
					known = schemas()[named.kind]
				}
				switch {
				case known != nil && has && !slices.Contains(known.ReadOnly, attribute):
					found = append(found, refusal(c.at, "%s %q: %s has no such attribute%s", c.function, facts.Short(name), named.kind, r.didYouMean(attribute, known.ReadOnly)))
				case named != nil && (has || c.function != getAtt), isParameter, slices.Contains(pseudoParameters, name):
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
