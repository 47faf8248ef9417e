// Package secrets finds values in files that look like keys: of AWS, of GitHub, of
// a registry, and private ones.
//
// It knows no kind of file: a value is looked at as a text, and beside its name.
// What it finds is said in words and by its place; the value itself leaves the
// package nowhere. Start at Find.
package secrets
