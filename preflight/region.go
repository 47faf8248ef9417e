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

// clusterRegion is the region of the clusters in which the runner may be.
func (r *runner) clusterRegion() facts.Text {
	region := facts.Text{Place: r.Place, There: true}
	for _, of := range r.identity.regions {
		switch {
		case of.Unknown != "":
			return facts.Text{Unknown: of.Unknown, Place: r.Place, There: true}
		case region.Value != "" && region.Value != of.Value:
			return facts.Text{Unknown: fmt.Sprintf("the runner may be in region %q or %q", region.Value, of.Value), Place: r.Place, There: true}
		default:
			region.Value = of.Value
		}
	}
	if region.Value == "" {
		region.Unknown = "the cluster of the runner is not known"
	}
	return region
}

// regionsOf are those of the clusters whose tokens a role trusts.
func regionsOf(issuers []federated) []facts.Text {
	var regions []facts.Text
	for _, issuer := range issuers {
		region := facts.Text{Value: string(identity.Issuer("https://" + issuer.host).Region()), Place: issuer.place, There: true}
		if region.Value == "" {
			region.Unknown = fmt.Sprintf("issuer %q does not tell in which region the runner is", issuer.host)
		}
		regions = append(regions, region)
	}
	return regions
}
