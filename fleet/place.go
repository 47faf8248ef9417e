package fleet

import "fmt"

// place is one of Problem.Places in the making.
type place struct {
	// path leads to the value.
	path string
	// note names an element of a list that the path has by its index alone; "" for
	// others.
	note string
}

// String is the path, and the note if there is one.
func (p place) String() string {
	if p.note == "" {
		return p.path
	}
	return p.path + " (" + p.note + ")"
}

func (p place) field(name string) place {
	return place{p.path + "." + name, p.note}
}

func (p place) index(i int) place {
	return place{fmt.Sprintf("%s[%d]", p.path, i), p.note}
}

func (p place) key(name string) place {
	return place{fmt.Sprintf("%s[%q]", p.path, name), p.note}
}

// element is one value of a list.
type element struct {
	name string
	// where distinguishes elements that share a name.
	where string
}

// elements returns the places of a list's elements: by name, or by index where the name
// is missing or not unique.
func elements(list string, all []element) []place {
	count := map[string]int{}
	for _, one := range all {
		count[one.name]++
	}
	paths := make([]place, len(all))
	for i, one := range all {
		switch at := (place{path: list}); {
		case one.name == "":
			paths[i] = at.index(i)
		case count[one.name] == 1:
			paths[i] = at.key(one.name)
		default:
			paths[i] = at.index(i)
			paths[i].note = fmt.Sprintf("%q %s", one.name, one.where)
		}
	}
	return paths
}

// places holds the places of everything in a fleet that has a name.
type places struct {
	clusters, repositories, caches, pools, namespaces, deployments []place
}

func (f Fleet) places() places {
	var clusters, repositories, caches, pools, namespaces, deployments []element
	for _, c := range f.Clusters {
		clusters = append(clusters, element{string(c.Name), fmt.Sprintf("in account %q, region %q", c.Account, c.Region)})
	}
	for _, r := range f.ImageRepositories {
		repositories = append(repositories, element{string(r.Name), fmt.Sprintf("in account %q, region %q", r.Account, r.Region)})
	}
	for _, c := range f.PullThroughCaches {
		caches = append(caches, element{string(c.Prefix), fmt.Sprintf("in account %q, region %q", c.Account, c.Region)})
	}
	for _, p := range f.Pools {
		pools = append(pools, element{string(p.Name), fmt.Sprintf("of cluster %q", p.Cluster.Name)})
	}
	for _, s := range f.NamespaceSettings {
		namespaces = append(namespaces, element{string(s.Name), fmt.Sprintf("of cluster %q", s.Cluster.Name)})
	}
	for _, d := range f.Deployments {
		deployments = append(deployments, element{string(d.Stack), fmt.Sprintf("in account %q, region %q", d.Account, d.Region)})
	}
	return places{
		clusters:     elements("clusters", clusters),
		repositories: elements("imageRepositories", repositories),
		caches:       elements("pullThroughCaches", caches),
		pools:        elements("pools", pools),
		namespaces:   elements("namespaceSettings", namespaces),
		deployments:  elements("deployments", deployments),
	}
}
