package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Sections of a template, and attributes of a resource
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html,
// aws-product-attribute-reference.html); CDK writes a resource's Description and Version besides.
var (
	sections   = []string{"AWSTemplateFormatVersion", "Conditions", "Description", "Hooks", "Mappings", "Metadata", "Outputs", "Parameters", "Resources", "Rules", "Transform"}
	attributes = []string{"Condition", "CreationPolicy", "DeletionPolicy", "DependsOn", "Description", "Metadata", "Properties", "Type", "UpdatePolicy", "UpdateReplacePolicy", "Version"}
)

// properties are the properties of the types that the chain is made of
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html).
var properties = map[string][]string{
	roleKind:          {"AssumeRolePolicyDocument", "Description", "ManagedPolicyArns", "MaxSessionDuration", "Path", "PermissionsBoundary", "Policies", "RoleName", "Tags"},
	managedPolicyKind: {"Description", "Groups", "ManagedPolicyName", "Path", "PolicyDocument", "Roles", "Users"},
	policyKind:        {"Groups", "PolicyDocument", "PolicyName", "Roles", "Users"},
	providerKind:      {"ClientIdList", "Tags", "ThumbprintList", "Url"},
	repositoryKind: {"EmptyOnDelete", "EncryptionConfiguration", "ImageScanningConfiguration", "ImageTagMutability", "ImageTagMutabilityExclusionFilters",
		"LifecyclePolicy", "RepositoryName", "RepositoryPolicyText", "Tags"},
	associationKind: {"ClusterName", "DisableSessionTags", "Namespace", "Policy", "RoleArn", "ServiceAccount", "Tags", "TargetRoleArn"},
}

// refusals are why CloudFormation makes nothing of the template, each at what it refuses. None of
// a template that macros may complete.
func (r *resolver) refusals(root *source.Node) []facts.Text {
	if r.transformed || len(r.generated) > 0 {
		return nil
	}
	found := r.otherMembers(root, "section of a template", sections)
	for _, of := range r.resources {
		found = append(found, r.otherMembers(of.node, "attribute of a resource", attributes)...)
		for _, on := range of.node.Get("DependsOn").Values() {
			if r.byID[on.Text] == nil && on.Scalar() {
				found = append(found, facts.Known(r.missing(fmt.Sprintf("DependsOn %q", facts.Short(on.Text)), "resource", on.Text, r.names[len(r.parameters):]), on.Place))
			}
		}
		for _, property := range of.node.Get("Properties").Entries() {
			if near := identity.Closest(property.Name, properties[of.kind]); near != "" && !slices.Contains(properties[of.kind], property.Name) {
				found = append(found, facts.Known(fmt.Sprintf("%q is no property of %s; did you mean %q?", facts.Short(property.Name), of.kind, near), property.Place))
			}
		}
		found = append(found, r.missingBelow(of.node.Get("Properties"))...)
	}
	for _, output := range r.outputs {
		found = append(found, r.missingBelow(output.Value)...)
	}
	return found
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
			for _, name := range namesIn(c) {
				id, _, attribute := strings.Cut(name, ".")
				_, isParameter := r.parameters[name]
				switch {
				case r.byID[id] != nil && (attribute || c.function != getAtt), isParameter, slices.Contains(pseudoParameters, name):
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
