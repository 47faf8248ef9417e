package terraform

import (
	"keyless-runners/preflight/facts"
)

func (r *reader) addPolicy(of *resource) {
	arn := r.attribute(of, "arn")
	r.put(of, len(r.facts.ManagedPolicies), arn)
	r.facts.ManagedPolicies = append(r.facts.ManagedPolicies, facts.ManagedPolicy{
		Place:    of.place,
		Name:     r.required(of, "name"),
		Path:     r.text(of, "path").Or("/"),
		ARN:      arn,
		Document: r.document(of, "policy"),
	})
}

// policyAt returns the managed policy in the file whose ARN an attribute has, nil if none.
func (r *reader) policyAt(of *resource, attribute string) *facts.ManagedPolicy {
	if found := r.find(of, attribute, policyKind); len(found) > 0 {
		return &r.facts.ManagedPolicies[r.index[found[0]]]
	}
	return nil
}

// addElsewhere adds a policy of roles that are not in the file: one that attaches itself.
func (r *reader) addElsewhere(of *resource, policy facts.Policy, roles []facts.Text) {
	if len(roles) > 0 {
		r.facts.ManagedPolicies = append(r.facts.ManagedPolicies, facts.ManagedPolicy{Place: of.place, Name: policy.Name, Document: policy.Document, Roles: roles})
	}
}

func (r *reader) addOrganizationPolicy(of *resource) {
	r.put(of, len(r.facts.Organization), r.text(of, "id"))
	r.facts.Organization = append(r.facts.Organization, facts.OrganizationPolicy{
		Place:    of.place,
		Name:     r.required(of, "name"),
		Type:     r.required(of, "type"),
		Document: r.document(of, "content"),
	})
}

// addTarget attaches a policy of the organization. The targets of one that the file attaches
// to nothing stay unknown: it may be attached elsewhere.
func (r *reader) addTarget(of *resource) {
	for _, found := range r.find(of, "policy_id", organizationKind) {
		policy := &r.facts.Organization[r.index[found]]
		policy.Targets, policy.TargetsKnown = append(policy.Targets, r.required(of, "target_id")), true
	}
}

// addEndpointPolicy reads the policy of a VPC endpoint, in it or beside it. One that is known only after
// apply, because none is written, allows everything.
func (r *reader) addEndpointPolicy(of *resource) {
	if policy := r.document(of, "policy"); r.configured(of, "policy") != nil && policy.There {
		r.facts.EndpointPolicies = append(r.facts.EndpointPolicies, facts.EndpointPolicy{
			Place: of.place, Name: of.address, Service: r.serviceOf(of), Account: r.where(of).account, Document: policy,
		})
	}
}

// serviceOf is the service of a VPC endpoint, or of that to which a policy beside it belongs.
func (r *reader) serviceOf(of *resource) facts.Text {
	if of.kind == endpointKind {
		return r.required(of, "service_name")
	}
	endpoint, _ := r.target(of, "vpc_endpoint_id")
	for _, other := range r.resources {
		if endpoint == nil && other.kind == endpointKind && other.values.Word("id") != "" && other.values.Word("id") == of.values.Word("vpc_endpoint_id") {
			endpoint = other
		}
	}
	if endpoint == nil || endpoint.kind != endpointKind {
		return of.unknownText("the VPC endpoint of " + of.address + " is not in the file")
	}
	return r.required(endpoint, "service_name")
}
