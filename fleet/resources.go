package fleet

import (
	"fmt"

	"k8s.io/apimachinery/pkg/api/resource"
)

// Resources are what a container is given.
type Resources struct {
	// Requests are set aside for the container. Zero: nothing is.
	Requests Amounts
	// Limits are what the container cannot exceed. Zero: no limit.
	Limits Amounts
}

// Amounts are quantities of what a node has.
type Amounts struct {
	// CPU is a number of processors, such as "2" or "500m". Zero: not said.
	CPU Quantity
	// Memory is a number of bytes, such as "4Gi". Zero: not said.
	Memory Quantity
}

// Quantity is a Kubernetes quantity above zero, such as "500m" or "4Gi".
type Quantity string

func (r Resources) check(at path, problems *Problems) {
	checkAmount(at, "cpu", `"2" or "500m"`, r.Requests.CPU, r.Limits.CPU, problems)
	checkAmount(at, "memory", `"512Mi" or "4Gi"`, r.Requests.Memory, r.Limits.Memory, problems)
}

func checkAmount(at path, name, example string, request, limit Quantity, problems *Problems) {
	requested, err := request.parse(example)
	problems.add(at.field("requests").field(name), err)
	limited, err := limit.parse(example)
	problems.add(at.field("limits").field(name), err)
	if !requested.IsZero() && !limited.IsZero() && requested.Cmp(limited) > 0 {
		problems.add(at, fmt.Errorf("%s: the request %q is above the limit %q", name, request, limit))
	}
}

// parse returns zero for a quantity that is not set or wrong.
func (q Quantity) parse(example string) (resource.Quantity, error) {
	if q == "" {
		return resource.Quantity{}, nil
	}
	value, err := resource.ParseQuantity(string(q))
	if err != nil || value.Sign() <= 0 {
		return resource.Quantity{}, fmt.Errorf("quantity %q: want a Kubernetes quantity above zero, such as %s", q, example)
	}
	return value, nil
}
