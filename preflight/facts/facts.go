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
	PullThroughCaches    []PullThroughCacheRule
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
	Quotas          []Quota
	EgressPolicies  []EgressPolicy
	LimitRanges     []LimitRange

	AdmissionPolicies []AdmissionPolicy
	PolicyExceptions  []PolicyException

	Workloads    []Workload
	Autoscalers  []Autoscaler
	KeyValues    []KeyValues
	RBACRoles    []RBACRole
	RBACBindings []RBACBinding
	Objects      []Object
	Unlisted     []Unlisted

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
	if slices.ContainsFunc(f.Objects, func(o Object) bool {
		return o.Kind == "Namespace" || len(o.Mistyped)+len(o.Misspelt)+len(o.ServiceAccounts) > 0
	}) {
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
	all := reflect.ValueOf(f).Elem()
	for i := range all.NumField() {
		field, more := all.Field(i), []reflect.Value(nil)
		size := 0
		for _, other := range others {
			if values := reflect.ValueOf(other).Elem().Field(i); values.Len() > 0 {
				more, size = append(more, values), size+values.Len()
			}
		}
		if field.Len() == 0 && len(more) == 1 {
			field.Set(more[0])
			continue
		}
		field.Grow(size) // once, since they may be many
		for _, values := range more {
			field.Set(reflect.AppendSlice(field, values))
		}
	}
}

// Secret is a value that looks like a key that must not be in a file.
type Secret struct {
	// What says what it looks like, such as "an AWS access key id". The value
	// itself is nowhere in the facts, so that no report can show it.
	What  string
	Place source.Place
}

// Waiver says that someone looked at a finding and lets it stand.
type Waiver struct {
	// ID is the finding's, such as "KR012".
	ID     string
	Reason string
	Place  source.Place
	// First and Last are the lines of the file, both included, in which findings
	// are waived.
	First, Last int
}
