package fleet

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
)

// Check reports everything that is wrong with the fleet, as Problems in the order
// of the declaration: first what is wrong with each value, then what is wrong
// between them. It returns nil for a fleet that can be rendered.
func (f Fleet) Check() error {
	var problems Problems
	at := f.places()
	for i, cluster := range f.Clusters {
		cluster.check(at.clusters[i], &problems)
	}
	for i, repository := range f.ImageRepositories {
		repository.check(at.repositories[i], &problems)
	}
	if len(f.Pools) == 0 {
		problems.add("pools", errors.New("none is declared; want at least one"))
	}
	for i, pool := range f.Pools {
		pool.check(f, at.pools[i], &problems)
	}
	f.checkTags(&problems)
	f.checkUnique(at, &problems)
	f.checkLabels(at, &problems)
	f.checkStacks(&problems)
	if len(problems) == 0 {
		return nil
	}
	return problems
}

// places are the paths of everything in a fleet that has a name.
type places struct {
	clusters, repositories, pools []path
}

func (f Fleet) places() places {
	var clusters, repositories, pools []string
	for _, c := range f.Clusters {
		clusters = append(clusters, string(c.Name))
	}
	for _, r := range f.ImageRepositories {
		repositories = append(repositories, string(r.Name))
	}
	for _, p := range f.Pools {
		pools = append(pools, string(p.Name))
	}
	return places{
		clusters:     elements("clusters", clusters),
		repositories: elements("imageRepositories", repositories),
		pools:        elements("pools", pools),
	}
}

// checkDeclared reports a cluster that is not one of the fleet's.
func (f Fleet) checkDeclared(c Cluster) error {
	names := make([]string, len(f.Clusters))
	for i, declared := range f.Clusters {
		if declared == c {
			return nil
		}
		names[i] = string(declared.Name)
		if declared.Name == c.Name {
			return fmt.Errorf("cluster %q is declared with other values in clusters[%d]", c.Name, i)
		}
	}
	return fmt.Errorf("cluster %q is not declared; declared are %s", c.Name, quoted(names))
}

func (f Fleet) declares(r ImageRepository) bool {
	return slices.ContainsFunc(f.ImageRepositories, func(declared ImageRepository) bool {
		return declared.ID() == r.ID()
	})
}

func (f Fleet) declaredRepositories() string {
	names := make([]string, len(f.ImageRepositories))
	for i, repository := range f.ImageRepositories {
		names[i] = repository.ID().String()
	}
	return quoted(names)
}

// quoted lists values for a message, the first ten of them.
func quoted(values []string) string {
	const most = 10
	if len(values) == 0 {
		return "none"
	}
	var list []string
	for _, value := range values[:min(len(values), most)] {
		list = append(list, fmt.Sprintf("%q", value))
	}
	if more := len(values) - most; more > 0 {
		list = append(list, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(list, ", ")
}

// checkLabels reports pools between which a job cannot tell: GitHub hands a job
// to any runner that has all of its labels.
func (f Fleet) checkLabels(at places, problems *Problems) {
	byOwner := map[string][]int{}
	for i, pool := range f.Pools {
		byOwner[pool.Scope.owner()] = append(byOwner[pool.Scope.owner()], i)
	}
	for i, pool := range f.Pools {
		for _, j := range byOwner[pool.Scope.owner()] {
			other := f.Pools[j]
			if i != j && pool.Scope.overlaps(other.Scope) && hasAll(other.Labels, pool.Labels) {
				problems.add(at.pools[i].field("labels"), fmt.Errorf("a job for this pool could land on %s, which has all of its labels; give each a label of its own", at.pools[j]))
			}
		}
	}
}

func hasAll(labels, wanted []identity.RunnerLabel) bool {
	for _, label := range wanted {
		if !label.Implied() && !slices.ContainsFunc(labels, label.Equal) {
			return false
		}
	}
	return true
}
