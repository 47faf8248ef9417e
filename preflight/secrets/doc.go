// Package secrets finds values in files that look like secrets: AWS keys, GitHub tokens,
// registry passwords and private keys.
//
// It walks through a file of any kind and checks each text with keyless-runners/secrets.
// A finding has a description and a place; the value itself never leaves the package.
// Start at Find.
package secrets
