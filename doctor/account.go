package doctor

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// compareAccounts finds what of AWS is otherwise than the files have it.
func (e *examination) compareAccounts() {
	for i := range e.declared.Roles {
		e.compareRole(&e.declared.Roles[i])
	}
	for i := range e.declared.ManagedPolicies {
		e.compareManagedPolicy(&e.declared.ManagedPolicies[i])
	}
	for i := range e.declared.Providers {
		e.compareProvider(&e.declared.Providers[i])
	}
	for i := range e.declared.ImageRepositories {
		e.compareImageRepository(&e.declared.ImageRepositories[i])
	}
	for i := range e.declared.PullThroughCaches {
		e.comparePullThroughCache(&e.declared.PullThroughCaches[i])
	}
	for i := range e.declared.CreationTemplates {
		e.compareCreationTemplate(&e.declared.CreationTemplates[i])
	}
	for i := range e.declared.PodIdentityAssociations {
		e.compareAssociation(&e.declared.PodIdentityAssociations[i])
	}
	e.findAssociations()
}

// has reports whether a document was read.
func (e *examination) has(name string) bool {
	for _, document := range e.reading.Documents {
		if document.Name == name {
			return true
		}
	}
	return false
}

// accountOf is the account of a fact; the one that was read, if the files do not determine it.
func (e *examination) accountOf(account facts.Text) string {
	if !account.Known() && len(e.reading.Accounts) == 1 {
		return string(e.reading.Accounts[0])
	}
	return account.Value
}

func (e *examination) compareRole(declared *facts.Role) {
	account := e.accountOf(declared.Account)
	if !declared.Name.Known() || !e.has("live:iam/"+account+"/roles-and-policies") {
		e.passOver("the role of %s: its name or account is not known, or was not read", declared.Place)
		return
	}
	i := slices.IndexFunc(e.live.Roles, func(r facts.Role) bool {
		return strings.EqualFold(r.Name.Value, declared.Name.Value) && r.Account.Is(account)
	})
	title := fmt.Sprintf("role %q of account %s", declared.Name.Value, account)
	if i < 0 {
		e.drifts("role-missing", "%s is not there; %s has it", title, declared.Place)
		return
	}
	deployed := &e.live.Roles[i]
	e.compareText("role-path", title, "path", deployed.Path, declared.Path)
	e.compareDocument("trust-policy", title+" has another trust policy", &deployed.Trust, &declared.Trust)
	e.compareInline(title, deployed, declared)
	e.compareAttached(title, deployed, declared)
	e.compareText("permissions-boundary", title, "permissions boundary", deployed.Boundary, declared.Boundary)
}

func (e *examination) compareInline(title string, deployed, declared *facts.Role) {
	named := func(policies []facts.Policy, name facts.Text) *facts.Policy {
		i := slices.IndexFunc(policies, func(p facts.Policy) bool { return p.Name.Same(name) })
		if i < 0 {
			return nil
		}
		return &policies[i]
	}
	for i := range declared.Inline {
		policy := &declared.Inline[i]
		switch live := named(deployed.Inline, policy.Name); {
		case !policy.Name.Known():
		case live == nil:
			e.drifts("inline-policy-missing", "%s lacks inline policy %q, which %s has", title, policy.Name, policy.Document.Place)
		default:
			e.compareDocument("inline-policy", fmt.Sprintf("%s has another inline policy %q", title, policy.Name), &live.Document, &policy.Document)
		}
	}
	for _, policy := range deployed.Inline {
		if named(declared.Inline, policy.Name) == nil {
			e.drifts("inline-policy-added", "%s has inline policy %q, and %s has not", title, policy.Name, declared.Place)
		}
	}
}

