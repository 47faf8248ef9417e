package fleet

import (
	"errors"
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/identity"
)

// NamespaceSettings declare what a namespace of the fleet's pools has besides a Namespace object
// that admits their Pods (Namespace.PodSecurity).
type NamespaceSettings struct {
	Cluster Cluster
	Name    identity.Namespace
	// Existing means that the Namespace object is made elsewhere; it then has to admit the
	// pools' Pods. Zero: it is created.
	Existing bool
	// ResourceQuota limits all Pods of the namespace together. Zero: no quota.
	ResourceQuota *corev1.ResourceQuotaSpec
	// LimitRange sets the resources of containers that declare none, and the most that one may
	// declare. Zero: none.
	LimitRange *corev1.LimitRangeSpec
	// NetworkPolicy limits what the Pods reach. Zero: they reach everything.
	NetworkPolicy *NetworkPolicy
}

// NetworkPolicy lets the Pods of a namespace reach DNS, the agent of EKS Pod Identity, and
// any address on some ports, but never the instance metadata service; and lets nothing reach
// them. A Kubernetes NetworkPolicy has no host names, so GitHub and AWS cannot be named.
type NetworkPolicy struct {
	// Ports are TCP ports. Zero: 443 alone.
	Ports []int
}

// AllPorts are Ports, or 443 alone.
func (n NetworkPolicy) AllPorts() []int {
	if len(n.Ports) == 0 {
		return []int{443}
	}
	return n.Ports
}

func (f Fleet) checkNamespaces(known references, at places, problems *Problems) {
	used := map[identity.ClusterName]map[identity.Namespace]bool{}
	for p := range f.PoolsInClusters() {
		if used[p.Cluster.Name] == nil {
			used[p.Cluster.Name] = map[identity.Namespace]bool{}
		}
		used[p.Cluster.Name][p.Namespace] = true
	}
	f.checkPods(at, problems)
	taken := claims{}
	for i, s := range f.NamespaceSettings {
		at := at.namespaces[i]
		taken.claim(problems, at, "namespace %q of cluster %q", s.Name, s.Cluster.Name)
		problems.add(at.field("cluster"), known.checkCluster(s.Cluster))
		if !used[s.Cluster.Name][s.Name] {
			problems.add(at.field("name"), fmt.Errorf("no pool runs in namespace %q of cluster %q", s.Name, s.Cluster.Name))
		}
		s.check(at, problems)
	}
}

func (s NamespaceSettings) check(at place, problems *Problems) {
	if !s.Existing && !s.hasObjects() {
		problems.add(at, errors.New("it declares nothing that a namespace does not have anyway; leave it out"))
	}
	if s.ResourceQuota != nil {
		if len(s.ResourceQuota.Hard) == 0 {
			problems.add(at.field("resourceQuota").field("hard"), errors.New("it is missing; want for example \"requests.cpu\""))
		}
		for _, name := range sortedNames(s.ResourceQuota.Hard) {
			if quantity := s.ResourceQuota.Hard[name]; quantity.Sign() < 0 {
				problems.add(at.field("resourceQuota").field("hard").key(string(name)), fmt.Errorf("quantity %q: want 0 or more", quantity.String()))
			}
		}
	}
	if s.LimitRange != nil {
		checkLimitRange(*s.LimitRange, at.field("limitRange"), problems)
	}
	if s.NetworkPolicy != nil {
		checkPorts(s.NetworkPolicy.Ports, at.field("networkPolicy").field("ports"), problems)
	}
}

// hasObjects reports whether the namespace has objects besides the Namespace.
func (s NamespaceSettings) hasObjects() bool {
	return s.ResourceQuota != nil || s.LimitRange != nil || s.NetworkPolicy != nil
}

func checkLimitRange(spec corev1.LimitRangeSpec, at place, problems *Problems) {
	if len(spec.Limits) == 0 {
		problems.add(at.field("limits"), errors.New("none is there; want at least one"))
	}
	types := []corev1.LimitType{corev1.LimitTypeContainer, corev1.LimitTypePod, corev1.LimitTypePersistentVolumeClaim}
	for i, limit := range spec.Limits {
		if !slices.Contains(types, limit.Type) {
			problems.add(at.field("limits").index(i).field("type"), fmt.Errorf("type %q: want %q, %q or %q", limit.Type, types[0], types[1], types[2]))
		}
	}
}

func checkPorts(ports []int, at place, problems *Problems) {
	for i, port := range ports {
		switch {
		case port < 1 || port > 65535:
			problems.add(at.index(i), fmt.Errorf("port %d: want 1 to 65535", port))
		case slices.Contains(ports[:i], port):
			problems.add(at.index(i), fmt.Errorf("port %d is listed twice", port))
		}
	}
	if len(ports) > 0 && !slices.Contains(ports, 443) {
		problems.add(at, errors.New("443 is not among them, so neither GitHub nor AWS can be reached; add it"))
	}
}

// checkPods reports settings of a namespace that keep its pools' Pods from what they need.
func (f Fleet) checkPods(at places, problems *Problems) {
	for i, s := range f.NamespaceSettings {
		for p := range f.PoolsInClusters() {
			if p.Namespace != s.Name || p.Cluster.Name != s.Cluster.Name {
				continue
			}
			if s.NetworkPolicy != nil {
				s.NetworkPolicy.checkReaches(p, at.namespaces[i].field("networkPolicy").field("ports"), problems)
			}
			s.checkQuota(p, at.namespaces[i].field("resourceQuota").field("hard"), problems)
			s.checkLimits(p, at.namespaces[i].field("limitRange").field("limits"), problems)
		}
	}
}

// checkReaches reports ports without which a pool has no builder or no way out.
func (n NetworkPolicy) checkReaches(p Pool, at place, problems *Problems) {
	if shared := p.Builder.SharedBuildKit; shared != nil && shared.port() != 0 && !slices.Contains(n.AllPorts(), shared.port()) {
		problems.add(at, fmt.Errorf("pool %q builds at %q, and port %d is not among them; add it", p.Name, shared.Address, shared.port()))
	}
	for _, port := range p.Proxy.ports() {
		if !slices.Contains(n.AllPorts(), port) {
			problems.add(at, fmt.Errorf("pool %q needs its proxy, whose port %d is not among them; add it", p.Name, port))
		}
	}
	for _, port := range portsOf(p.Docker().RegistryMirror) {
		if !slices.Contains(n.AllPorts(), port) {
			problems.add(at, fmt.Errorf("pool %q pulls from its registry mirror, whose port %d is not among them; add it", p.Name, port))
		}
	}
}
