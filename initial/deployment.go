package initial

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// findDeployments declares how GitHub Actions deploys, by the stacks that hold roles for it.
func (a *declaration) findDeployments() {
	for n := range a.facts().Roles {
		role := &a.facts().Roles[n]
		resource, s := a.resourceAt(role.Place)
		for _, inline := range role.Inline {
			for _, statement := range inline.Document.Policy.Statement {
				if resource != nil && (statement.Sid == "TakeBootstrapRoles" || statement.Sid == "ReadTemplates") {
					a.addDeployment(role, s, statement)
				}
			}
		}
	}
}

// addDeployment reads one of the two roles of a deployment; its statement shows which.
func (a *declaration) addDeployment(role *facts.Role, s renderedStack, statement policy.Statement) {
	i := slices.IndexFunc(a.deployments, func(d fleet.Deployment) bool { return d.Stack == s.name })
	if i < 0 {
		i = len(a.deployments)
		a.deployments = append(a.deployments, fleet.Deployment{Stack: s.name, Account: identity.AccountID(role.Account.Value), ExistingProvider: !hasProvider(s.body)})
	}
	d := &a.deployments[i]
	if statement.Sid == "ReadTemplates" {
		d.DiffRole = identity.RoleName(role.Name.Value)
		for _, arn := range statement.Resource {
			parts := strings.Split(arn, ":")
			d.Region = identity.Region(parts[3])
			d.Stacks = append(d.Stacks, identity.StackName(strings.TrimSuffix(strings.TrimPrefix(parts[5], "stack/"), "/*")))
		}
		return
	}
	d.DeployRole = identity.RoleName(role.Name.Value)
	for _, arn := range statement.Resource {
		_, name, _ := strings.Cut(arn, ":role/cdk-")
		if qualifier, _, is := strings.Cut(name, "-"+string(identity.BootstrapDeploy)+"-role-"); is && qualifier != identity.DefaultQualifier {
			d.Qualifier = qualifier
		}
	}
	for _, trusted := range role.Trust.Policy.Statement {
		equals := trusted.Condition[policy.StringEquals]
		for _, key := range slices.Sorted(maps.Keys(equals)) {
			subjects := equals[key]
			if strings.HasSuffix(key, ":sub") && len(subjects) == 1 {
				addSubject(d, subjects[0])
			}
		}
	}
	if branches := textsIn(a.deployWorkflows[string(s.name)].Get("on", "push", "branches")); len(branches) == 1 && branches[0] != "main" {
		d.Branch = branches[0]
	}
}

// addSubject reads the subject of the jobs that deploy (identity.ActionsSubject).
func addSubject(d *fleet.Deployment, subject string) {
	parts := strings.SplitN(subject, ":", 4)
	if len(parts) != 4 {
		return
	}
	owner, name, _ := strings.Cut(parts[1], "/")
	owner, ownerID, _ := strings.Cut(owner, "@")
	name, repositoryID, _ := strings.Cut(name, "@")
	d.SourceRepository = identity.SourceRepository(owner + "/" + name)
	d.OwnerID, _ = strconv.ParseUint(ownerID, 10, 64)
	d.RepositoryID, _ = strconv.ParseUint(repositoryID, 10, 64)
	d.Environment = strings.ReplaceAll(parts[3], "%3A", ":")
}

func hasProvider(template *source.Node) bool {
	return slices.ContainsFunc(template.Get("Resources").Entries(), func(member source.Member) bool {
		return member.Value.Word("Type") == "AWS::IAM::OIDCProvider"
	})
}

// keepDeployWorkflow keeps a workflow that this project rendered to deploy.
func (f *Found) keepDeployWorkflow(text string, root *source.Node) {
	name := strings.TrimSuffix(strings.TrimPrefix(root.Word("name"), "Deploy to AWS ("), ")")
	d := fleet.Deployment{Stack: identity.StackName(name)}
	if strings.HasPrefix(text, fmt.Sprintf("# %s", fleet.Mark(d.DeployWorkflowPath()))) {
		f.deployWorkflows[name] = root
	}
}
