package initial

import (
	"cmp"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// controllerOf is the controller of the cluster's scale sets, by what lets it make runners.
func (a *declaration) controllerOf(c *foundCluster) fleet.Controller {
	var found fleet.Controller
	for _, r := range a.runners {
		if r.cluster != c || r.ScaleSetSpec == nil {
			continue
		}
		found.Version = cmp.Or(r.ScaleSetSpec.Version.Value, found.Version)
		for _, binding := range a.facts().RBACBindings {
			if !binding.Namespace.Is(r.Namespace.Value) {
				continue
			}
			for _, subject := range binding.Subjects {
				if subject.Kind == "ServiceAccount" && subject.Namespace.Known() && !subject.Namespace.Is(r.Namespace.Value) {
					found.Namespace, found.ServiceAccount = identity.Namespace(subject.Namespace.Value), identity.ServiceAccount(subject.Name.Value)
				}
			}
		}
		if found.ServiceAccount == "" {
			found.Namespace, found.ServiceAccount = "arc-systems", "arc-gha-rs-controller"
			a.result.ask(Question{Place: r.Place, About: aboutCluster(c.Cluster), Text: "the ServiceAccount of the controller of scale sets is not among the files; it is declared as the one that GitHub's documentation installs", Next: `look it up with "kubectl get serviceaccounts -A -l app.kubernetes.io/part-of=gha-rs-controller"`})
		}
	}
	return found
}
