package chain

import (
	"keyless-runners/identity"
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
	// Subjects are those of the tokens that let a job take it, or may.
	Subjects []access.Group
}

// Deployers are the roles of the files that certainly deploy, and that GitHub's tokens may let
// jobs take, once for each account's provider that they name.
func (c *Chains) Deployers() []Deployer {
	var found []Deployer
	for _, role := range c.EveryRole() {
		for _, provider := range index.ProvidersIn(&role.Trust) {
			if provider.Host != identity.IssuerActions.Host() {
				continue
			}
			arn, deploys := c.permissions[role].Deploys(&c.budget)
			if !deploys.Allowed() {
				continue
			}
			found = append(found, Deployer{role, provider, arn, access.Subjects(&c.budget, certain(*c.trustOf(role)), c.issuerOf(role, provider))})
		}
	}
	return found
}
