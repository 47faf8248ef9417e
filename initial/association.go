package initial

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// associationResource returns the runner's association in a rendered template, nil if there is none.
func (a *declaration) associationResource(r *runner) (*source.Node, renderedStack) {
	for _, association := range r.role.associations {
		if resource, s := a.renderedTwin(association); resource != nil {
			return resource, s
		}
	}
	return nil, renderedStack{}
}

// renderedTwin is the association as a rendered template has it, nil if none has it: the output of
// a command may show it too.
func (a *declaration) renderedTwin(association *facts.PodIdentityAssociation) (*source.Node, renderedStack) {
	for n := range a.facts().PodIdentityAssociations {
		twin := &a.facts().PodIdentityAssociations[n]
		one := index.SameCluster(twin, association) && twin.Namespace.Same(association.Namespace) && twin.ServiceAccount.Same(association.ServiceAccount)
		if resource, s := a.resourceAt(twin.Place); one && resource != nil {
			return resource, s
		}
	}
	return nil, renderedStack{}
}

// askAssociations asks about associations that others made beside those that are rendered.
func (a *declaration) askAssociations(r *runner) {
	for _, association := range r.role.associations {
		if resource, _ := a.renderedTwin(association); resource == nil {
			a.result.ask(Question{Place: association.Place, About: r.about(), Text: "its EKS Pod Identity association in cluster " + quoted(association.Cluster) + " is in no stack of the fleet, as those in its other clusters are; the stack would create it again, which EKS refuses", Next: "delete the association right before the stack is deployed, or import it into the stack"})
		}
	}
}
