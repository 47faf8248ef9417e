package examples

import "keyless-runners/fleet"

// Example is a fleet that shows one need.
type Example struct {
	// Name is the name of the folder that the fleet is rendered to.
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
		{"teams", declared(Teams())},
		{"role", Role()},
		{"central-registry", CentralRegistry()},
		{"existing-registry", ExistingRegistry()},
		{"target-role", TargetRole()},
		{"blue-green", BlueGreen()},
		{"pod", Pod()},
		{"scale-set", ScaleSet()},
		{"two-clusters", TwoClusters()},
		{"move-to-scale-set", MoveToScaleSet()},
		{"webhook-scaling", WebhookScaling()},
		{"shared-role", SharedRole()},
		{"one-label", OneLabel()},
		{"existing-role", ExistingRole()},
		{"session-policy", SessionPolicy()},
		{"enterprise-server", EnterpriseServer()},
		{"builders", Builders()},
		{"cache", Cache()},
		{"pull-through", PullThrough()},
		{"container-modes", ContainerModes()},
		{"deployment", Deployment()},
	}
}

// declared is a fleet that is read without an error.
func declared(f fleet.Fleet, err error) fleet.Fleet {
	if err != nil {
		panic(err) // a test of this package renders every example
	}
	return f
}