// compareAttached compares the managed policies of a role, which is attached by it or by the
// policy.
func (e *examination) compareAttached(title string, deployed, declared *facts.Role) {
	var wanted []string
	for _, arn := range declared.Attached {
		if !arn.Known() {
			e.passOver("the managed policies of the role of %s, of which one is not known", declared.Place)
			return
		}
		wanted = append(wanted, arn.Value)
	}
	for _, policy := range e.declared.ManagedPolicies {
		if slices.ContainsFunc(policy.Roles, func(role facts.Text) bool { return role.Same(declared.Name) }) && policy.ARN.Known() {
			wanted = append(wanted, policy.ARN.Value)
		}
	}
	var attached []string
	for _, arn := range deployed.Attached {
		attached = append(attached, arn.Value)
	}
	for _, arn := range wanted {
		if !slices.Contains(attached, arn) {
			e.drifts("managed-policy-detached", "%s lacks managed policy %q, which %s attaches", title, arn, declared.Place)
		}
	}
	for _, arn := range attached {
		if !slices.Contains(wanted, arn) {
			e.drifts("managed-policy-attached", "%s has managed policy %q, and %s attaches none of that name", title, arn, declared.Place)
		}
	}
}

func (e *examination) compareManagedPolicy(declared *facts.ManagedPolicy) {
	parts := strings.Split(declared.ARN.Value, ":")
	if !declared.ARN.Known() || len(parts) < 6 || !e.has("live:iam/"+parts[4]+"/roles-and-policies") {
		e.passOver("the managed policy of %s: its name or account is not known, or was not read", declared.Place)
		return
	}
	i := slices.IndexFunc(e.live.ManagedPolicies, func(p facts.ManagedPolicy) bool { return p.ARN.Same(declared.ARN) })
	if i < 0 {
		e.drifts("managed-policy-missing", "managed policy %q is not there; %s has it", declared.ARN.Value, declared.Place)
		return
	}
	e.compareDocument("managed-policy", fmt.Sprintf("managed policy %q says something else", declared.ARN.Value), &e.live.ManagedPolicies[i].Document, &declared.Document)
}

func (e *examination) compareProvider(declared *facts.Provider) {
	account, host := e.accountOf(declared.Account), index.IssuerHost(declared.URL.Value)
	if declared.Listed {
		return
	}
	if !declared.URL.Known() || !e.has("live:iam/"+account+"/open-id-connect-providers") {
		e.passOver("the OIDC provider of %s: its issuer or account is not known, or was not read", declared.Place)
		return
	}
	i := slices.IndexFunc(e.live.Providers, func(p facts.Provider) bool {
		return index.IssuerHost(p.URL.Value) == host && p.Account.Is(account)
	})
	if i < 0 {
		e.drifts("provider-missing", "account %s has no OIDC provider of issuer %q; %s has it", account, declared.URL.Value, declared.Place)
		return
	}
	if deployed := e.live.Providers[i]; deployed.ClientIDsKnown && declared.ClientIDsKnown {
		e.compareSets("provider-client-ids", fmt.Sprintf("the OIDC provider of issuer %q in account %s has other client ids", declared.URL.Value, account), valuesOf(deployed.ClientIDs), valuesOf(declared.ClientIDs), declared.Place.String())
	}
}

func (e *examination) compareImageRepository(declared *facts.ImageRepository) {
	account := e.accountOf(declared.Account)
	if !declared.Name.Known() || !declared.Region.Known() || !e.has("live:ecr/"+account+"/"+declared.Region.Value+"/repositories") {
		e.passOver("the image repository of %s: its name or registry is not known, or was not read", declared.Place)
		return
	}
	i := slices.IndexFunc(e.live.ImageRepositories, func(r facts.ImageRepository) bool {
		return r.Name.Same(declared.Name) && r.Region.Same(declared.Region) && r.Account.Is(account)
	})
	title := fmt.Sprintf("image repository %q of account %s in %s", declared.Name.Value, account, declared.Region.Value)
	if i < 0 {
		e.drifts("image-repository-missing", "%s is not there; %s has it", title, declared.Place)
		return
	}
	deployed, wanted := &e.live.ImageRepositories[i], declared.TagMutability
	if !wanted.There {
		wanted.Value, wanted.There, wanted.Place = "MUTABLE", true, declared.Place
	}
	e.compareText("tag-mutability", title, "tag mutability", deployed.TagMutability, wanted)
	e.compareDocument("image-repository-policy", title+" has another policy", &deployed.Policy, &declared.Policy)
}

// valuesOf returns the values of texts.
func valuesOf(texts []facts.Text) []string {
	var found []string
	for _, text := range texts {
		found = append(found, text.String())
	}
	return found
}
