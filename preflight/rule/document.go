package rule

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// use is the purpose of a policy document.
type use int

const (
	useIdentity use = iota
	useTrust
	useRepository
)

// documents looks at each policy document alone.
func documents(v View, report reporter) {
	for i := range v.Roles {
		role := &v.Roles[i]
		checkDocument(&role.Trust, useTrust, report)
		for j := range role.Inline {
			checkDocument(&role.Inline[j].Document, useIdentity, report)
		}
	}
	for i := range v.ManagedPolicies {
		if managed := &v.ManagedPolicies[i]; !index.IsOfAWS(managed.ARN.Value) {
			checkDocument(&managed.Document, useIdentity, report)
			checkVersion(v, &managed.Document, report)
		}
	}
	for i := range v.ImageRepositories {
		checkDocument(&v.ImageRepositories[i].Policy, useRepository, report)
	}
	for i := range v.RegistryPolicies {
		checkGrammar(&v.RegistryPolicies[i].Document, report)
	}
	for i := range v.Organization {
		if v.Organization[i].Limits() {
			checkGrammar(&v.Organization[i].Document, report)
		}
	}
	for i := range v.Documents {
		checkDocument(&v.Documents[i].Document, useOf(v.Documents[i]), report)
	}
	for i := range v.PodIdentityAssociations {
		checkDocument(&v.PodIdentityAssociations[i].SessionPolicy, useIdentity, report)
	}
	for i := range v.Index.Jobs {
		for j := range v.Index.Jobs[i].Assumed {
			checkDocument(&v.Index.Jobs[i].Assumed[j].Session, useIdentity, report)
		}
	}
}

func useOf(loose facts.LooseDocument) use {
	switch {
	case !loose.Trust:
		return useIdentity
	case index.IsTrust(loose):
		return useTrust
	}
	return useRepository
}

func checkGrammar(d *facts.Document, report reporter) {
	if d.Problem != nil {
		report(invalidDocument, d.Problem.Place, d.Problem.What, "write it as the IAM user guide's grammar of policies says")
	}
}

func checkDocument(d *facts.Document, use use, report reporter) {
	if d.Problem != nil {
		checkGrammar(d, report)
		return
	}
	if use != useRepository {
		checkSids(d, report)
	}
	switch use {
	case useTrust:
		checkTrust(d, report)
	case useRepository:
		checkLogin(d, report)
	}
	for i, statement := range d.Policy.Statement {
		if problem := elementProblem(statement, use); problem != "" {
			report(invalidDocument, d.Statement(i), problem, "IAM refuses the document as it is")
		}
		checkActions(d, i, statement, report)
		checkResources(d, i, statement, report)
		checkPrincipals(d, i, statement, report)
	}
}

// checkVersion looks at the version of a managed policy that a template makes: IAM makes
// none of the language's first version, which is also that of a document without one
// (Meteor-CollectionFS issue 630, cloudformation-template-generator pull request 90).
func checkVersion(v View, d *facts.Document, report reporter) {
	made := slices.ContainsFunc(v.Templates, func(t facts.Template) bool { return t.Place.File == d.Place.File })
	if !made || !d.There || d.Unknown != "" || d.Problem != nil || d.Policy.Version == policy.Version || facts.IsUnknown(d.Policy.Version) {
		return
	}
	report(invalidDocument, d.Place, fmt.Sprintf("Version %q: IAM makes no managed policy of it; want Version %s", d.Policy.Version, policy.Version), "write the version into the document")
}

var sid = regexp.MustCompile(`^[A-Za-z0-9]*$`)

