package facts

import "keyless-runners/preflight/source"

// Quota is a ResourceQuota that counts every Pod of its namespace.
type Quota struct {
	Place           source.Place
	Namespace, Name Text
	// Hard are the limits by what they limit, such as "pods" and "limits.memory".
	Hard []KeyValue
}

// ContainerDefaults is the part of a LimitRange that sets requests and limits which containers do not declare.
type ContainerDefaults struct {
	Place     source.Place
	Namespace Text
	// Resources are the names of what it sets, such as "requests.cpu".
	Resources []string
}

// EgressPolicy is a NetworkPolicy that limits what Pods of its namespace send.
type EgressPolicy struct {
	Place           source.Place
	Namespace, Name Text
	// Every reports that it is for every Pod of the namespace.
	Every bool
	// Allowed are the ports to which the Pods may send. None: they may send nothing.
	Allowed []Ports
}

// Ports is a range of ports of a protocol to which Pods may send.
type Ports struct {
	// Protocol is "TCP", "UDP" or "SCTP"; "" means each.
	Protocol string
	// First and Last are the lowest and the highest of them.
	First, Last int
	// Inside reports that only Pods are reached there, and no address out of the cluster.
	Inside bool
}

// Include reports whether a port of a protocol is one of them.
func (p Ports) Include(protocol string, port int) bool {
	return (p.Protocol == "" || p.Protocol == protocol) && p.First <= port && port <= p.Last
}
