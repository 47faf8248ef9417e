package adopt

import (
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/source"
)

// stack is a template that this project rendered: what is in it is created by the fleet, and what
// is anywhere else exists.
type stack struct {
	name identity.StackName
	body *source.Node
	// clusters are the names of clusters in the fleet, by their issuers.
	clusters map[identity.Issuer]identity.ClusterName
}

// keepStack keeps a template with the mark of one that is rendered, or what "aws cloudformation
// get-template" prints of it.
func (f *Found) keepStack(root *source.Node) {
	body := root
	if inside := root.Get("TemplateBody"); inside != nil {
		if body = inside; inside.Kind == source.String {
			body = inside.Contained()
		}
	}
	mark := body.Get("Metadata").Word(fleet.ManagedBy)
	_, file, _ := strings.Cut(mark, " to dist/infra/")
	name, _, marked := strings.Cut(file, ".template.json.")
	if !marked {
		return
	}
	s := stack{name: identity.StackName(name), body: body, clusters: map[identity.Issuer]identity.ClusterName{}}
	for _, output := range body.Get("Outputs").Entries() {
		named, is := strings.CutPrefix(output.Value.Word("Description"), "OIDC provider of cluster ")
		if provider, err := identity.ParseProviderARN(output.Value.Word("Value")); is && err == nil {
			s.clusters[provider.Issuer] = identity.ClusterName(named)
		}
	}
	f.stacks[root.Place.File] = s
}

// resourceAt is the resource of a rendered template that a fact is about, nil if it is of no
// such template.
func (f *Found) resourceAt(at source.Place) (*source.Node, stack) {
	s, rendered := f.stacks[at.File]
	if !rendered {
		return nil, stack{}
	}
	return f.members[at], s
}
