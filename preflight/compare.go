package preflight

import (
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/change"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// Change is a push or a pull that someone gained or lost, and Changes are all of them.
type (
	Change  = change.Change
	Changes = change.Changes
)

// What became of a grant.
const (
	Gained = change.Gained
	Lost   = change.Lost
)

// Push is the grant of putting an image into an image repository.
const Push = access.Push

// Compare finds who gained and who lost which push or pull, exactly, from one state of files to
// another.
func Compare(base, now facts.Facts) Changes {
	return change.Of(chain.New(index.New(base)), chain.New(index.New(now)))
}
