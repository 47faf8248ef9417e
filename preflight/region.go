package preflight

import (
	"fmt"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// podRegions are AWS_REGION and AWS_DEFAULT_REGION where the runner's jobs run. EKS'
// webhook sets both to the cluster's region, unless the container sets one itself.
func (p *proof) podRegions(r *runner) (region, preset facts.Text) {
	region, preset = p.ownVariable(r, "AWS_REGION"), p.ownVariable(r, "AWS_DEFAULT_REGION")
	if r.clusterRegions {
		region = r.clusterRegion()
		preset = region
	}
	return region, preset
}

// ownVariable is a variable that the container sets itself in which jobs run.
func (p *proof) ownVariable(r *runner, name string) (value facts.Text) {
	if len(r.Containers) == 0 {
		return facts.Text{}
	}
	for _, variable := range r.Containers[0].Env {
		if variable.Name == name {
			value = p.valueOf(r.Workload, variable)
		}
	}
	return value
}

// clusterRegion is the region of the clusters whose tokens the role trusts.
func (r *runner) clusterRegion() facts.Text {
	region := facts.Text{Place: r.Place, There: true}
	for _, issuer := range r.identity.issuers {
		switch of := string(identity.Issuer("https://" + issuer.host).Region()); {
		case of == "":
			return facts.Text{Unknown: fmt.Sprintf("issuer %q does not tell in which region the runner is", issuer.host), Place: r.Place, There: true}
		case region.Value != "" && region.Value != of:
			return facts.Text{Unknown: fmt.Sprintf("the runner may be in region %q or %q", region.Value, of), Place: r.Place, There: true}
		default:
			region.Value = of
		}
	}
	if region.Value == "" {
		region.Unknown = "the cluster of the runner is not known"
	}
	return region
}
