package fleet

import (
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
)

// counted are the names of a quota for which Kubernetes refuses a Pod with a container that
// declares no such resource (Kubernetes documentation, "Resource Quotas").
var counted = map[corev1.ResourceName]struct {
	of     corev1.ResourceName
	limits bool
}{
	corev1.ResourceCPU:            {of: corev1.ResourceCPU},
	corev1.ResourceMemory:         {of: corev1.ResourceMemory},
	corev1.ResourceRequestsCPU:    {of: corev1.ResourceCPU},
	corev1.ResourceRequestsMemory: {of: corev1.ResourceMemory},
	corev1.ResourceLimitsCPU:      {of: corev1.ResourceCPU, limits: true},
	corev1.ResourceLimitsMemory:   {of: corev1.ResourceMemory, limits: true},
}

// checkQuota reports a quota for which Kubernetes refuses the pool's Pods.
func (s NamespaceSettings) checkQuota(p Pool, at place, problems *Problems) {
	if s.ResourceQuota == nil {
		return
	}
	for _, name := range sortedNames(s.ResourceQuota.Hard) {
		counts, is := counted[name]
		if !is {
			continue
		}
		hard, sum := s.ResourceQuota.Hard[name], p.declared(counts.of, counts.limits)
		if sum.Cmp(hard) > 0 {
			problems.add(at.key(string(name)), fmt.Errorf("the containers of one runner of pool %q declare %q together, above %q, so none ever runs", p.Name, sum.String(), hard.String()))
		}
		if s.defaults(counts.of, counts.limits) {
			continue
		}
		if slices.ContainsFunc(p.resources(), func(r corev1.ResourceRequirements) bool { return !declares(r, counts.of, counts.limits) }) {
			problems.add(at.key(string(name)), fmt.Errorf("a container of pool %q declares no %s, so Kubernetes refuses its Pods; want a default for containers in limitRange, which is also for those that the pool cannot set", p.Name, name))
		}
	}
}

// resources are those of the containers of the pool's Pods. What the hooks add declares none; what
// copies the runner's Node.js to the Docker sidecar has the runner's, and ends before it.
func (p Pool) resources() []corev1.ResourceRequirements {
	all := []corev1.ResourceRequirements{p.Resources}
	switch {
	case p.UsesDocker():
		all = append(all, p.Docker().Resources)
	case p.Builder.RootlessBuildKit != nil:
		all = append(all, p.Builder.RootlessBuildKit.Resources)
	}
	if mode := p.ContainerMode(); mode != nil {
		all = append(all, mode.Resources)
		if mode.KubernetesModeWorkVolumeClaim == nil {
			all = append(all, corev1.ResourceRequirements{}) // the hooks' own, fs-init (runner-container-hooks issue 348)
		}
	}
	return all
}

// declared returns the sum of what the containers of a runner, and of its job, declare.
func (p Pool) declared(name corev1.ResourceName, limits bool) (sum resource.Quantity) {
	for _, container := range p.resources() {
		quantity, there := container.Requests[name]
		if !there || limits {
			quantity = container.Limits[name]
		}
		sum.Add(quantity)
	}
	return sum
}

// declares reports whether a container has a limit for the resource or, unless limits are asked
// for, a request: Kubernetes takes the limit for it.
func declares(r corev1.ResourceRequirements, resource corev1.ResourceName, limits bool) bool {
	_, limit := r.Limits[resource]
	_, request := r.Requests[resource]
	return limit || request && !limits
}

// defaults reports whether the namespace's LimitRange gives the resource to a container that
// does not declare it (Kubernetes' defaults of a LimitRangeItem).
func (s NamespaceSettings) defaults(resource corev1.ResourceName, limits bool) bool {
	if s.LimitRange == nil {
		return false
	}
	return slices.ContainsFunc(s.LimitRange.Limits, func(item corev1.LimitRangeItem) bool {
		_, limit := item.Default[resource]
		_, request := item.DefaultRequest[resource]
		_, most := item.Max[resource]
		_, least := item.Min[resource]
		return item.Type == corev1.LimitTypeContainer && (limit || most || !limits && (request || least))
	})
}
