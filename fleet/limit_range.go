package fleet

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
)

// checkLimits reports containers of the pool's Pods that Kubernetes refuses for the LimitRange
// (Kubernetes documentation, "Limit Ranges").
func (s NamespaceSettings) checkLimits(p Pool, at place, problems *Problems) {
	if s.LimitRange == nil {
		return
	}
	for i, item := range s.LimitRange.Limits {
		if item.Type != corev1.LimitTypeContainer {
			continue
		}
		for _, container := range p.resources() {
			for _, name := range sortedNames(amounts) {
				problems.add(at.index(i), p.checkLimit(item, container, name))
			}
		}
	}
}

func (p Pool) checkLimit(item corev1.LimitRangeItem, container corev1.ResourceRequirements, name corev1.ResourceName) error {
	request, limit := given(item, container, name)
	says := func(format string, values ...any) error {
		return fmt.Errorf("%s: a container of pool %q %s, so Kubernetes refuses its Pods", name, p.Name, fmt.Sprintf(format, values...))
	}
	_, declared := container.Limits[name]
	most, hasMost := item.Max[name]
	least, hasLeast := item.Min[name]
	switch {
	case hasMost && limit.Cmp(most) > 0:
		return says("has the limit %q, above max, %q", limit.String(), most.String())
	case hasLeast && request.Cmp(least) < 0:
		return says("requests %q, below min, %q", request.String(), least.String())
	case !declared && !limit.IsZero() && request.Cmp(limit) > 0:
		return says("requests %q, and declares no limit, which is %q then", request.String(), limit.String())
	}
	return nil
}

// given returns what a container requests, and its limit: what it declares, or the item's defaults,
// as Kubernetes sets them. Zero: none.
func given(item corev1.LimitRangeItem, container corev1.ResourceRequirements, name corev1.ResourceName) (request, limit resource.Quantity) {
	first := func(lists ...corev1.ResourceList) resource.Quantity {
		for _, list := range lists {
			if quantity, there := list[name]; there {
				return quantity
			}
		}
		return resource.Quantity{}
	}
	request = first(container.Requests, container.Limits, item.DefaultRequest, item.Default, item.Max, item.Min)
	return request, first(container.Limits, item.Default, item.Max)
}
