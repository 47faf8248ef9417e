package fleet

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/validation"
)

// amount is something that a node has, in quantities that make sense. Kubernetes accepts
// "512m" of memory, which is half a byte, and "4Gi" processors.
type amount struct {
	example     string
	least, most resource.Quantity
}

var amounts = map[corev1.ResourceName]amount{
	corev1.ResourceCPU:              {`"2" or "500m"`, resource.MustParse("1m"), resource.MustParse("1k")},
	corev1.ResourceMemory:           {`"512Mi" or "4Gi"`, resource.MustParse("1Mi"), resource.MustParse("100Ti")},
	corev1.ResourceEphemeralStorage: {`"20Gi"`, resource.MustParse("1Mi"), resource.MustParse("100Ti")},
}

// checkResources reports what a container cannot be given.
func checkResources(r corev1.ResourceRequirements, at place, problems *Problems) {
	checkAmounts(r.Requests, at.field("requests"), problems)
	checkAmounts(r.Limits, at.field("limits"), problems)
	for _, name := range sortedNames(r.Requests) {
		request, limit := r.Requests[name], r.Limits[name]
		if !limit.IsZero() && request.Cmp(limit) > 0 {
			problems.add(at, fmt.Errorf("%s: the request %q is above the limit %q", name, request.String(), limit.String()))
		}
		if _, counted := amounts[name]; !counted && request.Cmp(limit) != 0 {
			problems.add(at, fmt.Errorf("%s: the request %q is not the limit %q, as it has to be for what is given whole", name, request.String(), limit.String()))
		}
	}
	if len(r.Claims) > 0 {
		problems.add(at.field("claims"), errors.New("claims are not rendered; leave them out"))
	}
}

func checkAmounts(list corev1.ResourceList, at place, problems *Problems) {
	for _, name := range sortedNames(list) {
		problems.add(at.field(string(name)), checkAmount(name, list[name]))
	}
}

func sortedNames[T any](list map[corev1.ResourceName]T) []corev1.ResourceName {
	return slices.Sorted(maps.Keys(list))
}

func checkAmount(name corev1.ResourceName, quantity resource.Quantity) error {
	of, known := amounts[name]
	switch {
	case known && (quantity.Cmp(of.least) < 0 || quantity.Cmp(of.most) > 0):
		return fmt.Errorf("quantity %q: want a Kubernetes quantity of %s from %q to %q, such as %s", quantity.String(), name, of.least.String(), of.most.String(), of.example)
	case known:
		return nil
	case quantity.Sign() <= 0 || quantity.MilliValue()%1000 != 0:
		return fmt.Errorf("quantity %q: want a whole number of %s, at least 1", quantity.String(), name)
	}
	return checkKubernetes("resource", string(name), validation.IsQualifiedName(string(name)))
}
