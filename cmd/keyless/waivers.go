package main

import (
	"errors"

	"keyless-runners/cmd/internal/entry"
	"keyless-runners/fleet"
	"keyless-runners/preflight"
)

// prepare returns the declared fleet as entry.Prepare does. Waivers are compared with the
// findings here, because the fleet does not know them.
func prepare() (fleet.Fleet, error) {
	f, err := entry.Prepare()
	if err != nil {
		return f, err
	}
	return f, checkWaivers(f)
}

func checkWaivers(f fleet.Fleet) error {
	var ids []string
	for _, kind := range preflight.Kinds() {
		ids = append(ids, kind.ID)
	}
	var problems fleet.Problems
	if errors.As(f.CheckWaivers(ids), &problems) {
		return entry.Refuse(problems)
	}
	return nil
}
