package commandline

import (
	"errors"

	"keyless-runners/fleet"
	"keyless-runners/preflight"
)

// prepare returns the declared fleet as Declaration.Prepare does. Waivers are compared with the
// findings here, because the fleet does not know them.
func prepare(d Declaration) (fleet.Checked, error) {
	f, err := d.Prepare()
	if err != nil {
		return f, err
	}
	return f, checkWaivers(d, f.Fleet())
}

func checkWaivers(d Declaration, f fleet.Fleet) error {
	var ids []string
	for _, kind := range preflight.Kinds() {
		ids = append(ids, kind.ID)
	}
	var problems fleet.Problems
	if errors.As(f.CheckWaivers(ids), &problems) {
		return d.Refuse(problems)
	}
	return nil
}
