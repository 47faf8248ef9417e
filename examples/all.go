package examples

import "keyless-runners/fleet"

// Example is a fleet that shows one need.
type Example struct {
	// Name is that of the folder that the fleet is rendered to.
	Name  string
	Fleet fleet.Fleet
}

// All returns every example, in the order in which to read them.
func All() []Example {
	return []Example{
		{"pod-identity", PodIdentity()},
		{"move-to-pod-identity", MoveToPodIdentity()},
		{"namespaces", Namespaces()},
		{"environments", Environments()},
		{"role", Role()},
		{"central-registry", CentralRegistry()},
		{"blue-green", BlueGreen()},
		{"pod", Pod()},
		{"scale-set", ScaleSet()},
		{"move-to-scale-set", MoveToScaleSet()},
		{"webhook-scaling", WebhookScaling()},
		{"builders", Builders()},
		{"cache", Cache()},
	}
}