// checkSids looks at the names of statements, of which IAM takes letters and digits,
// each name once (IAM user guide, "IAM JSON policy elements: Sid").
func checkSids(d *facts.Document, report reporter) {
	first := map[string]bool{}
	for i, statement := range d.Policy.Statement {
		switch {
		case !sid.MatchString(statement.Sid):
			report(invalidDocument, d.InStatement(i, "Sid"), fmt.Sprintf("Sid %q: want letters and digits", statement.Sid), "rename the statement, or leave Sid out")
		case statement.Sid != "" && first[statement.Sid]:
			report(invalidDocument, d.InStatement(i, "Sid"), fmt.Sprintf("Sid %q is there twice", statement.Sid), "rename one statement, or leave Sid out")
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
		return "an identity-based policy has no Principal: it applies to the role that it is attached to"
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

// checkTrust looks at what IAM refuses in a trust policy alone: NotPrincipal, everybody in any form but
// {"AWS": "*"}, and actions that are not of STS (IAM user guide, "IAM Access Analyzer policy check
// reference", "Role trust policy ..."; aws-cdk issues 5732 and 10994; versitygw, policy.ParseTrust: "AssumeRole
// policy may only specify STS AssumeRole actions").
func checkTrust(d *facts.Document, report reporter) {
	for i, statement := range d.Policy.Statement {
		switch {
		case statement.NotPrincipal != nil:
			report(invalidDocument, d.InStatement(i, "NotPrincipal"), "NotPrincipal: a trust policy has none; want Principal", "name the principals, or deny to all by a condition on aws:PrincipalArn")
		case statement.Principal != nil && slices.Contains(statement.Principal.AWS, "*") && !d.HasInStatement(i, "Principal", "AWS"):
			report(invalidDocument, d.InStatement(i, "Principal"), `Principal "*": IAM refuses it in a trust policy; want {"AWS": "*"}`, `write {"AWS": "*"}`)
		}
		element := "Action"
		if statement.NotAction != nil {
			element = "NotAction"
		}
		for _, action := range slices.Concat(statement.Action, statement.NotAction) {
			if service, _, _ := strings.Cut(action, ":"); !strings.EqualFold(service, "sts") && !facts.IsUnknown(action) {
				report(invalidDocument, d.InStatement(i, element), fmt.Sprintf("action %q: IAM accepts actions of STS alone in a trust policy", action), `write the actions that are meant, such as "sts:AssumeRoleWithWebIdentity"`)
			}
		}
	}
}

// checkLogin looks at the action of the whole registry in an image repository's policy. SetRepositoryPolicy has answered
// "Invalid repository policy provided" (cloudposse/terraform-aws-ecr pull request 67), and terraform-aws-modules/ecr has
// put it into every policy since.
func checkLogin(d *facts.Document, report reporter) {
	for i, statement := range d.Policy.Statement {
		if slices.ContainsFunc(statement.Action, func(action string) bool { return strings.EqualFold(action, chain.Login) }) {
			report(notKnown, d.InStatement(i, "Action"), fmt.Sprintf("whether Amazon ECR accepts action %q in an image repository's policy is not known: it is asked of a registry, and has been refused", chain.Login), "take it out, and allow it in the role's policies")
		}
	}
}

func checkActions(d *facts.Document, i int, statement policy.Statement, report reporter) {
	for _, element := range []struct {
		name   string
		values policy.Values
	}{{"Action", statement.Action}, {"NotAction", statement.NotAction}} {
		for _, action := range element.values {
			if problem := actionProblem(action); problem != "" && !facts.IsUnknown(action) {
				report(unknownAction, d.InStatement(i, element.name), problem, "write the action as AWS does")
			}
		}
	}
}

// checkResources looks at the form of resources (moto, iam/policy_validation.py: "Resource vendor must be fully
// qualified and cannot contain regexes"), and at the image repositories among them: one
// in a region or an account that cannot be is a typing mistake.
func checkResources(d *facts.Document, i int, statement policy.Statement, report reporter) {
	element := "Resource"
	if statement.NotResource != nil {
		element = "NotResource"
	}
	for _, resource := range slices.Concat(statement.Resource, statement.NotResource) {
		if !identity.IsARN(resource) && !strings.HasPrefix(resource, "*") && !facts.IsUnknown(resource) {
			report(invalidDocument, d.InStatement(i, element), fmt.Sprintf("resource %q: IAM accepts ARNs and \"*\" alone%s", resource, arnOfImage(resource)), "write the ARN")
			continue
		}
		if d.Policy.Version == policy.Version && policy.HasEarlyVariable(resource) {
			report(invalidDocument, d.InStatement(i, "Resource"), fmt.Sprintf("resource %q has a policy variable before the fifth colon; IAM accepts them behind it alone", resource), "write the value out")
		}
		parts := strings.SplitN(resource, ":", 6)
		if len(parts) > 1 && (len(parts) == 2 || strings.ContainsAny(parts[2], "*?")) {
			report(invalidDocument, d.InStatement(i, element), fmt.Sprintf("resource %q names no one service, and IAM accepts no wildcard there", resource), `write the service, such as "ecr"`)
		}
		if len(parts) != 6 || parts[2] != "ecr" || strings.ContainsAny(resource, "*?$\uFFFD") {
			continue
		}
		if _, err := identity.ParseImageRepositoryARN(resource); err != nil {
			report(unknownRegion, d.InStatement(i, "Resource"), err.Error(), "write the ARN as ECR shows it")
		}
	}
}

// arnOfImage suggests the ARN of an image repository that is written as docker push is given
// it, "" of anything else.
func arnOfImage(resource string) string {
	host, name, _ := strings.Cut(resource, "/")
	registry, err := identity.ParseRegistry(host)
	if err != nil {
		return ""
	}
	return identity.DidYouMean(identity.ImageRepository{Registry: registry, Name: identity.ImageRepositoryName(name)}.ARN())
}

// uniqueID is how IAM shows a principal that no longer exists.
var uniqueID = regexp.MustCompile(`^A[A-Z0-9]{15,}$`)

// checkPrincipals looks at the form of AWS principals (IAM user guide, "AWS JSON policy
// elements: Principal").
func checkPrincipals(d *facts.Document, i int, statement policy.Statement, report reporter) {
	for _, element := range []struct {
		name      string
		principal *policy.Principal
	}{{"Principal", statement.Principal}, {"NotPrincipal", statement.NotPrincipal}} {
		if element.principal == nil {
			continue
		}
		for _, value := range element.principal.AWS {
			switch at := d.InStatement(i, element.name); {
			case value == "*" || facts.IsUnknown(value):
			case !identity.IsARN(value) && identity.AccountID(value).Check() != nil && !uniqueID.MatchString(value):
				report(invalidDocument, at, fmt.Sprintf("principal %q: want an ARN, an account of 12 digits or \"*\"", value), "write the ARN")
			case strings.ContainsAny(value, "*?"):
				report(invalidDocument, at, fmt.Sprintf("principal %q: AWS accepts no wildcard in part of a principal", value), `name each, or name the account and compare aws:PrincipalArn by ArnLike`)
			case strings.Contains(value, ":group/"):
				report(invalidDocument, at, fmt.Sprintf("principal %q: a group is no principal", value), "name the users, or the account")
			}
		}
	}
}
