package facts

import (
	"reflect"
	"slices"

	"keyless-runners/preflight/source"
)

// Facts is everything that the files say. The zero value is what no file says.
type Facts struct {
	// From AWS: templates, lists of an account, and documents.
	Templates       []Template
	Roles           []Role
	Users           []User
	ManagedPolicies []ManagedPolicy
	Providers       []Provider
	// ProviderLists are where all providers of an account are listed.
	ProviderLists     []source.Place
	ImageRepositories []ImageRepository
	// ImageRepositoryPages are where an account's image repositories are listed, and not all.
	ImageRepositoryPages []source.Place
	CreationTemplates    []CreationTemplate
	Clusters             []Cluster
	Addons               []Addon
	FargateProfiles      []FargateProfile
	Documents            []LooseDocument
	Unread               []Unread
	RegistryPolicies     []RegistryPolicy
	EndpointPolicies     []EndpointPolicy
	Deletions            []Deletion
	// Organization are policies of AWS Organizations.
	Organization []OrganizationPolicy

	PodIdentityAssociations []PodIdentityAssociation

	// From Kubernetes.
	ServiceAccounts []ServiceAccount
	Namespaces      []Namespace
	Workloads       []Workload
	Autoscalers     []Autoscaler
	KeyValues       []KeyValues
	RBACRoles       []RBACRole
	RBACBindings    []RBACBinding
	Objects         []Object
	Unlisted        []Unlisted

	// From GitHub.
	Jobs []Job

	// From charts, templates and what installs them.
	Unrendered  []Unrendered
	ChartValues []ChartValues

	// From any file.
	Secrets []Secret
	Waivers []Waiver

	// NotLookedAt are the names of files of known kinds in which nothing is looked at.
	NotLookedAt []string
}

// Empty reports whether there is nothing to judge: templates, objects and waivers alone are
// not, but for namespaces, of which the names are.
func (f Facts) Empty() bool {
	if slices.ContainsFunc(f.Objects, func(o Object) bool { return o.Kind == "Namespace" || len(o.Mistyped)+len(o.ServiceAccounts) > 0 }) {
		return false
	}
	f.Templates, f.Objects, f.Waivers = nil, nil, nil
	all := reflect.ValueOf(f)
	for i := range all.NumField() {
		if all.Field(i).Len() > 0 {
			return false
		}
	}
	return true
}

// Add takes over what others say, in their order. They are not used any more after it.
func (f *Facts) Add(others ...*Facts) {
	f.Templates = added(f.Templates, others, func(o *Facts) []Template { return o.Templates })
	f.Roles = added(f.Roles, others, func(o *Facts) []Role { return o.Roles })
	f.Users = added(f.Users, others, func(o *Facts) []User { return o.Users })
	f.ManagedPolicies = added(f.ManagedPolicies, others, func(o *Facts) []ManagedPolicy { return o.ManagedPolicies })
	f.Providers = added(f.Providers, others, func(o *Facts) []Provider { return o.Providers })
	f.ProviderLists = added(f.ProviderLists, others, func(o *Facts) []source.Place { return o.ProviderLists })
	f.ImageRepositories = added(f.ImageRepositories, others, func(o *Facts) []ImageRepository { return o.ImageRepositories })
	f.ImageRepositoryPages = added(f.ImageRepositoryPages, others, func(o *Facts) []source.Place { return o.ImageRepositoryPages })
	f.CreationTemplates = added(f.CreationTemplates, others, func(o *Facts) []CreationTemplate { return o.CreationTemplates })
	f.Clusters = added(f.Clusters, others, func(o *Facts) []Cluster { return o.Clusters })
	f.Addons = added(f.Addons, others, func(o *Facts) []Addon { return o.Addons })
	f.FargateProfiles = added(f.FargateProfiles, others, func(o *Facts) []FargateProfile { return o.FargateProfiles })
	f.PodIdentityAssociations = added(f.PodIdentityAssociations, others, func(o *Facts) []PodIdentityAssociation { return o.PodIdentityAssociations })
	f.Documents = added(f.Documents, others, func(o *Facts) []LooseDocument { return o.Documents })
	f.Unread = added(f.Unread, others, func(o *Facts) []Unread { return o.Unread })
	f.RegistryPolicies = added(f.RegistryPolicies, others, func(o *Facts) []RegistryPolicy { return o.RegistryPolicies })
	f.EndpointPolicies = added(f.EndpointPolicies, others, func(o *Facts) []EndpointPolicy { return o.EndpointPolicies })
	f.Deletions = added(f.Deletions, others, func(o *Facts) []Deletion { return o.Deletions })
	f.Organization = added(f.Organization, others, func(o *Facts) []OrganizationPolicy { return o.Organization })
	f.ServiceAccounts = added(f.ServiceAccounts, others, func(o *Facts) []ServiceAccount { return o.ServiceAccounts })
	f.Namespaces = added(f.Namespaces, others, func(o *Facts) []Namespace { return o.Namespaces })
	f.Workloads = added(f.Workloads, others, func(o *Facts) []Workload { return o.Workloads })
	f.Autoscalers = added(f.Autoscalers, others, func(o *Facts) []Autoscaler { return o.Autoscalers })
	f.KeyValues = added(f.KeyValues, others, func(o *Facts) []KeyValues { return o.KeyValues })
	f.RBACRoles = added(f.RBACRoles, others, func(o *Facts) []RBACRole { return o.RBACRoles })
	f.RBACBindings = added(f.RBACBindings, others, func(o *Facts) []RBACBinding { return o.RBACBindings })
	f.Objects = added(f.Objects, others, func(o *Facts) []Object { return o.Objects })
	f.Unlisted = added(f.Unlisted, others, func(o *Facts) []Unlisted { return o.Unlisted })
	f.Jobs = added(f.Jobs, others, func(o *Facts) []Job { return o.Jobs })
	f.Unrendered = added(f.Unrendered, others, func(o *Facts) []Unrendered { return o.Unrendered })
	f.ChartValues = added(f.ChartValues, others, func(o *Facts) []ChartValues { return o.ChartValues })
	f.Secrets = added(f.Secrets, others, func(o *Facts) []Secret { return o.Secrets })
	f.Waivers = added(f.Waivers, others, func(o *Facts) []Waiver { return o.Waivers })
	f.NotLookedAt = added(f.NotLookedAt, others, func(o *Facts) []string { return o.NotLookedAt })
}

// added is one list of facts with those of others. They may be many, so it grows once.
func added[T any](all []T, others []*Facts, of func(*Facts) []T) []T {
	if all == nil && len(others) == 1 {
		return of(others[0])
	}
	more := 0
	for _, other := range others {
		more += len(of(other))
	}
	all = slices.Grow(all, more)
	for _, other := range others {
		all = append(all, of(other)...)
	}
	return all
}

// Secret is a value that looks like a key that must not be in a file.
type Secret struct {
	// What says what it looks like, such as "an AWS access key id". The value
	// itself is nowhere in the facts, so that no report can show it.
	What  string
	Place source.Place
}

// Waiver says that somebody looked at a finding and lets it stand.
type Waiver struct {
	// ID is the finding's, such as "KR012".
	ID     string
	Reason string
	Place  source.Place
	// First and Last are the lines of the file, both included, in which findings
	// are waived.
	First, Last int
}
