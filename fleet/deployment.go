package fleet

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// Deployment is how GitHub Actions deploys the fleet's stacks of one account and region, which
// is an environment to the AWS CDK, with no stored key: jobs of one source repository take a
// role with GitHub's own OIDC token. A second role is for pull requests, and reads alone.
type Deployment struct {
	// Stack holds both roles, and GitHub's provider unless that exists. It holds nothing else, and
	// people deploy it, once before the first job can.
	Stack   identity.StackName
	Account identity.AccountID
	Region  identity.Region
	// Stacks are the fleet's others of the account and region, all of them. A role's policy names
	// each.
	Stacks []identity.StackName
	// SourceRepository has this fleet and its dist/, with upper and lower case as on github.com.
	SourceRepository identity.SourceRepository
	// OwnerID and RepositoryID are GitHub's numbers of the source repository and its owner
	// ("gh api repos/OWNER/NAME --jq '.owner.id, .id'"), which the subjects of newer source
	// repositories contain: see identity.ActionsSubject. Zero, both: the subject has none.
	OwnerID, RepositoryID uint64
	// Environment is the environment of the source repository in which the job deploys. Its rules
	// decide who approves, and for which branches: without rules, anyone who may push a branch
	// deploys.
	Environment string
	// Branch is the branch whose pushes deploy. Zero: "main".
	Branch string
	// DeployRole deploys, and DiffRole reads the deployed templates in pull requests. IAM's
	// names are unique in an account.
	DeployRole, DiffRole identity.RoleName
	// ExistingProvider means that the account already has GitHub's provider; an account holds one.
	// Zero: the stack creates it.
	ExistingProvider bool
	// Qualifier is the qualifier of "cdk bootstrap". Zero: its default, "hnb659fds".
	Qualifier string
}

// qualifier matches those that the CDK accepts (aws-cdk, bootstrap-template.yaml, "Qualifier").
var qualifier = regexp.MustCompile(`^[A-Za-z0-9_-]{1,10}$`)

// AllBranch is Branch, or "main".
func (d Deployment) AllBranch() string { return cmp.Or(d.Branch, "main") }

// ProviderARN identifies GitHub's provider in the account.
func (d Deployment) ProviderARN() identity.ProviderARN {
	return identity.ProviderARN{Partition: d.Region.Partition(), Account: d.Account, Issuer: identity.IssuerActions}
}

// RoleARN identifies one of the two roles.
func (d Deployment) RoleARN(name identity.RoleName) identity.RoleARN {
	return identity.RoleARN{Partition: d.Region.Partition(), Account: d.Account, Path: "/", Name: name}
}

// DeploySubject and DiffSubject are of the jobs that may take the roles, and of no others.
func (d Deployment) DeploySubject() identity.ActionsSubject {
	return identity.ActionsSubject{SourceRepository: d.SourceRepository, OwnerID: d.OwnerID, RepositoryID: d.RepositoryID, Environment: d.Environment}
}

// DiffSubject is of every job of a pull request within the source repository.
func (d Deployment) DiffSubject() identity.ActionsSubject {
	subject := d.DeploySubject()
	subject.Environment = ""
	return subject
}

// DeployPolicy allows the roles of "cdk bootstrap" that "cdk deploy" takes. What these may do is
// decided there.
func (d Deployment) DeployPolicy() policy.Document {
	var roles policy.Values
	for _, role := range []identity.BootstrapRole{identity.BootstrapDeploy, identity.BootstrapFilePublishing} {
		name := role.Name(cmp.Or(d.Qualifier, identity.DefaultQualifier), d.Account, d.Region)
		roles = append(roles, d.RoleARN(name).String())
	}
	return allow("TakeBootstrapRoles", policy.Values{"sts:AssumeRole"}, roles)
}

// DiffPolicy allows the deployed templates to be read, of the stacks and of no others.
func (d Deployment) DiffPolicy() policy.Document {
	var stacks policy.Values
	for _, stack := range slices.Sorted(slices.Values(d.Stacks)) {
		stacks = append(stacks, stack.ARNPattern(d.Region, d.Account))
	}
	return allow("ReadTemplates", policy.Values{"cloudformation:GetTemplate"}, stacks)
}

func allow(sid string, actions, resources policy.Values) policy.Document {
	return policy.Document{Version: policy.Version, Statement: []policy.Statement{{Sid: sid, Effect: policy.EffectAllow, Action: actions, Resource: resources}}}
}

// stacksOf are the names of the stacks that a deployment has to list.
func (f Fleet) stacksOf(d Deployment) []identity.StackName {
	var names []identity.StackName
	for _, s := range f.Stacks() {
		if s.Account == d.Account && s.Region == d.Region && len(s.Deployments) == 0 {
			names = append(names, s.Name)
		}
	}
	return names
}

func (d Deployment) check(stacks []identity.StackName, at place, problems *Problems) {
	problems.add(at.field("stack"), d.Stack.Check())
	problems.add(at.field("account"), d.Account.Check())
	problems.add(at.field("region"), d.Region.Check())
	problems.add(at.field("sourceRepository"), d.SourceRepository.Check())
	problems.add(at.field("deployRole"), d.DeployRole.Check())
	problems.add(at.field("diffRole"), d.DiffRole.Check())
	if (d.OwnerID == 0) != (d.RepositoryID == 0) {
		problems.add(at.field("repositoryID"), fmt.Errorf("owner %d and source repository %d: want both numbers, or neither", d.OwnerID, d.RepositoryID))
	}
	if d.Environment == "" {
		problems.add(at.field("environment"), errors.New("environment is missing; want one of the source repository, whose rules say who deploys"))
	} else {
		problems.add(at.field("environment"), checkEnvironment(d.Environment))
	}
	problems.add(at.field("branch"), checkPattern("branch", d.AllBranch()))
	if d.Qualifier != "" && !qualifier.MatchString(d.Qualifier) {
		problems.add(at.field("qualifier"), fmt.Errorf(`qualifier %q: want that of "cdk bootstrap", up to 10 letters, digits and _-`, d.Qualifier))
	}
	d.checkStacks(stacks, at.field("stacks"), problems)
}

// checkStacks compares the stacks with those that the fleet has there.
func (d Deployment) checkStacks(stacks []identity.StackName, at place, problems *Problems) {
	for i, name := range d.Stacks {
		switch {
		case slices.Contains(d.Stacks[:i], name):
			problems.add(at.index(i), fmt.Errorf("stack %q is listed twice", name))
		case !slices.Contains(stacks, name):
			problems.add(at.index(i), fmt.Errorf("stack %q is not one of the fleet's in account %q, region %q; those are %s", name, d.Account, d.Region, quotedNames(stacks)))
		}
	}
	for _, name := range stacks {
		if !slices.Contains(d.Stacks, name) {
			problems.add(at, fmt.Errorf("stack %q is in account %q, region %q too and would not be deployed; add it", name, d.Account, d.Region))
		}
	}
}

func quotedNames(names []identity.StackName) string {
	var texts []string
	for _, name := range names {
		texts = append(texts, string(name))
	}
	return quoted(texts)
}
