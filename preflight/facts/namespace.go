package facts

import "keyless-runners/preflight/source"

// Namespace is a namespace of a cluster.
type Namespace struct {
	Place source.Place
	Name  Text
	// Enforces is the Pod Security level that its Pods must have: "privileged", "baseline" or
	// "restricted". Not there: any level.
	Enforces Text
}
