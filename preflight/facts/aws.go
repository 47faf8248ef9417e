package facts

import (
	"path"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/source"
)

// Template is a CloudFormation template as a whole.
type Template struct {
	Place source.Place
	// Size is the file's, in bytes.
	Size int
	// Resources, Outputs and Parameters count what the template has.
	Resources, Outputs, Parameters int
	// Account and Region are where it is deployed: given by the user, or by
	// literals in it that can be of no other account. Unknown otherwise.
	Account, Region Text
	// Refusals are why CloudFormation refuses it, each at what it refuses.
	Refusals []Text
	// Conditional are resources about which the condition under which they are made is
	// not known; the value is the resource's logical id.
	Conditional []Text
	// Generated make resources that are in no file: Fn::ForEach and
	// macros.
	Generated []Text
	// Conflicts are literals that would have to be of the template's account and
	// name different ones; empty if they agree.
	Conflicts []Text
}

// Unread is something that may let someone push and that is not judged.
type Unread struct {
	// What names it, such as "IAM user Bob".
	What  string
	Place source.Place
	// Fix is how the check gets to see it.
	Fix string
	// Template is the name of a template that shows all of it, if that is among the files; "" of no template.
	Template string
	// Parameters are those that the stack gives to its template, nil if it gives none.
	Parameters map[string]string
}

// Role is an IAM role.
type Role struct {
	Place source.Place
	// LogicalID is the name of the resource in a template; "" of others.
	LogicalID string
	// Name is unknown if CloudFormation makes it. Path is "/" if none is written.
	Name, Path Text
	// Account is unknown where a template does not tell.
	Account Text
	// Partition follows from the region; unknown where a template does not tell.
	Partition Text
	Trust     Document
	// Inline are the policies within the role or attached to it as part of it.
	Inline []Policy
	// Attached are ARNs of managed policies.
	Attached []Text
	// Boundary is the ARN of the permissions boundary. Not there: none.
	Boundary Text
	// BoundaryDocument is the boundary itself, where the ARN is not known and the
	// template defines the policy.
	BoundaryDocument Document
	Tags             Tags
}

// User is an IAM user, with what its groups have, or the members of a group.
type User struct {
	Place source.Place
	// LogicalID is the name of the resource in a template or a plan; "" of others.
	LogicalID string
	// Group reports that it is a group.
	Group bool
	// Name and ARN are unknown where the source does not have them, as the account's number.
	Name, ARN, Account Text
	// Inline are the policies within the user and its groups, Attached the ARNs of managed
	// policies, and Boundary is that of the permissions boundary. Not there: none.
	Inline   []Policy
	Attached []Text
	Boundary Text
}

// Policy is a policy that is part of a role.
type Policy struct {
	Name     Text
	Document Document
}

// ManagedPolicy is a customer managed policy.
type ManagedPolicy struct {
	Place source.Place
	// ARN is unknown if the name or the account is.
	Name, Path, ARN Text
	Document        Document
	// Roles are the names of roles that the policy attaches itself to.
	Roles []Text
}

// Provider is an IAM OIDC provider.
type Provider struct {
	Place source.Place
	// URL is as it is written, with its scheme. A list of an account may give
	// the ARN alone; the URL is then "https://" and the end of it.
	URL Text
	// Account is unknown where a template does not tell.
	Account Text
	// ClientIDs are the audiences that it takes. ClientIDsKnown is false if the
	// source does not list them.
	ClientIDs      []Text
	ClientIDsKnown bool
	// Thumbprints are the thumbprints of the certificates that IAM is to trust, where the source has IAM make
	// the provider; none: IAM takes its own.
	Thumbprints []Text
	// Listed reports that the source shows the provider and does not make it.
	Listed bool
}

// ImageRepository is an ECR repository.
type ImageRepository struct {
	Place source.Place
	// Name is unknown if CloudFormation makes it; account and region are where a
	// template does not tell.
	Name, Account, Region Text
	// Policy is the image repository's own. Not There: none, or with a reason in Unknown none
	// that the source shows.
	Policy Document
	// TagMutability is "MUTABLE", "IMMUTABLE", or one of the two with
	// "_WITH_EXCLUSION". Not there: MUTABLE. Exclusions are the filters of the tags for which the other
	// holds then, with "*" for any characters.
	TagMutability Text
	Exclusions    []Text
	Tags          Tags
	// Key is the KMS key that encrypts it, by its ARN, id or alias, as it is to be created. Not there: Amazon's own, or
	// it has been created.
	Key Text
}

// KeepsTag reports whether a tag is known to be immutable.
func (r *ImageRepository) KeepsTag(tag string) bool {
	matches := func(filter Text) bool {
		matched, err := path.Match(filter.Value, tag)
		return err == nil && matched
	}
	switch {
	case r.TagMutability.Is("IMMUTABLE"):
		return true
	case r.TagMutability.Is("IMMUTABLE_WITH_EXCLUSION"):
		return !slices.ContainsFunc(r.Exclusions, func(filter Text) bool { return filter.Unknown != "" || matches(filter) })
	}
	return r.TagMutability.Is("MUTABLE_WITH_EXCLUSION") && slices.ContainsFunc(r.Exclusions, func(filter Text) bool { return filter.Known() && matches(filter) })
}

