package kubernetes

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// ownResources are the resources of Kubernetes that a container may ask for, beside huge pages.
var ownResources = []string{"cpu", "memory", "ephemeral-storage"}

const hugePages = "hugepages-"

// resourcesRefused refuses requests and limits (validateResourceRequirements).
func resourcesRefused(container *source.Node) facts.Text {
	of := container.Get("resources")
	limits := of.Get("limits").ByName()
	for _, list := range []string{"requests", "limits"} {
		for _, member := range of.Get(list).Entries() {
			if why := quantityRefused(list, member); why.There {
				return why
			}
		}
	}
	for _, request := range of.Get("requests").Entries() {
		limit := limits[request.Name]
		switch {
		case limit == nil && !overcommits(request.Name):
			return refused(request.Value, "requests has %s, and limits has none", request.Name)
		case !request.Value.Scalar() || !limit.Scalar():
		case Compare(request.Value.Text, limit.Text) > 0:
			return refused(request.Value, "requests.%s is %q, above limits.%s %q", request.Name, request.Value.Text, request.Name, limit.Text)
		case Compare(request.Value.Text, limit.Text) != 0 && !overcommits(request.Name):
			return refused(request.Value, "requests.%s is %q and limits.%s %q; want the same", request.Name, request.Value.Text, request.Name, limit.Text)
		}
	}
	all := slices.Concat(of.Get("requests").Entries(), of.Get("limits").Entries())
	names := func(name string) bool {
		return slices.ContainsFunc(all, func(member source.Member) bool { return strings.HasPrefix(member.Name, name) })
	}
	if names(hugePages) && !names("cpu") && !names("memory") {
		return refused(of, "huge pages without cpu or memory")
	}
	return facts.Text{}
}

func quantityRefused(list string, of source.Member) facts.Text {
	if !strings.Contains(of.Name, "/") && !slices.Contains(ownResources, of.Name) && !strings.HasPrefix(of.Name, hugePages) {
		return refused(of.Value, "%s has %q; want cpu, memory, ephemeral-storage, or a resource with its domain, such as nvidia.com/gpu", list, of.Name)
	}
	if !of.Value.Scalar() {
		return facts.Text{}
	}
	quantity, err := resource.ParseQuantity(of.Value.Text)
	switch {
	case err != nil:
		return refused(of.Value, "%s.%s is %q; want a quantity, such as 500m, 2 or 4Gi", list, of.Name, of.Value.Text)
	case quantity.Sign() < 0:
		return refused(of.Value, "%s.%s is %q; want 0 or more", list, of.Name, of.Value.Text)
	case !overcommits(of.Name) && quantity.MilliValue()%1000 != 0:
		return refused(of.Value, "%s.%s is %q; want a whole number", list, of.Name, of.Value.Text)
	}
	return facts.Text{}
}

// overcommits reports whether a limit may be above its request.
func overcommits(name string) bool {
	return !strings.HasPrefix(name, hugePages) && (!strings.Contains(name, "/") || strings.Contains(name, "kubernetes.io/"))
}

// Compare returns 1 if a quantity is above another, -1 if it is below, and 0 if they are the same, or one of them
// is no quantity.
func Compare(one, other string) int {
	a, errOne := resource.ParseQuantity(one)
	b, errOther := resource.ParseQuantity(other)
	if errOne != nil || errOther != nil {
		return 0
	}
	return a.Cmp(b)
}

// Sum adds quantities. What is none is not counted.
func Sum(quantities []string) string {
	var sum resource.Quantity
	for _, text := range quantities {
		if quantity, err := resource.ParseQuantity(text); err == nil {
			sum.Add(quantity)
		}
	}
	return sum.String()
}

// IsBeyond reports whether a limit is more than the request times a ratio.
func IsBeyond(limit, request, ratio string) bool {
	most, errLimit := resource.ParseQuantity(limit)
	least, errRequest := resource.ParseQuantity(request)
	times, errRatio := resource.ParseQuantity(ratio)
	return errLimit == nil && errRequest == nil && errRatio == nil && most.MilliValue()*1000 > least.MilliValue()*times.MilliValue()
}
