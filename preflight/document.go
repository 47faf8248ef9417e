package preflight

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// use is what a policy document is for.
type use int

const (
	useIdentity use = iota
	useTrust
	useRepository
)

// checkDocuments looks at each policy document by itself.
func (p *proof) checkDocuments() {
	for i := range p.Roles {
		role := &p.Roles[i]
		p.checkDocument(&role.Trust, useTrust)
		for j := range role.Inline {
			p.checkDocument(&role.Inline[j].Document, useIdentity)
		}
	}
	for i := range p.ManagedPolicies {
		if managed := &p.ManagedPolicies[i]; !isOfAWS(managed.ARN.Value) {
			p.checkDocument(&managed.Document, useIdentity)
			p.checkVersion(&managed.Document)
		}
	}
	for i := range p.ImageRepositories {
		p.checkDocument(&p.ImageRepositories[i].Policy, useRepository)
	}
	for i := range p.Organization {
		if limit := &p.Organization[i].Document; limit.Problem != nil {
			p.find(invalidDocument, limit.Problem.Place, limit.Problem.What, "write it as the IAM user guide's grammar of policies says")
		}
	}
	for i := range p.Documents {
		p.checkDocument(&p.Documents[i].Document, useOf(p.Documents[i]))
	}
}

func useOf(loose facts.LooseDocument) use {
	switch {
	case !loose.Trust:
		return useIdentity
	case isTrust(loose):
		return useTrust
	}
	return useRepository
}

func (p *proof) checkDocument(d *facts.Document, use use) {
	if d.Problem != nil {
		p.find(invalidDocument, d.Problem.Place, d.Problem.What, "write it as the IAM user guide's grammar of policies says")
		return
	}
	if use != useRepository {
		p.checkSids(d)
	}
	for i, statement := range d.Policy.Statement {
		if problem := elementProblem(statement, use); problem != "" {
			p.find(invalidDocument, d.Statement(i), problem, "IAM refuses the document as it is")
		}
		p.checkActions(d, i, statement)
		p.checkResources(d, i, statement)
		if use == useTrust {
			p.checkIssuers(d, i, statement)
		}
	}
}

// checkVersion looks at the version of a managed policy that a template makes: IAM makes
// none of the language's first version, which is also that of a document without one
// (Meteor-CollectionFS issue 630, cloudformation-template-generator pull request 90).
func (p *proof) checkVersion(d *facts.Document) {
	made := slices.ContainsFunc(p.Templates, func(t facts.Template) bool { return t.Place.File == d.Place.File })
	if !made || !d.There || d.Unknown != "" || d.Problem != nil || d.Policy.Version == policy.Version || facts.IsUnknown(d.Policy.Version) {
		return
	}
	p.find(invalidDocument, d.Place, fmt.Sprintf("Version %q: IAM makes no managed policy of it; want Version %s", d.Policy.Version, policy.Version), "write the version into the document")
}

var sid = regexp.MustCompile(`^[A-Za-z0-9]*$`)

// checkSids looks at the names of statements, of which IAM takes letters and digits,
// each name once (IAM user guide, "IAM JSON policy elements: Sid").
func (p *proof) checkSids(d *facts.Document) {
	first := map[string]bool{}
	for i, statement := range d.Policy.Statement {
		switch {
		case !sid.MatchString(statement.Sid):
			p.find(invalidDocument, d.InStatement(i, "Sid"), fmt.Sprintf("Sid %q: want letters and digits", statement.Sid), "rename the statement, or leave Sid out")
		case statement.Sid != "" && first[statement.Sid]:
			p.find(invalidDocument, d.InStatement(i, "Sid"), fmt.Sprintf("Sid %q is there twice", statement.Sid), "rename one statement, or leave Sid out")
		}
		first[statement.Sid] = true
	}
}

// elementProblem says which element a statement has that its use does not allow, or
// lacks; "" if neither.
func elementProblem(statement policy.Statement, use use) string {
	principal := statement.Principal != nil || statement.NotPrincipal != nil
	resource := statement.Resource != nil || statement.NotResource != nil
	switch {
	case use == useIdentity && principal:
		return "a policy of a role has no Principal: whoever has the role is"
	case use == useIdentity && !resource:
		return "Resource is missing; want the ARNs that the statement is about"
	case use == useTrust && !principal:
		return "Principal is missing; want who may take the role"
	case use == useTrust && resource:
		return "a trust policy has no Resource: the role is"
	case use == useRepository && !principal:
		return "Principal is missing; want who may use the image repository"
	case use == useRepository && resource:
		return "an image repository's policy has no Resource: the image repository is"
	}
	return ""
}

func (p *proof) checkActions(d *facts.Document, i int, statement policy.Statement) {
	for _, element := range []struct {
		name   string
		values policy.Values
	}{{"Action", statement.Action}, {"NotAction", statement.NotAction}} {
		for _, action := range element.values {
			if problem := actionProblem(action); problem != "" {
				p.find(unknownAction, d.InStatement(i, element.name), problem, "write the action as AWS does")
			}
		}
	}
}

// checkResources looks at image repositories that a statement spells: one in a
// region or an account that cannot be is a typing mistake.
func (p *proof) checkResources(d *facts.Document, i int, statement policy.Statement) {
	for _, resource := range slices.Concat(statement.Resource, statement.NotResource) {
		if d.Policy.Version == policy.Version && policy.HasEarlyVariable(resource) {
			p.find(invalidDocument, d.InStatement(i, "Resource"), fmt.Sprintf("resource %q has a policy variable before the fifth colon; IAM accepts them behind it alone", resource), "write the value out")
		}
		parts := strings.SplitN(resource, ":", 6)
		if len(parts) != 6 || parts[2] != "ecr" || strings.ContainsAny(resource, "*?$\uFFFD") {
			continue
		}
		if _, err := identity.ParseImageRepositoryARN(resource); err != nil {
			p.find(unknownRegion, d.InStatement(i, "Resource"), err.Error(), "write the ARN as ECR shows it")
		}
	}
}

// checkIssuers looks whether the condition keys of a trust policy are of the
// providers that it names: a key of another is in no token that they give.
func (p *proof) checkIssuers(d *facts.Document, i int, statement policy.Statement) {
	if statement.Effect != policy.EffectAllow || statement.Principal == nil {
		return
	}
	var named []string
	for _, arn := range statement.Principal.Federated {
		if _, host, oidc := strings.Cut(arn, ":oidc-provider/"); oidc {
			named = append(named, issuerHost(host))
		}
	}
	for _, operator := range slices.Sorted(maps.Keys(statement.Condition)) {
		for _, key := range slices.Sorted(maps.Keys(statement.Condition[operator])) {
			issuer, claim := cutKey(key)
			if claim != "sub" && claim != "aud" || len(named) == 0 || slices.ContainsFunc(named, func(host string) bool { return strings.EqualFold(host, issuer) }) {
				continue
			}
			p.find(otherKey, d.InStatement(i, "Condition", operator, key),
				fmt.Sprintf("condition key %q is of issuer %q, the principal of %s", key, issuer, quoted(named)),
				"write one issuer, without https://, in both")
		}
	}
}
