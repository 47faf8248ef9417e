package initial

import (
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/source"
)

// renderedStack is a template that this project rendered: what is in it is created by the fleet,
// and what is anywhere else exists.
type renderedStack struct {
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
	s := renderedStack{name: identity.StackName(name), body: body, clusters: map[identity.Issuer]identity.ClusterName{}}
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
func (f *Found) resourceAt(at source.Place) (*source.Node, renderedStack) {
	s, rendered := f.stacks[at.File]
	if !rendered {
		return nil, renderedStack{}
	}
	return f.members[at], s
}

// settle gives each cluster the stack of its first pool that has one, and other pools their own.
func (a *declaration) settle() {
	for _, c := range a.clusters {
		if c.Stack == "" {
			c.Stack = a.usualStack(c)
		}
	}
	for _, r := range a.runners {
		r.pool.Cluster = r.cluster.Cluster
		r.settleClusters()
		if r.pool.Stack == r.cluster.Stack || r.pool.ExistingRole && !r.pool.CreatesAssociation() {
			r.pool.Stack = ""
		}
	}
}

// settleClusters declares the further clusters of a pool, and its runner groups where they differ.
func (r *runner) settleClusters() {
	r.pool.Group = r.groups[r.cluster]
	differ := false
	var groups []identity.RunnerGroup
	for _, also := range r.also {
		r.pool.AlsoIn = append(r.pool.AlsoIn, also.Cluster)
		groups = append(groups, r.groups[also])
		differ = differ || !r.groups[also].Equal(r.pool.Group)
	}
	if differ {
		r.pool.AlsoInGroups = groups
	}
}

// usualStack is the stack of the cluster's first pool that has one, or else a new one.
func (a *declaration) usualStack(c *foundCluster) identity.StackName {
	for _, r := range a.runners {
		if r.cluster == c && r.pool.Stack != "" {
			return r.pool.Stack
		}
	}
	if len(a.clusters) == 1 {
		return "keyless-runners"
	}
	return identity.StackName("keyless-runners-" + string(c.Name))
}
