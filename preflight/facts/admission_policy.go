package facts

import "keyless-runners/preflight/source"

// AdmissionPolicy is a policy by which something in the cluster refuses or changes Pods that are made: of Kyverno, of
// Gatekeeper, or Kubernetes' own.
type AdmissionPolicy struct {
	Place source.Place
	Kind  string
	// Namespace is not there if the policy is for all of them, as far as In and Except leave them.
	Namespace, Name Text
	// In and Except are namespaces, with * and ? for any part of a name. No In: every one.
	In, Except []string
	// Changes reports that it changes Pods. Otherwise it refuses those that are not as it wants.
	Changes bool
	// Privileged reports that it wants nothing but that no container is privileged.
	Privileged bool
}

// PolicyException says in which namespaces a policy has no effect, as AdmissionPolicy has them.
type PolicyException struct {
	Policy string
	In     []string
}
