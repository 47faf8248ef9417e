package entry

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
)

func declaredBy(declare func() (fleet.Fleet, error)) (fleet.Fleet, error) {
	d := Own()
	d.Declare = declare
	return d.Fleet()
}

func TestDeclaredIsTheFleet(t *testing.T) {
	f, err := declaredBy(func() (fleet.Fleet, error) { return fleettest.Article(), nil })
	if err != nil || len(f.Pools) != 1 {
		t.Errorf("got %d pools and error %v, want 1 pool", len(f.Pools), err)
	}
}

func TestErrorOfDeclaredIsOneLineThatNamesItsFile(t *testing.T) {
	_, err := declaredBy(func() (fleet.Fleet, error) {
		return fleettest.Article(), errors.Join(errors.New("teams.csv: line 3: want 4 columns, got 3"), errors.New("teams.csv: line 9: want 4 columns, got 5"))
	})
	want := "fleet/declared.go: no fleet is declared, nothing was written: teams.csv: line 3: want 4 columns, got 3; teams.csv: line 9: want 4 columns, got 5\n" +
		"edit fleet/declared.go and run the command again"
	if got := fmt.Sprint(err); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestPanicOfDeclaredIsOneLineWithItsPlace(t *testing.T) {
	var line int
	here := func() { _, _, line, _ = runtime.Caller(1) }
	for _, c := range []struct {
		declare func() (fleet.Fleet, error)
		message string
	}{
		{func() (fleet.Fleet, error) { here(); panic("no such team\nin the list") }, "no such team; in the list"},
		{func() (fleet.Fleet, error) { here(); return fleet.Fleet{}, errors.New([]string{}[line]) }, "runtime error: index out of range [LINE] with length 0"},
		{func() (fleet.Fleet, error) { here(); return *(*fleet.Fleet)(nil), nil }, "runtime error: invalid memory address or nil pointer dereference"},
		{func() (fleet.Fleet, error) { here(); return fleet.Fleet{}, errors.New(strings.Repeat("x", -1)) }, "strings: negative Repeat count"},
	} {
		_, err := declaredBy(c.declare)
		want := fmt.Sprintf("cmd/internal/entry/declared_test.go:%d: no fleet is declared, nothing was written: panic: %s\nedit fleet/declared.go and run the command again",
			line, strings.ReplaceAll(c.message, "LINE", fmt.Sprint(line)))
		if got := fmt.Sprint(err); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestPlaceOfAPanicIsInTheModuleOfTheProgram(t *testing.T) {
	d := Declaration{File: "ci/fleet.go"}
	for _, c := range []struct{ module, function, file, want string }{
		{"example.com/runners", "example.com/runners/ci.Fleet", "/home/me/runners/ci/teams.go", "ci/teams.go"},
		{"example.com/runners", "example.com/runners/ci.Fleet.func1", "/home/me/runners/ci/teams.go", "ci/teams.go"},
		{"example.com/runners", "example.com/runners.Fleet", "/home/me/runners/teams.go", "teams.go"},
		{"example.com/runners", "main.declare", "/home/me/runners/ci/fleet.go", "ci/fleet.go"},
		{"example.com/runners", "main.teams", "/home/me/runners/ci/teams.go", "teams.go"},
		{"example.com/runners", "example.com/runners2/ci.Fleet", "/home/me/runners2/ci/teams.go", ""},
		{"example.com/runners", "keyless-runners/fleet.Pool.Subject", "/home/me/keyless-runners/fleet/pool.go", ""},
		{"example.com/runners", "strings.Repeat", "/usr/lib/go/src/strings/strings.go", ""},
		{"keyless-runners", "keyless-runners/fleet.Declared", "/home/me/keyless-runners/fleet/declared.go", "fleet/declared.go"},
		{"", "keyless-runners/fleet.Declared", "/home/me/keyless-runners/fleet/declared.go", ""},
	} {
		got := d.fileOf(runtime.Frame{Function: c.function, File: c.file}, c.module)
		if got != c.want {
			t.Errorf("%s in %s of module %q: got %q, want %q", c.function, c.file, c.module, got, c.want)
		}
	}
}
