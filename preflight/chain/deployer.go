package chain

import (
	"slices"

	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// Deployer is a role that GitHub's tokens let jobs take, and that deploys with the CDK.
type Deployer struct {
	Role     *facts.Role
	Provider index.Federated
	// Bootstrap is the ARN of the role that it may assume to deploy, or the pattern of such ARNs.
	Bootstrap string
	// Possibly says why it is not certain that it may; "" if it is.
	Possibly string
	// Subjects are the subjects of the tokens that let a job take it, or may.
	Subjects []access.Group
}

// Deployers are the roles of the files that deploy, or may, and that GitHub's tokens may let
// jobs take, once for each account's provider that they name. A role with a policy that is not
// known is left out: that it may push is reported already.
func (c *Chains) Deployers() []Deployer {
	var found []Deployer
	for _, role := range c.EveryRole() {
		for _, provider := range index.ProvidersIn(&role.Trust) {
			if provider.Host != githubIssuer {
				continue
			}
			arn, deploys := c.permissions[role].Deploys(&c.budget)
			unknown := slices.ContainsFunc(c.Policies(role), func(document *facts.Document) bool { return document.Unknown != "" })
			if !deploys.Possible() || unknown && !deploys.Allowed() {
				continue
			}
			found = append(found, Deployer{role, provider, arn, deploys.Why, access.Subjects(&c.budget, certain(*c.trustOf(role)), c.issuerOf(role, provider))})
		}
	}
	return found
}
