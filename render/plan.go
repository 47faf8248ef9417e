package render

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/workflows"
)

// Digest is a SHA-256 of what decides a file, or of what it holds.
type Digest [sha256.Size]byte

// Plan digests everything that decides what a fleet renders to, except the program.
type Plan struct {
	// Fleet is of the whole fleet.
	Fleet Digest
	// Files are by path, each of the values that its file is rendered from.
	Files map[string]Digest
}

// NewPlan looks at a fleet, checked or not.
//
// A template is made of its fleet.Stack and the tags, the files of a pool of its
// fleet.Pool, that of a namespace of its names, its level of Pod Security and settings; infra and manifests are given nothing
// else of the fleet. What is rendered without an app is at hand.
func NewPlan(f fleet.Fleet) Plan {
	plan := Plan{Fleet: digest(f), Files: map[string]Digest{}}
	pools := make(map[identity.PoolName]Digest, len(f.Pools))
	for _, pool := range f.Pools {
		from := digest(pool)
		pools[pool.Name] = from
		for in := range pool.InEachCluster() {
			plan.Files[in.ManifestPath()] = from
		}
		plan.Files[pool.WorkflowPath()] = from
	}
	namespaces := f.Namespaces()
	for _, namespace := range namespaces {
		if namespace.HasFile() {
			plan.Files[namespace.ManifestPath()] = digest(namespace.Cluster, namespace.Name, namespace.PodSecurity(), namespace.Settings)
		}
	}
	for path, list := range kustomizations(f, namespaces) {
		plan.Files[path] = sha256.Sum256(list)
	}
	plan.Files[fleet.ActionlintPath] = sha256.Sum256(workflows.RenderActionlint(f))
	for _, d := range f.Deployments {
		from := digest(d)
		plan.Files[d.DeployWorkflowPath()], plan.Files[d.DiffWorkflowPath()] = from, from
	}
	for _, stack := range f.Stacks() {
		held := make([]Digest, len(stack.Pools))
		for i, pool := range stack.Pools {
			held[i] = pools[pool.Name]
		}
		stack.Pools = nil
		plan.Files[stack.TemplatePath()] = digest(stack, held, f.AllTags())
	}
	return plan
}

// digest is of values and all that is in them.
func digest(values ...any) Digest {
	content, err := json.Marshal(values)
	if err != nil {
		panic(err) // they are strings, numbers and collections of them
	}
	return sha256.Sum256(content)
}

// MarshalText writes a digest as text.
func (d Digest) MarshalText() ([]byte, error) {
	return hex.AppendEncode(nil, d[:]), nil
}
