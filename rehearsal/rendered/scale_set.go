package rendered

import (
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// controllerOf is the ServiceAccount that may make the runners of a scale set: that of another
// namespace to which a RoleBinding beside the scale set gives rights.
func controllerOf(set facts.Workload, bindings []facts.RBACBinding) identity.Subject {
	for _, binding := range bindings {
		if binding.Place.File != set.Place.File || !binding.Namespace.Same(set.Namespace) {
			continue
		}
		for _, subject := range binding.Subjects {
			if subject.Kind == "ServiceAccount" && subject.Namespace.Contradicts(set.Namespace.Value) {
				return identity.Subject{Namespace: identity.Namespace(subject.Namespace.Value), ServiceAccount: identity.ServiceAccount(subject.Name.Value)}
			}
		}
	}
	return usualController
}

// usualController is the ServiceAccount of a chart that is installed as the chart's
// documentation says, for a scale set whose RoleBinding is elsewhere.
var usualController = identity.Subject{Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"}
