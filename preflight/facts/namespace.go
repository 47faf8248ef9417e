package facts

import "keyless-runners/preflight/source"

// Quota is a ResourceQuota that counts every Pod of its namespace.
type Quota struct {
	Place           source.Place
	Namespace, Name Text
	// Hard are the limits by what they limit, such as "pods" and "limits.memory".
	Hard []KeyValue
}

// LimitRange is an item of a LimitRange for containers, or for Pods: what their containers have together.
type LimitRange struct {
	Place           source.Place
	Namespace, Name Text
	OfPods          bool
	// Defaults are the requests and limits that it gives containers without, as in Container.
	Defaults []KeyValue
	// Min, Max and Ratio are its bounds by resource: the least request, the greatest limit, and the greatest
	// limit as a multiple of the request.
	Min, Max, Ratio []KeyValue
}

// EgressPolicy is a NetworkPolicy that limits what Pods of its namespace send.
type EgressPolicy struct {
	Place           source.Place
	Namespace, Name Text
	// Selects are the labels of the Pods that it is for, and Expressions reports that it asks more of them.
	// Neither: it is for every Pod of the namespace.
	Selects     []KeyValue
	Expressions bool
	// Allowed are the ports to which the Pods may send. None: they may send nothing.
	Allowed []Ports
}

// Ports is a range of ports of a protocol to which Pods may send.
type Ports struct {
	// Protocol is "TCP", "UDP" or "SCTP"; "" means each.
	Protocol string
	// First and Last are the lowest and the highest of them.
	First, Last int
	// Public reports that public addresses are reached there, and Agent that the EKS Pod Identity agent is.
	Public, Agent bool
}

// Include reports whether a port of a protocol is one of them.
func (p Ports) Include(protocol string, port int) bool {
	return (p.Protocol == "" || p.Protocol == protocol) && p.First <= port && port <= p.Last
}
