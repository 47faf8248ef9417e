package terraform

import "keyless-runners/preflight/facts"

func (r *reader) addCluster(of *resource) {
	r.facts.Clusters = append(r.facts.Clusters, facts.Cluster{
		Place:  of.place,
		Name:   r.required(of, "name"),
		Issuer: r.required(of, "identity", "oidc", "issuer"),
	})
}

func (r *reader) addAddon(of *resource) {
	r.facts.Addons = append(r.facts.Addons, facts.Addon{Place: of.place, Cluster: r.required(of, "cluster_name"), Name: r.required(of, "addon_name")})
}

func (r *reader) addFargateProfile(of *resource) {
	profile := facts.FargateProfile{Place: of.place, Cluster: r.required(of, "cluster_name")}
	for _, selector := range one(r.value(of, "selector")) {
		labels := selector.Get("labels")
		profile.Selectors = append(profile.Selectors, facts.FargateSelector{
			Place:     selector.Place,
			Namespace: facts.TextOf(selector.Get("namespace"), selector.Place),
			Labels:    labels != nil && len(labels.Members) > 0,
		})
	}
	r.facts.FargateProfiles = append(r.facts.FargateProfiles, profile)
}
