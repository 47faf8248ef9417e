package entry

import (
	"fmt"
	"path"
	"runtime"
	"runtime/debug"
	"strings"

	"keyless-runners/cmd/internal/top"
	"keyless-runners/fleet"
)

// Declaration is the fleet that a program is about.
type Declaration struct {
	// Declare declares the fleet, as fleet.Declared does. It may read it from anywhere; an
	// error stops every command before anything is written.
	Declare func() (fleet.Fleet, error)
	// File is the Go file with Declare, from the top of its module, such as "fleet.go". What
	// renders runs in the folder that has it alone, and messages name it.
	File string
	// SynthCommand renders the fleet, as messages name it, such as "go run . synth".
	SynthCommand string
}

// Own is the declaration of this copy of the project.
func Own() Declaration {
	return Declaration{Declare: fleet.Declared, File: top.Copy.File, SynthCommand: top.Copy.Synth}
}

// Fleet returns the declared fleet, unchecked. An error or a panic of Declare becomes
// an error of one line that says where to look.
func (d Declaration) Fleet() (f fleet.Fleet, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			f, err = fleet.Fleet{}, d.broken(d.panicked(mainModule()), "panic: "+fmt.Sprint(failure))
		}
	}()
	f, err = d.Declare()
	if err != nil {
		return fleet.Fleet{}, d.broken(d.File, err.Error())
	}
	return f, nil
}

// broken says on one line, and on the usual last one, that there is no fleet.
func (d Declaration) broken(place, message string) error {
	message = strings.ReplaceAll(strings.TrimSpace(message), "\n", "; ")
	return fmt.Errorf("%s: no fleet is declared, nothing was written: %s\nedit %s and run the command again", place, message, d.File)
}

// mainModule is the path of the module that the program is of, "" if Go did not note it.
func mainModule() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return info.Main.Path
}

// panicked returns the place in a module that was running when a panic began, such as
// "fleet/declared.go:12". It is called while the panic is being recovered.
func (d Declaration) panicked(module string) string {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(0, callers)])
	began := false
	for {
		frame, more := frames.Next()
		if frame.Function == "runtime.gopanic" {
			began = true
		} else if file := d.fileOf(frame, module); began && file != "" {
			return fmt.Sprintf("%s:%d", file, frame.Line)
		}
		if !more {
			return d.File
		}
	}
}

// fileOf is the file that a frame is in, from the top of the module, "" for one of another
// module. Go does not say which folder package main is in.
func (d Declaration) fileOf(frame runtime.Frame, module string) string {
	file := path.Base(frame.File)
	if strings.HasPrefix(frame.Function, "main.") {
		if file == path.Base(d.File) {
			return d.File
		}
		return file
	}
	inside, ours := strings.CutPrefix(frame.Function, module)
	if !ours || module == "" || !strings.HasPrefix(inside, "/") && !strings.HasPrefix(inside, ".") {
		return ""
	}
	folder, rest := path.Split(inside)
	name, _, _ := strings.Cut(rest, ".")
	return strings.TrimPrefix(path.Join(folder, name, file), "/")
}
