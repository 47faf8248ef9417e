package kubernetes

import "keyless-runners/preflight/facts"

func (o object) rbacRole() facts.RBACRole {
	role := facts.RBACRole{
		Place:      o.root.Place,
		Kind:       o.kind,
		Namespace:  o.namespace,
		Name:       o.name,
		Aggregated: o.root.Has("aggregationRule"),
	}
	for _, rule := range o.root.Get("rules").Objects() {
		role.Rules = append(role.Rules, facts.RBACRule{
			Place:         rule.Place,
			APIGroups:     stringsOf(rule.Get("apiGroups")),
			Resources:     stringsOf(rule.Get("resources")),
			Verbs:         stringsOf(rule.Get("verbs")),
			ResourceNames: stringsOf(rule.Get("resourceNames")),
		})
	}
	return role
}

func (o object) rbacBinding() facts.RBACBinding {
	ref := o.root.Get("roleRef")
	at := placeOf(ref, o.root.Place)
	binding := facts.RBACBinding{
		Place:     o.root.Place,
		Kind:      o.kind,
		Namespace: o.namespace,
		RoleKind:  textOf(ref.Get("kind"), at),
		RoleName:  textOf(ref.Get("name"), at),
	}
	for _, subject := range o.root.Get("subjects").Objects() {
		s := facts.RBACSubject{
			Place:     subject.Place,
			Kind:      subject.Word("kind"),
			Namespace: textOf(subject.Get("namespace"), subject.Place),
			Name:      textOf(subject.Get("name"), subject.Place),
		}
		// Kubernetes' authorizer takes the binding's (plugin/pkg/auth/authorizer/rbac,
		// appliesToUser).
		if s.Kind == "ServiceAccount" && !s.Namespace.There && o.kind == "RoleBinding" {
			s.Namespace = o.namespace
		}
		binding.Subjects = append(binding.Subjects, s)
	}
	return binding
}
