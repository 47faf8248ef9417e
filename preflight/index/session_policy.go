package index

import "keyless-runners/preflight/facts"

// SessionPolicies are the policies that a step passes to the session of a role that it assumes;
// none: nothing but the role limits it. One that IAM refuses is left out.
func (i *Index) SessionPolicies(assumed *facts.AssumedRole) []*facts.Document {
	var policies []*facts.Document
	if assumed.Session.There && assumed.Session.Problem == nil {
		policies = append(policies, &assumed.Session)
	}
	for _, arn := range assumed.SessionPolicies {
		policies = append(policies, i.managedPolicy(arn))
	}
	return policies
}
