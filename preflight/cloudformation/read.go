package cloudformation

import (
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Settings has what the user states about the deployment. Whatever is zero is inferred from the
// template, or unknown.
type Settings struct {
	Account identity.AccountID
	Region  identity.Region
	// Parameters has values by the names of parameters. They override defaults.
	Parameters map[string]string
}

// Read returns the facts in a tree that Recognize accepts. Size is the file's, in bytes.
//
// A resource whose condition is false is left out; one whose condition is unknown is assumed
// to be made.
func Read(root *source.Node, size int, settings Settings) facts.Facts {
	t, where, size := deployed(root, size, settings)
	r := &reader{
		resolver: newResolver(t, where, settings.Parameters),
		policies: map[*resource]facts.ManagedPolicy{},
		byID:     map[*resource]int{},
		byName:   map[string]int{},
	}
	r.facts.Templates = []facts.Template{t.fact(size, where)}
	r.read()
	body, _ := bodyOf(root, size)
	r.addTemplateWaivers(body)
	return r.facts
}

// ReadTemplate returns what Read does of the template itself, without its resources.
func ReadTemplate(root *source.Node, size int, settings Settings) facts.Template {
	t, where, size := deployed(root, size, settings)
	return t.fact(size, where)
}

func deployed(root *source.Node, size int, settings Settings) (*template, deployment, int) {
	body, size := bodyOf(root, size)
	t := newTemplate(body)
	return t, deploymentOf(t, settings), size
}

type reader struct {
	*resolver
	facts facts.Facts
	// policies are the managed policies that the template defines.
	policies map[*resource]facts.ManagedPolicy
	// byID and byName are the positions of the template's roles in the facts.
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
			r.addToUsers(of)
		case policyKind:
			r.addPolicy(of, "Roles")
			r.addToUsers(of)
		case "AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy":
			r.addToUsers(of)
		case "AWS::IAM::User":
			r.addUser(of, "UserName", false)
		case "AWS::IAM::Group":
			r.addUser(of, "GroupName", true)
		case rolePolicyKind:
			r.addPolicy(of, "RoleName")
		case roleKind:
		case providerKind:
			r.addProvider(of, "ClientIdList")
		case cdkProviderKind:
			r.addProvider(of, "ClientIDList")
		case repositoryKind:
			r.addRepository(of)
		case "AWS::ECR::RegistryPolicy":
			r.addRegistryPolicy(of)
		case "AWS::CloudFormation::Stack":
			r.addNestedStack(of)
		case organizationKind:
			r.addOrganizationPolicy(of)
		case associationKind:
			r.addAssociation(of)
		case addonKind:
			r.addAddon(of)
		case fargateProfileKind:
			r.addFargateProfile(of)
		case cdkManifestKind:
			r.addManifest(of)
		case cdkHelmChartKind:
			r.addHelmChart(of)
		default:
			return
		}
		r.addConditional(of)
	})
	r.each(func(of *resource) {
		r.addWaivers(of)
	})
}

func (r *reader) each(visit func(*resource)) {
	for _, resource := range r.resources {
		if !r.leftOut(resource) {
			visit(resource)
		}
	}
}

// addConditional records a resource that may or may not be made.
func (r *reader) addConditional(of *resource) {
	if of.condition == "" {
		return
	}
	if why := r.condition(of.condition).unknown; why != "" {
		template := &r.facts.Templates[0]
		template.Conditional = append(template.Conditional, facts.Text{Value: of.id, Unknown: why, Place: of.place, There: true})
	}
}

func (r *reader) addRegistryPolicy(of *resource) {
	r.facts.RegistryPolicies = append(r.facts.RegistryPolicies, facts.RegistryPolicy{
		Place: of.place, Account: r.account, Region: r.region, Document: facts.NewDocument(r.property(of, "PolicyText"), of.place),
	})
}

// addNestedStack records a stack that may let others push and is not judged.
func (r *reader) addNestedStack(of *resource) {
	r.facts.Unread = append(r.facts.Unread, facts.Unread{What: "nested stack " + of.id, Place: of.place})
}

func (r *reader) addProvider(of *resource, clientIDs string) {
	r.facts.Providers = append(r.facts.Providers, facts.Provider{
		Place:          of.place,
		URL:            r.stated(of, "Url"),
		Account:        r.account,
		ClientIDs:      facts.TextsOf(r.property(of, clientIDs)),
		ClientIDsKnown: true,
		Thumbprints:    facts.TextsOf(r.property(of, "ThumbprintList")),
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
