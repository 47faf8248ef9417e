// Package asleep keeps jsii's bindings from unpacking jsii's runtime when they are
// imported. Most commands never use it, and where there is no folder for temporary
// files the bindings panic before main.
//
// Go initializes the packages that are ready in the order of their import paths. This
// one is ready once os is, and what jsii needs includes os/exec, whose path comes later.
// So it may import nothing but os.
package asleep

import "os"

// runtime is the environment variable in which jsii looks for a command to start
// instead of the runtime that it brings along.
const runtime = "JSII_RUNTIME"

var ours = os.Getenv(runtime) == ""

func init() {
	if ours {
		os.Setenv(runtime, "none")
	}
}

// Wake lets the next client of jsii's unpack the runtime, unless the user's environment
// names another.
func Wake() {
	if ours {
		os.Unsetenv(runtime)
	}
}
