package terraform

import (
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/secrets"
	"keyless-runners/preflight/source"
)

// objects are the kinds of Kubernetes objects that have resources of their own, by these,
// and what of them is read.
var objects = map[string]struct {
	kind    string
	members []string
}{
	"kubernetes_service_account": {"ServiceAccount", []string{"metadata"}},
	"kubernetes_namespace":       {"Namespace", []string{"metadata"}},
	"kubernetes_config_map":      {"ConfigMap", []string{"metadata", "data"}},
	"kubernetes_secret":          {"Secret", []string{"metadata"}},
}

// addObject reads what a resource says of a Kubernetes object, as a file of it would. A
// waiver in it counts for nothing: Terraform writes all in one line, and so it would be one
// for all of the file.
func (r *reader) addObject(of *resource) {
	object := r.object(of)
	if object == nil {
		return
	}
	if object.Kind == source.Unknown {
		r.facts.Unread = append(r.facts.Unread, facts.Unread{What: "the object of " + of.address, Place: of.place})
		return
	}
	r.setRole(of, object)
	all := kubernetes.Read(object)
	all.Waivers = nil
	all.Secrets = secrets.Find(object)
	r.facts.Add(all)
}

func (r *reader) object(of *resource) *source.Node {
	if of.kind == "kubernetes_manifest" {
		return r.value(of, "manifest")
	}
	form, known := objects[strings.TrimSuffix(of.kind, "_v1")]
	if !known {
		return nil
	}
	text := func(name, value string) source.Member {
		return source.Member{Name: name, Place: of.place, Value: &source.Node{Kind: source.String, Text: value, Place: of.place}}
	}
	object := &source.Node{Kind: source.Map, Place: of.place, Members: []source.Member{text("apiVersion", "v1"), text("kind", form.kind)}}
	for _, name := range form.members {
		value := r.value(of, name)
		if blocks := items(value); len(blocks) == 1 {
			value = blocks[0]
		}
		if value != nil {
			object.Members = append(object.Members, source.Member{Name: name, Place: value.Place, Value: value})
		}
	}
	return object
}

// setRole writes the ARN into the role's annotation where it is known after apply alone and
// the configuration of the object refers to one role. Of annotations that are not known at
// all, not even the names, the role's may be one.
func (r *reader) setRole(of *resource, object *source.Node) {
	annotations := object.Get("metadata").Member("annotations")
	if annotations != nil && annotations.Value.Kind == source.Unknown {
		annotations.Value = &source.Node{Kind: source.Map, Place: annotations.Value.Place, Members: []source.Member{
			{Name: identity.AnnotationRoleARN, Place: annotations.Value.Place, Value: annotations.Value},
		}}
		return
	}
	annotation := object.Get("metadata", "annotations").Member(identity.AnnotationRoleARN)
	if annotation == nil || annotation.Value.Kind != source.Unknown || of.config == nil {
		return
	}
	roles := map[*resource]bool{}
	for _, expression := range of.config.Expressions {
		r.findRoles(roles, expression, of.module)
	}
	for role := range roles {
		if arn := r.attribute(role, "arn"); len(roles) == 1 && arn.Known() {
			annotation.Value = &source.Node{Kind: source.String, Text: arn.Value, Place: annotation.Value.Place}
		}
	}
}

// findRoles finds the roles to whose ARNs an expression refers.
func (r *reader) findRoles(found map[*resource]bool, expression *tfjson.Expression, module string) {
	if expression == nil || expression.ExpressionData == nil {
		return
	}
	for _, reference := range expression.References {
		alone := &tfjson.Expression{ExpressionData: &tfjson.ExpressionData{References: []string{reference}}}
		if role, attribute := r.referenced(alone, module); role != nil && role.kind == roleKind && attribute == "arn" {
			found[role] = true
		}
	}
	for _, block := range expression.NestedBlocks {
		for _, inner := range block {
			r.findRoles(found, inner, module)
		}
	}
}
