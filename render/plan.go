package render

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Digest is a SHA-256 of what decides a file, or of what it holds.
type Digest [sha256.Size]byte

// Plan is what the rendering of a fleet follows from, but for the program.
type Plan struct {
	// Fleet is of the whole fleet.
	Fleet Digest
	// Files are by path, each of the values that its file is rendered from.
	Files map[string]Digest
}

// NewPlan looks at a fleet, checked or not.
//
// A template is made of its fleet.Stack and the tags, the files of a pool of its
// fleet.Pool; infra and manifests are given nothing else of the fleet.
func NewPlan(f fleet.Fleet) Plan {
	plan := Plan{Files: map[string]Digest{}}
	pools := make(map[identity.PoolName]Digest, len(f.Pools))
	for _, pool := range f.Pools {
		from := digest(pool)
		pools[pool.Name] = from
		plan.Files[manifestPath(pool)] = from
		plan.Files[workflowPath(pool)] = from
	}
	for _, stack := range f.Stacks() {
		held := make([]Digest, len(stack.Pools))
		for i, pool := range stack.Pools {
			held[i] = pools[pool.Name]
		}
		stack.Pools = nil
		plan.Files[templatePath(stack.Name)] = digest(stack, held, f.AllTags())
	}
	f.Pools = nil
	plan.Fleet = digest(f, plan.Files)
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
