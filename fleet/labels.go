package fleet

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// checkLabels reports pools between which a job cannot tell, though it makes a difference:
// GitHub hands a job to any runner within its scope that has all of its labels.
func (f Fleet) checkLabels(at places, problems *Problems) {
	all := f.labelled()
	byLabel := map[string][]*labelled{}
	for _, one := range all {
		for _, label := range one.labels {
			byLabel[one.owner+" "+label] = append(byLabel[one.owner+" "+label], one)
		}
	}
	errs := make([]error, len(f.Pools))
	for _, one := range all {
		err := f.checkRivals(one, one.rivals(byLabel), at)
		for _, i := range one.pools {
			errs[i] = err
		}
	}
	for i, err := range errs {
		problems.add(f.Pools[i].runsOnAt(at.pools[i]), err)
	}
}

// runsOnAt is the place of what jobs choose the pool by.
func (p Pool) runsOnAt(at place) place {
	if p.ScaleSet != nil {
		return at.field("scaleSet").field("name")
	}
	return at.field("labels")
}

// labelled are the pools of one scope that have the same labels.
type labelled struct {
	scope Scope
	owner string
	// labels are those that GitHub does not give every runner, in lower case and sorted.
	// There is at least one.
	labels []string
	// pools are by their index in the fleet.
	pools []int
}

// labelled returns the pools that have a label besides GitHub's. The others are a problem of
// their own.
func (f Fleet) labelled() []*labelled {
	var all []*labelled
	known := map[string]*labelled{}
	for i, pool := range f.Pools {
		var labels []string
		for _, label := range pool.RunsOn() {
			if label != "" && !label.Implied() {
				labels = append(labels, strings.ToLower(string(label)))
			}
		}
		if labels == nil {
			continue
		}
		slices.Sort(labels)
		labels = slices.Compact(labels)
		key := fmt.Sprintf("%q %q", strings.ToLower(fmt.Sprint(pool.Scope)), labels)
		if known[key] == nil {
			known[key] = &labelled{scope: pool.Scope, owner: pool.Scope.owner(), labels: labels}
			all = append(all, known[key])
		}
		known[key].pools = append(known[key].pools, i)
	}
	return all
}

// rivals returns the pools that a job for these pools could land on: they have all of the labels,
// and a job could be within the scopes of both. These pools are among them.
func (l *labelled) rivals(byLabel map[string][]*labelled) []*labelled {
	candidates := byLabel[l.owner+" "+l.labels[0]]
	for _, label := range l.labels[1:] {
		if others := byLabel[l.owner+" "+label]; len(others) < len(candidates) {
			candidates = others
		}
	}
	var rivals []*labelled
	for _, other := range candidates {
		if l.scope.overlaps(other.scope) && hasAll(other.labels, l.labels) {
			rivals = append(rivals, other)
		}
	}
	return rivals
}

// interchangeable reports whether a job does the same on the runners of all these pools.
func (f Fleet) interchangeable(pools []int) bool {
	first := pools[0]
	return !slices.ContainsFunc(pools, func(i int) bool { return i != first && !f.Pools[first].servesAs(f.Pools[i]) })
}

// servesAs reports whether a job does the same on a runner of either pool: with one role, for
// which IRSA asks no more than its ARN, and with one builder. With EKS Pod Identity the workflow
// asks whose token it has, and scale sets of one name are not registered.
func (p Pool) servesAs(other Pool) bool {
	role := p.RoleARN() == other.RoleARN() && p.WayOrDefault() == WayIRSA && other.WayOrDefault() == WayIRSA
	return role && p.ScaleSet == nil && other.ScaleSet == nil && reflect.DeepEqual(p.Builder, other.Builder)
}

func hasAll(labels, wanted []string) bool {
	for _, label := range wanted {
		if _, has := slices.BinarySearch(labels, label); !has {
			return false
		}
	}
	return true
}

// checkRivals has one text for all pools of the same labels, so that they are one
// problem.
func (f Fleet) checkRivals(l *labelled, rivals []*labelled, at places) error {
	var same, more []int
	for _, rival := range rivals {
		switch {
		case f.interchangeable(slices.Concat(l.pools, rival.pools)):
		case len(rival.labels) == len(l.labels):
			same = append(same, rival.pools...)
		default:
			more = append(more, rival.pools...)
		}
	}
	switch {
	case len(same) > 0:
		return fmt.Errorf("a job for one of these pools could land on another, which has the same labels, %s; give each its own label", quoted(l.labels))
	case len(more) > 0:
		slices.Sort(more)
		others := make([]string, len(more))
		for i, pool := range more {
			others[i] = at.pools[pool].String()
		}
		verb := "has"
		if len(more) > 1 {
			verb = "have"
		}
		return fmt.Errorf("a job for this pool could land on %s, which %s all of its labels; give each its own label", firstTen(others), verb)
	}
	return nil
}
