package index

import (
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// What is judged at the most, so that no files can make the proof take for ever.
const (
	// maxDocument is twice IAM's largest quota of any document, 10,240 characters. AWS's own
	// managed policies have no quota; those of 2026 stay below maxAWSDocument.
	maxDocument    = 2 * 10_240
	maxAWSDocument = 200_000
	// maxPolicies is how many policies of a role are asked.
	maxPolicies = 100
)

// Oversized is a document that is larger than any that IAM accepts.
type Oversized struct {
	Place source.Place
	// Size is in characters, as IAM counts them.
	Size int
}

func (i *Index) setOversizedAside() {
	for n := range i.Roles {
		i.setAside(&i.Roles[n].Trust)
		i.setAside(&i.Roles[n].BoundaryDocument)
		for j := range i.Roles[n].Inline {
			i.setAside(&i.Roles[n].Inline[j].Document)
		}
	}
	for n := range i.Users {
		for j := range i.Users[n].Inline {
			i.setAside(&i.Users[n].Inline[j].Document)
		}
	}
	for n := range i.ManagedPolicies {
		if managed := &i.ManagedPolicies[n]; !IsOfAWS(managed.ARN.Value) || managed.Document.LongerThan(maxAWSDocument) {
			i.setAside(&managed.Document)
		}
	}
	for n := range i.ImageRepositories {
		i.setAside(&i.ImageRepositories[n].Policy)
	}
	for n := range i.RegistryPolicies {
		i.setAside(&i.RegistryPolicies[n].Document)
	}
	for n := range i.Organization {
		i.setAside(&i.Organization[n].Document)
	}
	for n := range i.PodIdentityAssociations {
		i.setAside(&i.PodIdentityAssociations[n].SessionPolicy)
	}
	for n := range i.Jobs {
		for j := range i.Jobs[n].Assumed {
			i.setAside(&i.Jobs[n].Assumed[j].Session)
		}
	}
	for n := range i.Documents {
		i.setAside(&i.Documents[n].Document)
	}
}

func (i *Index) setAside(d *facts.Document) {
	if !d.LongerThan(maxDocument) {
		return
	}
	i.Oversized = append(i.Oversized, Oversized{d.Place, d.Policy.Size()})
	d.Policy, d.Maybe = policy.Document{}, nil
	d.Unknown = "it is larger than IAM takes"
}
