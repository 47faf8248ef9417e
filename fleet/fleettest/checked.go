package fleettest

import (
	"testing"

	"keyless-runners/fleet"
)

// Checked is a fleet in which there is no problem.
func Checked(t testing.TB, f fleet.Fleet) fleet.Checked {
	t.Helper()
	checked, err := f.Checked()
	if err != nil {
		t.Fatal(err)
	}
	return checked
}
