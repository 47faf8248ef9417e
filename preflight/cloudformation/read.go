package cloudformation

import (
	"math"

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
	// Exports has what the templates beside it export, by the names under which it is imported.
	Exports map[string]string
}

// Read returns the facts in a tree that Recognize accepts. Size is the file's, in bytes.
//
// A resource whose condition is false is left out; one whose condition is unknown is assumed
// to be made.
func Read(root *source.Node, size int, settings Settings) facts.Facts {
	t, where, size := deployed(root, size, settings)
	r := &reader{
		resolver: newResolver(t, where, settings),
		policies: map[*resource]facts.ManagedPolicy{},
		byID:     map[*resource]int{},
		byName:   map[string]int{},
	}
	r.facts.Templates = []facts.Template{t.fact(size, where)}
	r.read()
	body, _ := bodyOf(root, size)
	r.facts.Templates[0].Refusals = r.refusals(looped(body, settings.Parameters))
	r.addWaivers(body, 1, math.MaxInt)
	return r.facts
}

// ReadTemplate returns what Read does of the template itself, without its resources.
func ReadTemplate(root *source.Node, size int, settings Settings) facts.Template {
	t, where, size := deployed(root, size, settings)
	return t.fact(size, where)
}

func deployed(root *source.Node, size int, settings Settings) (*template, deployment, int) {
	body, size := bodyOf(root, size)
	t := newTemplate(looped(body, settings.Parameters))
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

// passes read the resources by their types. What others refer to is read in an earlier pass
// than they are.
var passes = []map[string]func(*reader, *resource){
	{managedPolicyKind: func(r *reader, of *resource) { r.policies[of] = r.managedPolicy(of) }},
	{roleKind: (*reader).addRole},
	{
		managedPolicyKind: func(r *reader, of *resource) {
			r.addManagedPolicy(of)
			r.addToUsers(of)
		},
		policyKind: func(r *reader, of *resource) {
			r.addPolicy(of, "Roles")
			r.addToUsers(of)
		},
		"AWS::IAM::UserPolicy":          (*reader).addToUsers,
		"AWS::IAM::GroupPolicy":         (*reader).addToUsers,
		"AWS::IAM::User":                func(r *reader, of *resource) { r.addUser(of, "UserName", false) },
		"AWS::IAM::Group":               func(r *reader, of *resource) { r.addUser(of, "GroupName", true) },
		rolePolicyKind:                  func(r *reader, of *resource) { r.addPolicy(of, "RoleName") },
		roleKind:                        func(*reader, *resource) {},
		providerKind:                    func(r *reader, of *resource) { r.addProvider(of, "ClientIdList") },
		cdkProviderKind:                 func(r *reader, of *resource) { r.addProvider(of, "ClientIDList") },
		repositoryKind:                  (*reader).addRepository,
		"AWS::ECR::RegistryPolicy":      (*reader).addRegistryPolicy,
		creationTemplateKind:            (*reader).addCreationTemplate,
		pullThroughCacheKind:            (*reader).addPullThroughCache,
		"AWS::CloudFormation::Stack":    (*reader).addNestedStack,
		"AWS::Serverless::Application":  (*reader).addNestedStack,
		"AWS::Serverless::Function":     (*reader).addServerless,
		"AWS::Serverless::StateMachine": (*reader).addServerless,
		stackSetKind:                    (*reader).addStackSet,
		organizationKind:                (*reader).addOrganizationPolicy,
		"AWS::EC2::VPCEndpoint":         (*reader).addEndpointPolicy,
		associationKind:                 (*reader).addAssociation,
		addonKind:                       (*reader).addAddon,
		fargateProfileKind:              (*reader).addFargateProfile,
		cdkManifestKind:                 (*reader).addManifest,
		cdkHelmChartKind:                (*reader).addHelmChart,
	},
}

func (r *reader) read() {
	for _, readers := range passes {
		r.each(func(of *resource) {
			if read := readers[of.kind]; read != nil {
				read(r, of)
			}
		})
	}
	r.each(func(of *resource) {
		if passes[len(passes)-1][of.kind] != nil {
			r.addConditional(of)
		}
		_, last := of.node.Lines()
		r.addWaivers(of.node, of.place.Line, last)
	})
}

func (r *reader) each(visit func(*resource)) {
	for _, resource := range r.resources {
		if !r.leftOut(resource) {
			visit(resource)
		}
	}
}

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

func (r *reader) addCreationTemplate(of *resource) {
	r.facts.CreationTemplates = append(r.facts.CreationTemplates, facts.CreationTemplate{
		Place:      of.place,
		Prefix:     r.stated(of, "Prefix"),
		Account:    r.account,
		Region:     r.region,
		AppliedFor: facts.TextsOf(r.property(of, "AppliedFor")),
		Policy:     facts.NewDocument(r.property(of, "RepositoryPolicy"), of.place),
	})
}

func (r *reader) addPullThroughCache(of *resource) {
	r.facts.PullThroughCaches = append(r.facts.PullThroughCaches, facts.PullThroughCacheRule{
		Place:      of.place,
		Prefix:     r.stated(of, "EcrRepositoryPrefix"),
		Account:    r.account,
		Region:     r.region,
		Upstream:   r.stated(of, "UpstreamRegistryUrl"),
		Credential: r.stated(of, "CredentialArn"),
	})
}

func (r *reader) addStackSet(of *resource) {
	r.addUnread(of, "stack set ", "check its template in a separate file, with its account by --account and its parameters by --parameter NAME=VALUE")
}

// serverlessTransform is the macro of the AWS Serverless Application Model (SAM).
const serverlessTransform = "AWS::Serverless-2016-10-31"

// addServerless records the role that SAM makes for a resource that is given none.
func (r *reader) addServerless(of *resource) {
	if r.property(of, "Role") == nil {
		r.addUnread(of, "the role that SAM makes for ", "check the template that CloudFormation made of it: aws cloudformation get-template --template-stage Processed")
	}
}

func (r *reader) addUnread(of *resource, what, fix string) {
	r.facts.Unread = append(r.facts.Unread, facts.Unread{What: what + of.id, Place: of.place, Fix: fix})
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

// addEndpointPolicy reads the policy of a VPC endpoint; without one, everything is allowed.
func (r *reader) addEndpointPolicy(of *resource) {
	if policy := facts.NewDocument(r.property(of, "PolicyDocument"), of.place); policy.There {
		r.facts.EndpointPolicies = append(r.facts.EndpointPolicies, facts.EndpointPolicy{Place: of.place, Name: of.id, Service: r.stated(of, "ServiceName"), Account: r.account, Document: policy})
	}
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

// tags reads the tags that the template gives a resource, which has those of the stack too (AWS CloudFormation user
// guide, "Resource tag").
func (r *reader) tags(of *resource) facts.Tags { return facts.TagsOf(r.property(of, "Tags"), false) }

func (r *reader) addRepository(of *resource) {
	r.facts.ImageRepositories = append(r.facts.ImageRepositories, facts.ImageRepository{
		Place:         of.place,
		Name:          r.attribute(of, ref),
		Account:       r.account,
		Region:        r.region,
		Policy:        facts.NewDocument(r.property(of, "RepositoryPolicyText"), of.place),
		TagMutability: r.stated(of, "ImageTagMutability"),
		Exclusions:    facts.FiltersOf(r.property(of, "ImageTagMutabilityExclusionFilters"), "ImageTagMutabilityExclusionFilterValue"),
		Tags:          r.tags(of),
		Key:           facts.TextOf(r.property(of, "EncryptionConfiguration").Get("KmsKey"), of.place),
	})
}
