// Package initial makes a fleet of what exists: runners, ServiceAccounts, roles and image
// repositories that others made, as manifests, templates and the outputs of read-only
// commands show them.
//
// Start at Read, which reads files, and at Found.Declare, which makes the fleet and the questions
// that only a person can answer. Result.Source is the fleet as Go, for fleet/declared.go.
// Nothing is asked of an account or a cluster: Plan lists the commands whose outputs are wanted.
//
// What this project rendered is known by texts that the renderings write, such as the description
// of an output; render_test.go holds both sides to each other.
package initial
