package fleet

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
)

// claims remembers which place took a name first.
type claims map[string]place

// claim reports a name that another place has already. AWS and file systems
// ignore case in names, so it is ignored here.
func (c claims) claim(problems *Problems, at place, format string, args ...any) {
	name := fmt.Sprintf(format, args...)
	if strings.Contains(name, `""`) {
		return // a name that is missing is reported as that
	}
	key := strings.ToLower(name)
	if first, taken := c[key]; taken {
		problems.add(at, fmt.Errorf("%s is already used by %s", name, first))
		return
	}
	c[key] = at
}

// checkUnique reports names that two places share where the second would
// overwrite the first or be refused.
func (f Fleet) checkUnique(at places, problems *Problems) {
	f.checkEKSNames(at, problems)
	taken := claims{}
	for i, c := range f.Clusters {
		taken.claim(problems, at.clusters[i].field("name"), "cluster name %q", c.Name)
		taken.claim(problems, at.clusters[i].field("issuer"), "issuer %q", c.Issuer)
	}
	for i, r := range f.ImageRepositories {
		taken.claim(problems, at.repositories[i].field("name"), "image repository %q", r.ID())
	}
	for i, c := range f.PullThroughCaches {
		taken.claim(problems, at.caches[i].field("prefix"), "pull through cache %q", c.ID())
	}
	for i, p := range f.Pools {
		at := at.pools[i]
		taken.claim(problems, at.field("name"), "pool name %q", p.Name)
		taken.claimObjects(problems, at, p)
		if !p.ExistingRole {
			taken.claim(problems, at.field("role"), "role %q in account %q", p.Role, p.Cluster.Account)
		}
		taken.claim(problems, at.field("policy"), "policy %q in account %q", p.Policy, p.Cluster.Account)
		if p.CreatesTarget() {
			taken.claim(problems, at.field("targetRole").field("role"), "role %q in account %q", p.TargetRole.Role, p.TargetRole.Account)
			taken.claim(problems, at.field("targetRole").field("policy"), "policy %q in account %q", p.TargetRole.Policy, p.TargetRole.Account)
		}
	}
	for i, d := range f.Deployments {
		at := at.deployments[i]
		taken.claim(problems, at.field("deployRole"), "role %q in account %q", d.DeployRole, d.Account)
		taken.claim(problems, at.field("diffRole"), "role %q in account %q", d.DiffRole, d.Account)
		if !d.ExistingProvider {
			taken.claim(problems, at.field("existingProvider"), "the provider of %q in account %q", identity.IssuerActions, d.Account)
		}
	}
	f.checkSharedRoles(at, problems)
}

// claimObjects claims the names of a pool's objects in each of its clusters.
func (c claims) claimObjects(problems *Problems, at place, p Pool) {
	for _, cluster := range p.Clusters() {
		c.claim(problems, at.field("serviceAccount"), "ServiceAccount %q in namespace %q of cluster %q", p.ServiceAccount, p.Namespace, cluster.Name)
		c.claim(problems, at.field("runnerDeployment"), "RunnerDeployment %q in namespace %q of cluster %q", p.RunnerDeployment, p.Namespace, cluster.Name)
		if p.ExternalSecret != nil {
			c.claim(problems, at.field("externalSecret"), "ExternalSecret %q in namespace %q of cluster %q", p.GitHubSecret(), p.Namespace, cluster.Name)
		}
		if p.ScaleSet != nil {
			c.claim(problems, at.field("scaleSet").field("name"), "scale set %q in namespace %q of cluster %q", p.ScaleSet.Name, p.Namespace, cluster.Name)
		}
		if own := p.PodServiceAccount(); own != p.ServiceAccount {
			at := at.field("scaleSet").field("containerMode").field("runnerServiceAccount")
			c.claim(problems, at, "ServiceAccount %q in namespace %q of cluster %q", own, p.Namespace, cluster.Name)
		}
	}
}

// checkEKSNames reports clusters of two names that are one in EKS.
func (f Fleet) checkEKSNames(at places, problems *Problems) {
	known := map[identity.ClusterARN]int{}
	for i, c := range f.Clusters {
		first, taken := known[c.ARN()]
		if taken && c.Name != f.Clusters[first].Name {
			problems.add(at.clusters[i].field("eksName"), fmt.Errorf("EKS cluster %q is already %s", c.ARN(), at.clusters[first]))
		}
		known[c.ARN()] = i
	}
}
