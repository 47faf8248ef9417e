package entry

import (
	"fmt"
	"path"
	"runtime"
	"strings"

	"keyless-runners/fleet"
)

// module begins the import path of every package of this repository.
const module = "keyless-runners/"

// Declared returns the declared fleet, unchecked. An error or a panic of
// fleet.Declared becomes an error of one line that says where to look.
func Declared() (f fleet.Fleet, err error) {
	return declared(fleet.Declared)
}

func declared(declare func() (fleet.Fleet, error)) (f fleet.Fleet, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			f, err = fleet.Fleet{}, broken(panicked(), "panic: "+fmt.Sprint(failure))
		}
	}()
	f, err = declare()
	if err != nil {
		return fleet.Fleet{}, broken("fleet/declared.go", err.Error())
	}
	return f, nil
}

// broken says on one line, and on the usual last one, that there is no fleet.
func broken(place, message string) error {
	message = strings.ReplaceAll(strings.TrimSpace(message), "\n", "; ")
	return fmt.Errorf("%s: no fleet is declared, nothing was written: %s\nedit fleet/declared.go and run the command again", place, message)
}

// panicked returns the place in this repository that was running when a panic began,
// such as "fleet/declared.go:12". It is called while the panic is being recovered.
func panicked() string {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(0, callers)])
	began := false
	for {
		frame, more := frames.Next()
		inside, ours := strings.CutPrefix(frame.Function, module)
		switch {
		case frame.Function == "runtime.gopanic":
			began = true
		case began && ours:
			folder, rest := path.Split(inside)
			name, _, _ := strings.Cut(rest, ".")
			return fmt.Sprintf("%s%s/%s:%d", folder, name, path.Base(frame.File), frame.Line)
		}
		if !more {
			return "fleet/declared.go"
		}
	}
}
