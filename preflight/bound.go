package preflight

import (
	"fmt"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// What is judged at the most. IAM takes nothing that comes near; what goes beyond is
// reported and not evaluated, so that nobody can make the proof take for ever.
const (
	// maxDocument is twice the largest quota of any document, in characters. AWS's own
	// managed policies have no quota; those of 2026 stay below maxAWSDocument.
	maxDocument    = 2 * maxInlineSize
	maxAWSDocument = 200_000
	// maxPolicies is how many policies of a role are asked.
	maxPolicies = 100
	// maxRunners is how many of the runners that one job can be given to are followed
	// from it.
	maxRunners = 20
	// maxAsked is how many resources of a statement are asked one by one.
	maxAsked = 50
)

// bound sets documents aside that are larger than any that IAM takes.
func (p *proof) bound() {
	for i := range p.Roles {
		p.boundDocument(&p.Roles[i].Trust)
		p.boundDocument(&p.Roles[i].BoundaryDocument)
		for j := range p.Roles[i].Inline {
			p.boundDocument(&p.Roles[i].Inline[j].Document)
		}
	}
	for i := range p.ManagedPolicies {
		if managed := &p.ManagedPolicies[i]; !isOfAWS(managed.ARN.Value) || managed.Document.Policy.Size() > maxAWSDocument {
			p.boundDocument(&managed.Document)
		}
	}
	for i := range p.ImageRepositories {
		p.boundDocument(&p.ImageRepositories[i].Policy)
	}
	for i := range p.Organization {
		p.boundDocument(&p.Organization[i].Document)
	}
	for i := range p.PodIdentityAssociations {
		p.boundDocument(&p.PodIdentityAssociations[i].SessionPolicy)
	}
	for i := range p.Documents {
		p.boundDocument(&p.Documents[i].Document)
	}
}

func (p *proof) boundDocument(d *facts.Document) {
	if len(d.Policy.Statement) == 0 {
		return
	}
	if size := d.Policy.Size(); size > maxDocument {
		p.find(policyTooLong, d.Place, fmt.Sprintf("the document has %d characters, more than IAM takes of any, and was not evaluated", size), "split it")
		d.Policy, d.Maybe = policy.Document{}, nil
		d.Unknown = "it is larger than IAM takes"
	}
}
