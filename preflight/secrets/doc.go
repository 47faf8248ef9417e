// Package secrets finds values in files that look like keys: of AWS, of GitHub, of
// a registry, and private ones.
//
// It walks through a file whatever its kind and asks package secrets of the house
// about each text. What it finds is said in words and by its place; the value itself
// leaves the package nowhere. Start at Find.
package secrets