// FiltersOf returns the filters of a list of objects that have each under the key. A list that is not known
// is one filter that is not.
func FiltersOf(list *source.Node, key string) (filters []Text) {
	if list.Is(source.Unknown) {
		return []Text{TextOf(list, list.Place)}
	}
	for _, filter := range list.Elements() {
		filters = append(filters, TextOf(filter.Get(key), filter.Place))
	}
	return filters
}

// MayBeIn reports whether neither its account nor its region is known to be another than the registry's.
func (r *ImageRepository) MayBeIn(registry identity.Registry) bool {
	return !r.Account.Contradicts(string(registry.Account)) && !r.Region.Contradicts(string(registry.Region))
}

// Deletion is something that a plan deletes.
type Deletion struct {
	Place source.Place
	// ImageRepository is the name of an image repository, and Issuer that of a provider, as it is
	// written; "" of the other.
	ImageRepository, Issuer string
}

// CreationTemplate is an ECR repository creation template: what the image repositories are like that
// Amazon ECR makes itself.
type CreationTemplate struct {
	Place source.Place
	// Prefix begins the names of the image repositories, without the slash behind it; "ROOT" is for
	// all that no other template is for.
	Prefix, Account, Region Text
	// AppliedFor is when Amazon ECR makes them, such as "CREATE_ON_PUSH".
	AppliedFor []Text
	// Policy becomes each one's resource-based policy. Not There: none.
	Policy Document
}

// OnPush reports that Amazon ECR makes image repositories by it when they are first pushed to.
func (t *CreationTemplate) OnPush() bool {
	return slices.ContainsFunc(t.AppliedFor, func(when Text) bool { return when.Is("CREATE_ON_PUSH") })
}

// PullThroughCacheRule is a rule by which Amazon ECR gets images of another registry.
type PullThroughCacheRule struct {
	Place source.Place
	// Prefix begins the names of its image repositories.
	Prefix, Account, Region Text
	// Upstream is the other registry's host name, and Credential the ARN of the secret by which
	// Amazon ECR signs in there. Not there: it needs none.
	Upstream, Credential Text
}

// Cluster is an EKS cluster as "aws eks describe-cluster" shows it.
type Cluster struct {
	Place source.Place
	Name  Text
	// Issuer is as it is written, with its scheme.
	Issuer Text
	// ARN is not There if what shows the cluster leaves it out.
	ARN Text
}

// RegistryPolicy is the policy of all image repositories of an account in a region. For pushes it
// counts if the account setting REGISTRY_POLICY_SCOPE is V2 (Amazon ECR user guide, "Private registry
// permissions").
type RegistryPolicy struct {
	Place           source.Place
	Account, Region Text
	Document        Document
}

// EndpointPolicy is the policy of a VPC endpoint.
type EndpointPolicy struct {
	Place source.Place
	// Name is the endpoint's in its file.
	Name string
	// Service is the service's name for its endpoints, such as "com.amazonaws.us-east-1.ecr.dkr". Not there: the
	// endpoint is for a resource of VPC Lattice, and for no service.
	Service, Account Text
	Document         Document
}

// MayCarry reports whether a request for an action, such as "ecr:PutImage", may go through the endpoint: it is
// of the service, and of the request's region, "" if that is not known. A password for ECR is no request of
// Docker's registry API, which has its own endpoint (Amazon ECR user guide, "Amazon ECR interface VPC
// endpoints").
func (p *EndpointPolicy) MayCarry(action, region string) bool {
	parts := strings.Split(strings.TrimPrefix(p.Service.Value, "cn."), ".")
	service, name, _ := strings.Cut(action, ":")
	return p.Service.Unknown != "" || len(parts) > 3 && strings.TrimSuffix(parts[3], "-fips") == service &&
		(region == "" || strings.Contains(region, "*") || parts[2] == region) &&
		!(name == "GetAuthorizationToken" && parts[len(parts)-1] == "dkr")
}

// OrganizationPolicy is a policy of AWS Organizations.
type OrganizationPolicy struct {
	Place source.Place
	Name  Text
	// Type is the kind of policy as AWS Organizations has it, such as
	// "SERVICE_CONTROL_POLICY".
	Type Text
	// Targets are the accounts, organizational units and roots that it is attached to.
	// TargetsKnown is false if the source does not list them.
	Targets      []Text
	TargetsKnown bool
	Document     Document
}

// Limits reports whether it is a policy of IAM's grammar, which limits what principals may do, or may be
// one: others are about tags, backups and the like.
func (p *OrganizationPolicy) Limits() bool {
	return !p.Type.Known() || p.Type.Is("SERVICE_CONTROL_POLICY") || p.Type.Is("RESOURCE_CONTROL_POLICY")
}

// On reports whether the policy is attached to an account itself, and whether it may limit the account at
// all: to what the account is in, no file says.
func (p *OrganizationPolicy) On(account Text) (attached, possible bool) {
	elsewhere := p.TargetsKnown
	for _, target := range p.Targets {
		attached = attached || account.Known() && target.Is(account.Value)
		isOther := target.Known() && account.Known() && identity.AccountID(target.Value).Check() == nil
		elsewhere = elsewhere && isOther
	}
	return attached, attached || !elsewhere
}
