package fleet

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"keyless-runners/identity"
)

// What CloudFormation allows in a template (CloudFormation quotas).
const (
	maxResources = 500
	maxOutputs   = 200
)

// Stack lists what one CloudFormation stack holds, each kind in the order of names,
// whatever the order of the declaration.
type Stack struct {
	Name    identity.StackName
	Account identity.AccountID
	Region  identity.Region
	// Clusters are the clusters whose provider the stack creates.
	Clusters []Cluster
	// ImageRepositories are the image repositories that the stack creates.
	ImageRepositories []ImageRepository
	// PullThroughCaches are the caches whose rule and template the stack creates.
	PullThroughCaches []PullThroughCache
	// Pools are the pools whose role and policy, or association with an existing role, the
	// stack creates.
	Pools []Pool
	// TargetRoles are the pools whose target role, with its policy, the stack creates.
	TargetRoles []Pool
	// Deployments are the deployments whose roles the stack creates.
	Deployments []Deployment
}

// Stacks are the stacks of the fleet in the order of their names. They can be
// deployed in any order: IAM takes the trust policy of a role whose provider is
// yet to come.
func (f Fleet) Stacks() []Stack {
	byName := map[identity.StackName]*Stack{}
	at := func(name identity.StackName, account identity.AccountID, region identity.Region) *Stack {
		if byName[name] == nil {
			byName[name] = &Stack{Name: name, Account: account, Region: region}
		}
		return byName[name]
	}
	for _, c := range f.Clusters {
		if c.CreatesProvider() {
			s := at(c.Stack, c.Account, c.Region)
			s.Clusters = append(s.Clusters, c)
		}
	}
	for _, r := range f.ImageRepositories {
		if !r.Existing {
			s := at(r.Stack, r.Account, r.Region)
			s.ImageRepositories = append(s.ImageRepositories, r)
		}
	}
	for _, c := range f.PullThroughCaches {
		if !c.Existing {
			s := at(c.Stack, c.Account, c.Region)
			s.PullThroughCaches = append(s.PullThroughCaches, c)
		}
	}
	for _, p := range f.Pools {
		if p.ExistingRole && !p.CreatesAssociation() {
			continue
		}
		s := at(p.StackName(), p.Cluster.Account, p.Cluster.Region)
		s.Pools = append(s.Pools, p)
	}
	for _, p := range f.Pools {
		if p.CreatesTarget() {
			s := at(p.TargetRole.Stack, p.TargetRole.Account, p.targetRegion())
			s.TargetRoles = append(s.TargetRoles, p)
		}
	}
	for _, d := range f.Deployments {
		s := at(d.Stack, d.Account, d.Region)
		s.Deployments = append(s.Deployments, d)
	}
	stacks := make([]Stack, 0, len(byName))
	for _, s := range byName {
		if f.stacks == nil || slices.Contains(f.stacks, string(s.Name)) {
			s.sort()
			stacks = append(stacks, *s)
		}
	}
	slices.SortFunc(stacks, func(a, b Stack) int { return cmp.Compare(a.Name, b.Name) })
	return stacks
}

func (s *Stack) sort() {
	slices.SortFunc(s.Clusters, func(a, b Cluster) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(s.ImageRepositories, func(a, b ImageRepository) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(s.PullThroughCaches, func(a, b PullThroughCache) int { return cmp.Compare(a.Prefix, b.Prefix) })
	slices.SortFunc(s.Pools, func(a, b Pool) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(s.TargetRoles, func(a, b Pool) int { return cmp.Compare(a.Name, b.Name) })
}

// resources counts what the stack's template will declare: providers, image
// repositories, a rule and a template for each pull through cache, for each pool a role and a policy unless they exist, and likewise a target role,
// and, with EKS Pod Identity, an association in each cluster.
func (s Stack) resources() int {
	count := len(s.Clusters) + len(s.ImageRepositories) + 2*len(s.PullThroughCaches) + 2*len(s.createdRoles()) + 2*len(s.TargetRoles)
	for _, p := range s.Pools {
		if p.CreatesAssociation() {
			count += len(p.Clusters())
		}
	}
	return count
}

// outputs counts what the stack's template will put out: an ARN or a host name for
// each provider, image repository and role.
func (s Stack) outputs() int {
	return len(s.Clusters) + len(s.ImageRepositories) + len(s.createdRoles()) + len(s.TargetRoles)
}

// createdRoles are the pools whose role and policy the stack creates.
func (s Stack) createdRoles() []Pool {
	return only(s.Pools, func(p Pool) bool { return !p.ExistingRole })
}

func (f Fleet) checkStacks(problems *Problems) {
	taken := claims{}
	for _, s := range f.Stacks() {
		at := place{path: "stacks"}.key(string(s.Name))
		taken.claim(problems, at, "stack name %q", s.Name)
		s.checkPlace(at, problems)
		if s.deploysItself() {
			problems.add(at, errors.New("it has the roles of a deployment, which people deploy, and something else; give the deployment its own stack"))
		}
		if n := s.resources(); n > maxResources {
			problems.add(at, fmt.Errorf("%d resources, limit %d; give some pools or image repositories another stack", n, maxResources))
		}
		if n := s.outputs(); n > maxOutputs {
			problems.add(at, fmt.Errorf("%d outputs, limit %d; give some pools or image repositories another stack", n, maxOutputs))
		}
	}
}

// deploysItself reports a stack with a deployment and something that this deploys.
func (s Stack) deploysItself() bool {
	return len(s.Deployments) > 1 || len(s.Deployments) == 1 && len(s.Clusters)+len(s.ImageRepositories)+len(s.PullThroughCaches)+len(s.Pools)+len(s.TargetRoles) > 0
}

// checkPlace reports what is in another account or region than the stack's first.
func (s Stack) checkPlace(at place, problems *Problems) {
	check := func(list, name string, account identity.AccountID, region identity.Region) {
		if account != s.Account || region != s.Region {
			problems.add(at.field(list).key(name), fmt.Errorf("it is in account %q, region %q, and other things of the stack are in account %q, region %q; a stack lives in one of each",
				account, region, s.Account, s.Region))
		}
	}
	for _, c := range s.Clusters {
		check("clusters", string(c.Name), c.Account, c.Region)
	}
	for _, r := range s.ImageRepositories {
		check("imageRepositories", string(r.Name), r.Account, r.Region)
	}
	for _, c := range s.PullThroughCaches {
		check("pullThroughCaches", string(c.Prefix), c.Account, c.Region)
	}
	for _, p := range s.Pools {
		check("pools", string(p.Name), p.Cluster.Account, p.Cluster.Region)
	}
	for _, p := range s.TargetRoles {
		check("targetRoles", string(p.Name), p.TargetRole.Account, p.targetRegion())
	}
}
