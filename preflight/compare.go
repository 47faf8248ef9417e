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

// Grant is what someone may do with the images of an image repository.
type Grant = access.Grant

// The grants.
const (
	Push = access.Push
	Pull = access.Pull
)

// Compare finds who gained and who lost which push or pull, exactly, from one state of files to
// another.
func Compare(base, now facts.Facts) Changes {
	return change.Of(chain.New(index.New(base)), chain.New(index.New(now)))
}
