package preflight

import (
	"fmt"
	"path"
	"strings"

	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// proof is what is known while the facts are judged.
type proof struct {
	facts.Facts
	report Report

	// unrendered means that runners or ServiceAccounts may be in what is not rendered.
	unrendered bool

	serviceAccounts map[string][]*facts.ServiceAccount // by namespace and name
	accountsByName  map[string][]*facts.ServiceAccount
	roles           map[string][]*facts.Role          // by name in lower case
	managed         map[string]*facts.ManagedPolicy   // by ARN
	attachedByName  map[string][]*facts.ManagedPolicy // by the role that it names
	providers       map[string][]*facts.Provider      // by issuer without scheme
	repositories    *access.ImageRepositories
	keyed           map[string][]*facts.KeyValues              // by kind, namespace and name
	rolesByID       map[string]*facts.Role                     // by file and logical id
	associations    map[string][]*facts.PodIdentityAssociation // by namespace and ServiceAccount
	// openAssociations are those whose namespace or ServiceAccount is unknown.
	openAssociations []*facts.PodIdentityAssociation
	// associationsFor are those that EKS takes a role for, targets the ARNs of the roles that
	// these go on to, and leadsTo the roles from which they go on to a role.
	associationsFor map[*facts.Role][]*facts.PodIdentityAssociation
	targets         map[*facts.Role][]string
	leadsTo         map[*facts.Role][]*facts.Role
	permissions     map[*facts.Role]*permissions
	loggedIn        map[*facts.Role]bool
	takers          map[*facts.Role][]*facts.ServiceAccount
	identities      map[*facts.ServiceAccount]*identities
	// budget bounds what the classes of all trust policies cost.
	budget access.Budget
	// trustedHosts are the issuers that roles trust; nil until it is asked.
	trustedHosts map[string]bool
	// explained are conditions that a finding about a ServiceAccount speaks of.
	explained map[source.Place]bool
	// unattached says that a policy would allow pushing and no role has it; "" if
	// there is none such.
	unattached string
	// runners are the workloads that a proof is owed.
	runners []*runner
	// runnersAs are those whose Pods run as a ServiceAccount of the files.
	runnersAs map[*facts.ServiceAccount][]*runner
	// loose is the role that documents in files of their own are taken for.
	loose *facts.Role
}

func newProof(f facts.Facts) *proof {
	p := &proof{
		Facts:           f,
		serviceAccounts: map[string][]*facts.ServiceAccount{},
		accountsByName:  map[string][]*facts.ServiceAccount{},
		roles:           map[string][]*facts.Role{},
		managed:         map[string]*facts.ManagedPolicy{},
		attachedByName:  map[string][]*facts.ManagedPolicy{},
		providers:       map[string][]*facts.Provider{},
		repositories:    access.NewImageRepositories(f.ImageRepositories),
		keyed:           map[string][]*facts.KeyValues{},
		rolesByID:       map[string]*facts.Role{},
		associations:    map[string][]*facts.PodIdentityAssociation{},
		associationsFor: map[*facts.Role][]*facts.PodIdentityAssociation{},
		targets:         map[*facts.Role][]string{},
		leadsTo:         map[*facts.Role][]*facts.Role{},
		permissions:     map[*facts.Role]*permissions{},
		loggedIn:        map[*facts.Role]bool{},
		runnersAs:       map[*facts.ServiceAccount][]*runner{},
		takers:          map[*facts.Role][]*facts.ServiceAccount{},
		explained:       map[source.Place]bool{},
		identities:      map[*facts.ServiceAccount]*identities{},
	}
	for i := range f.ServiceAccounts {
		account := &f.ServiceAccounts[i]
		add(p.serviceAccounts, accountKey(account.Namespace, account.Name.Value), account)
		add(p.accountsByName, account.Name.Value, account)
	}
	for i := range f.Roles {
		add(p.roles, strings.ToLower(f.Roles[i].Name.Value), &f.Roles[i])
		if id := f.Roles[i].LogicalID; id != "" {
			p.rolesByID[f.Roles[i].Place.File+" "+id] = &f.Roles[i]
		}
	}
	for i := range f.PodIdentityAssociations {
		a := &f.PodIdentityAssociations[i]
		if !a.Namespace.Known() || !a.ServiceAccount.Known() {
			p.openAssociations = append(p.openAssociations, a)
			continue
		}
		add(p.associations, accountKey(a.Namespace, a.ServiceAccount.Value), a)
	}
	for i := range f.ManagedPolicies {
		managed := &f.ManagedPolicies[i]
		if managed.ARN.Known() {
			p.managed[managed.ARN.Value] = managed
		}
		for _, role := range managed.Roles {
			add(p.attachedByName, role.Value, managed)
		}
	}
	for i := range f.Providers {
		add(p.providers, issuerHost(f.Providers[i].URL.Value), &f.Providers[i])
	}
	for i := range f.KeyValues {
		object := &f.KeyValues[i]
		add(p.keyed, keyValuesKey(object.Kind, object.Namespace, object.Name), object)
	}
	return p
}

// accountKey tells ServiceAccounts apart. Two objects that name no namespace go to
// the same one, whichever it is.
func accountKey(namespace facts.Text, name string) string {
	if !namespace.There {
		return name
	}
	return namespace.Value + namespace.Unknown + "/" + name
}

func add[V any](index map[string][]V, key string, value V) {
	index[key] = append(index[key], value)
}

// find adds a finding.
func (p *proof) find(kind Kind, at source.Place, problem, fix string, related ...Related) {
	p.report.Findings = append(p.report.Findings, Finding{Kind: kind, Place: at, Problem: problem, Fix: fix, Related: related})
}

// issuerHost is an issuer as provider ARNs and condition keys spell it: without
// scheme, and without the slash that some write at the end.
func issuerHost(url string) string {
	_, host, found := strings.Cut(url, "://")
	if !found {
		host = url
	}
	return strings.TrimSuffix(host, "/")
}

// folder is what is applied together: manifests of one cluster lie in one.
func folder(at source.Place) string {
	return path.Dir(strings.ReplaceAll(at.File, `\`, "/"))
}

// name spells a namespaced name; a namespace that nobody wrote is a question mark.
func name(namespace, name facts.Text) string {
	return spell(namespace) + "/" + spell(name)
}

func spell(text facts.Text) string {
	if !text.Known() {
		return "?"
	}
	return text.Value
}

// list joins at most the first few of many.
func list(values []string) string {
	const most = 8
	if len(values) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(values[:most], ", "), len(values)-most)
	}
	return strings.Join(values, ", ")
}

// quoted joins values in quotes.
func quoted(values []string) string {
	marked := make([]string, len(values))
	for i, value := range values {
		marked[i] = fmt.Sprintf("%q", value)
	}
	return list(marked)
}
