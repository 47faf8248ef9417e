// Package fleettest holds fleets for tests. Tests assert literal values of these
// and only general properties of fleet.Declared, which users change.
package fleettest
