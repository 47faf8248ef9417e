package facts

import "keyless-runners/preflight/source"

// Facts is everything that the files say. The zero value is what no file says.
type Facts struct {
	// From AWS: templates, lists of an account, and documents.
	Templates         []Template
	Roles             []Role
	ManagedPolicies   []ManagedPolicy
	Providers         []Provider
	ImageRepositories []ImageRepository
	Clusters          []Cluster
	Addons            []Addon
	FargateProfiles   []FargateProfile
	Documents         []LooseDocument
	Unread            []Unread
	// Organization are policies of AWS Organizations.
	Organization []OrganizationPolicy

	PodIdentityAssociations []PodIdentityAssociation

	// From Kubernetes.
	ServiceAccounts []ServiceAccount
	Workloads       []Workload
	Autoscalers     []Autoscaler
	KeyValues       []KeyValues
	RBACRoles       []RBACRole
	RBACBindings    []RBACBinding
	Objects         []Object

	// From GitHub.
	Jobs []Job

	// From charts, templates and what installs them.
	Unrendered []Unrendered

	// From any file.
	Secrets []Secret
	Waivers []Waiver
}

// Add takes over what other files say.
func (f *Facts) Add(other Facts) {
	f.Templates = append(f.Templates, other.Templates...)
	f.Roles = append(f.Roles, other.Roles...)
	f.ManagedPolicies = append(f.ManagedPolicies, other.ManagedPolicies...)
	f.Providers = append(f.Providers, other.Providers...)
	f.ImageRepositories = append(f.ImageRepositories, other.ImageRepositories...)
	f.Clusters = append(f.Clusters, other.Clusters...)
	f.Addons = append(f.Addons, other.Addons...)
	f.FargateProfiles = append(f.FargateProfiles, other.FargateProfiles...)
	f.PodIdentityAssociations = append(f.PodIdentityAssociations, other.PodIdentityAssociations...)
	f.Documents = append(f.Documents, other.Documents...)
	f.Unread = append(f.Unread, other.Unread...)
	f.Organization = append(f.Organization, other.Organization...)
	f.ServiceAccounts = append(f.ServiceAccounts, other.ServiceAccounts...)
	f.Workloads = append(f.Workloads, other.Workloads...)
	f.Autoscalers = append(f.Autoscalers, other.Autoscalers...)
	f.KeyValues = append(f.KeyValues, other.KeyValues...)
	f.RBACRoles = append(f.RBACRoles, other.RBACRoles...)
	f.RBACBindings = append(f.RBACBindings, other.RBACBindings...)
	f.Objects = append(f.Objects, other.Objects...)
	f.Jobs = append(f.Jobs, other.Jobs...)
	f.Unrendered = append(f.Unrendered, other.Unrendered...)
	f.Secrets = append(f.Secrets, other.Secrets...)
	f.Waivers = append(f.Waivers, other.Waivers...)
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
