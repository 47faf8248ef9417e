// Package examples holds fleets that declare what teams run, one in each file, and beside
// each the folder that it renders to. A test renders and proves them all.
//
// To start from one, copy what it returns to Declared in fleet/declared.go.
package examples
