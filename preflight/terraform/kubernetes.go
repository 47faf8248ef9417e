package terraform

import (
	tfjson "github.com/hashicorp/terraform-json"

	"keyless-runners/identity"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/secrets"
	"keyless-runners/preflight/source"
)

func (r *reader) addManifest(of *resource) {
	switch manifest := r.value(of, "manifest"); {
	case manifest == nil:
	case manifest.Kind == source.Unknown:
		r.addUnread(of, "the object of", `check what "kubectl get -o yaml" prints of it`)
	default:
		r.addObject(of, manifest)
	}
}

// objectOf returns the reader of a resource that declares an object of one kind. It reads these
// members of the object.
func objectOf(kind string, members ...string) func(*reader, *resource) {
	return func(r *reader, of *resource) {
		made := &source.Node{Kind: source.Map, Place: of.place, Members: []source.Member{of.member("apiVersion", "v1"), of.member("kind", kind)}}
		for _, name := range members {
			if value := single(r.value(of, name)); value != nil {
				made.Members = append(made.Members, source.Member{Name: name, Place: value.Place, Value: value})
			}
		}
		r.addObject(of, made)
	}
}

func (of *resource) member(name, value string) source.Member {
	return source.Member{Name: name, Place: of.place, Value: &source.Node{Kind: source.String, Text: value, Place: of.place}}
}

// addObject reads an object as a file of it is read. Waivers in it are dropped: Terraform
// writes everything in one line, so a waiver would cover the whole file.
func (r *reader) addObject(of *resource, object *source.Node) {
	role := r.setRole(of, object)
	all := kubernetes.Read(object)
	for n := range all.ServiceAccounts {
		all.ServiceAccounts[n].RoleID = role
	}
	all.Waivers = nil
	all.Secrets = secrets.Find(object)
	r.facts.Add(&all)
}

// setRole writes the ARN into the role's annotation if it is known only after apply and the
// configuration of the object refers to one role; if the role's name is too, it returns the role's
// address. If all annotations are unknown, even their names, the role's may be among them.
func (r *reader) setRole(of *resource, object *source.Node) (unnamed string) {
	annotations := object.Get("metadata").Member("annotations")
	if annotations != nil && annotations.Value.Kind == source.Unknown {
		annotations.Value = &source.Node{Kind: source.Map, Place: annotations.Value.Place, Members: []source.Member{
			{Name: identity.AnnotationRoleARN, Place: annotations.Value.Place, Value: annotations.Value},
		}}
		return ""
	}
	annotation := object.Get("metadata", "annotations").Member(identity.AnnotationRoleARN)
	if annotation == nil || annotation.Value.Kind != source.Unknown || of.config == nil {
		return ""
	}
	roles := map[*resource]bool{}
	for _, expression := range of.config.Expressions {
		r.findRoles(roles, expression, of.module)
	}
	for role := range roles {
		switch arn := r.attribute(role, "arn"); {
		case len(roles) > 1:
		case arn.Known():
			annotation.Value = &source.Node{Kind: source.String, Text: arn.Value, Place: annotation.Value.Place}
		default:
			return role.address
		}
	}
	return ""
}

func (r *reader) findRoles(found map[*resource]bool, expression *tfjson.Expression, module string) {
	if expression == nil || expression.ExpressionData == nil {
		return
	}
	for _, reference := range expression.References {
		alone := &tfjson.Expression{ExpressionData: &tfjson.ExpressionData{References: []string{reference}}}
		if role, attribute := r.referent(alone, module); role != nil && role.kind == roleKind && attribute == "arn" {
			found[role] = true
		}
	}
	for _, block := range expression.NestedBlocks {
		for _, inner := range block {
			r.findRoles(found, inner, module)
		}
	}
}
