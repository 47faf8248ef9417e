package cloudformation

import (
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Settings is what the user tells about the deployment. The zero value tells
// nothing: the rest is taken from the template, or unknown.
type Settings struct {
	Account identity.AccountID
	Region  identity.Region
	// Parameters are values by the names of parameters. They win over defaults.
	Parameters map[string]string
}

// Read returns what the template, or what "aws cloudformation get-template"
// prints, says of roles, policies, providers and image repositories. Size is the
// file's, in bytes.
//
// A resource whose condition is false is left out; one whose condition is not
// known is taken to be made.
func Read(root *source.Node, size int, settings Settings) facts.Facts {
	body, size := bodyOf(root, size)
	t := newTemplate(body)
	where := deploymentOf(t, settings)
	r := &reader{
		resolver: newResolver(t, where, settings.Parameters),
		policies: map[*resource]facts.ManagedPolicy{},
		byID:     map[*resource]int{},
		byName:   map[string]int{},
	}
	r.facts.Templates = []facts.Template{t.fact(size, where)}
	r.read()
	r.addTemplateWaivers(body)
	return r.facts
}

// reader makes facts of resources.
type reader struct {
	*resolver
	facts facts.Facts
	// policies are the managed ones that the template defines.
	policies map[*resource]facts.ManagedPolicy
	// byID and byName say where in the facts a role of the template is.
	byID   map[*resource]int
	byName map[string]int
}

// read begins with what others refer to: managed policies, then roles.
func (r *reader) read() {
	r.each(func(of *resource) {
		if of.kind == managedPolicyKind {
			r.policies[of] = r.managedPolicy(of)
		}
	})
	r.each(func(of *resource) {
		if of.kind == roleKind {
			r.addRole(of)
		}
	})
	r.each(func(of *resource) {
		switch of.kind {
		case managedPolicyKind:
			r.addManagedPolicy(of)
		case policyKind:
			r.addPolicy(of, items(r.property(of, "Roles")))
		case rolePolicyKind:
			r.addPolicy(of, items(r.property(of, "RoleName")))
		case roleKind:
		case providerKind:
			r.addProvider(of, "ClientIdList")
		case cdkProviderKind:
			r.addProvider(of, "ClientIDList")
		case repositoryKind:
			r.addRepository(of)
		case organizationKind:
			r.addOrganizationPolicy(of)
		case associationKind:
			r.addAssociation(of)
		case addonKind:
			r.addAddon(of)
		case fargateProfileKind:
			r.addFargateProfile(of)
		default:
			return
		}
		r.addConditional(of)
	})
	r.each(func(of *resource) {
		r.addUnread(of)
		r.addWaivers(of)
	})
}

// each visits the resources that are made.
func (r *reader) each(visit func(*resource)) {
	for _, resource := range r.resources {
		if !r.leftOut(resource) {
			visit(resource)
		}
	}
}

// addConditional notes a resource of which it is not known whether it is made.
func (r *reader) addConditional(of *resource) {
	if of.condition == "" {
		return
	}
	if why := r.condition(of.condition).unknown; why != "" {
		template := &r.facts.Templates[0]
		template.Conditional = append(template.Conditional, facts.Text{Value: of.id, Unknown: why, Place: of.place, There: true})
	}
}

// unread are kinds of resources that may let somebody push and that are not judged.
var unread = map[string]string{
	"AWS::IAM::User":             "IAM user",
	"AWS::IAM::Group":            "IAM group",
	"AWS::ECR::RegistryPolicy":   "registry policy",
	"AWS::CloudFormation::Stack": "nested stack",
}

// addUnread notes such a resource, and a policy that is attached to users or groups.
func (r *reader) addUnread(of *resource) {
	what := unread[of.kind]
	if of.kind == policyKind || of.kind == managedPolicyKind {
		if len(items(r.property(of, "Users")))+len(items(r.property(of, "Groups"))) > 0 {
			what = "users and groups of policy"
		}
	}
	if what != "" {
		r.facts.Unread = append(r.facts.Unread, facts.Unread{What: what + " " + of.id, Place: of.place})
	}
}

func (r *reader) addProvider(of *resource, clientIDs string) {
	r.facts.Providers = append(r.facts.Providers, facts.Provider{
		Place:          of.place,
		URL:            r.stated(of, "Url"),
		Account:        r.account,
		ClientIDs:      facts.TextsOf(r.property(of, clientIDs)),
		ClientIDsKnown: true,
	})
}

func (r *reader) addOrganizationPolicy(of *resource) {
	r.facts.Organization = append(r.facts.Organization, facts.OrganizationPolicy{
		Place:        of.place,
		Name:         r.stated(of, "Name"),
		Type:         r.stated(of, "Type"),
		Targets:      facts.TextsOf(r.property(of, "TargetIds")),
		TargetsKnown: true,
		Document:     facts.NewDocument(r.property(of, "Content"), of.place),
	})
}

func (r *reader) addRepository(of *resource) {
	r.facts.ImageRepositories = append(r.facts.ImageRepositories, facts.ImageRepository{
		Place:         of.place,
		Name:          r.attribute(of, ref),
		Account:       r.account,
		Region:        r.region,
		Policy:        facts.NewDocument(r.property(of, "RepositoryPolicyText"), of.place),
		TagMutability: r.stated(of, "ImageTagMutability"),
	})
}
