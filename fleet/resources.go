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

// Quantity is a Kubernetes quantity, such as "500m" or "4Gi".
type Quantity string

// kind is something that a node has, in amounts that make sense. Kubernetes takes
// "512m" of memory, which is half a byte, and "4Gi" processors.
type kind struct {
	name, example, least, most string
}

var (
	cpu    = kind{"cpu", `"2" or "500m"`, "1m", "1k"}
	memory = kind{"memory", `"512Mi" or "4Gi"`, "1Mi", "100Ti"}
)

func (r Resources) check(at place, problems *Problems) {
	cpu.check(at, r.Requests.CPU, r.Limits.CPU, problems)
	memory.check(at, r.Requests.Memory, r.Limits.Memory, problems)
}

func (k kind) check(at place, request, limit Quantity, problems *Problems) {
	requested, err := k.parse(request)
	problems.add(at.field("requests").field(k.name), err)
	limited, err := k.parse(limit)
	problems.add(at.field("limits").field(k.name), err)
	if !requested.IsZero() && !limited.IsZero() && requested.Cmp(limited) > 0 {
		problems.add(at, fmt.Errorf("%s: the request %q is above the limit %q", k.name, request, limit))
	}
}

// parse returns zero for a quantity that is not set or wrong.
func (k kind) parse(q Quantity) (resource.Quantity, error) {
	if q == "" {
		return resource.Quantity{}, nil
	}
	value, err := resource.ParseQuantity(string(q))
	if err != nil || value.Cmp(resource.MustParse(k.least)) < 0 || value.Cmp(resource.MustParse(k.most)) > 0 {
		return resource.Quantity{}, fmt.Errorf("quantity %q: want a Kubernetes quantity of %s from %q to %q, such as %s", q, k.name, k.least, k.most, k.example)
	}
	return value, nil
}
