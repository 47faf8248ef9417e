// Package secrets recognizes values that look like secrets: AWS keys, GitHub tokens,
// passwords of registries and in URLs, and private keys.
//
// It reads no files: it checks one text, and the name of the member or variable that
// holds it. A finding is a description; the value itself never leaves the package.
// Start at In.
package secrets
