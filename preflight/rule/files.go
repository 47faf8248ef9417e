package rule

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
)

// The files as a whole.
var (
	noWorkload       = kind("KR001", finding.Warning, "no runner among the files")
	definedTwice     = kind("KR004", finding.Error, "one name, two definitions")
	invalidDocument  = kind("KR005", finding.Error, "policy document that IAM refuses")
	unknownAction    = kind("KR006", finding.Error, "unknown action")
	refusedTemplate  = kind("KR215", finding.Error, "template that CloudFormation refuses")
	accountsDisagree = kind("KR007", finding.Error, "template of two accounts")
	looseDocument    = kind("KR008", finding.Note, "document taken for the role's")
)

func noRunners(v View, report reporter) {
	if len(v.Runners) == 0 && !v.MayLackObjects() {
		report(noWorkload, v.Start(), "no runner is among the files, so no chain is proved",
			"add the RunnerDeployment, or whatever makes the runners' Pods, and its ServiceAccount")
	}
}

// unlistedObjects reports kinds of objects of which there may be more than is known.
func unlistedObjects(v View, report reporter) {
	for _, u := range v.Unlisted {
		report(notKnown, u.Place, fmt.Sprintf("%s could not be listed, so whether one is missing is not known", u.What), "allow it to be listed")
	}
}

func templates(v View, report reporter) {
	for n := range v.Templates {
		template := &v.Templates[n]
		templateSize(template, report)
		for _, refusal := range template.Refusals {
			report(refusedTemplate, refusal.Place, "CloudFormation makes nothing of the template: "+refusal.Value, "correct it; cfn-lint finds more of the kind")
		}
		for _, resource := range template.Conditional {
			report(notKnown, resource.Place, fmt.Sprintf("whether resource %s is made is not known: %s", resource.Value, resource.Unknown), whereFrom(resource.Unknown))
		}
		for _, generated := range template.Generated {
			report(notKnown, generated.Place, fmt.Sprintf("what %q makes of the template is in no file and was not looked at", generated),
				"check the template that CloudFormation made of it: aws cloudformation get-template --template-stage Processed")
		}
		// Literals put one template into two places.
		if len(template.Conflicts) > 1 {
			first, second := template.Conflicts[0], template.Conflicts[1]
			report(accountsDisagree, second.Place, fmt.Sprintf("the template is deployed in one account and one region, and names %q here and %q on line %d", second.Value, first.Value, first.Place.Line),
				"name one, or say which with --account and --region", finding.Related{Place: first.Place, What: "the other"})
		}
	}
}

func objectsDefinedTwice(v View, report reporter) {
	first := map[string]*facts.Object{}
	for n := range v.Objects {
		object := &v.Objects[n]
		key := strings.Join([]string{index.Folder(object.Place), object.Group, object.Kind, object.Namespace.Value, object.Name.Value}, "\n")
		if before := first[key]; before != nil && before.Hash != object.Hash && object.Name.Known() {
			report(definedTwice, object.Place, fmt.Sprintf("%s %q is defined twice, and kubectl lets the last one win", object.Kind, facts.Named(object.Namespace, object.Name)),
				"rename one", finding.Related{Place: before.Place, What: "the other"})
		}
		first[key] = object
	}
}

func rolesDefinedTwice(v View, report reporter) {
	first := map[string]*facts.Role{}
	for n := range v.Roles {
		role := &v.Roles[n]
		if !role.Name.Known() {
			continue
		}
		key := role.Account.Value + " " + strings.ToLower(role.Name.Value)
		// A role of a template may be the same that a list of the account shows.
		if before := first[key]; before != nil && (before.LogicalID == "") == (role.LogicalID == "") {
			report(definedTwice, role.Place, fmt.Sprintf("an account has one role %q, whatever its path and its case, and the files define it twice", role.Name.Value),
				"rename one", finding.Related{Place: before.Place, What: "the other"})
		}
		first[key] = role
	}
}

func policiesDefinedTwice(v View, report reporter) {
	first := map[string]*facts.ManagedPolicy{}
	for n := range v.ManagedPolicies {
		managed := &v.ManagedPolicies[n]
		for _, role := range managed.Roles {
			if role.Unknown != "" {
				report(notKnown, managed.Place, "whose policy this is is not known: "+role.Unknown, whereFrom(role.Unknown))
			}
		}
		key := managed.Place.File + " " + managed.ARN.Value
		if before := first[key]; before != nil && managed.ARN.Known() {
			report(definedTwice, managed.Place, fmt.Sprintf("the file defines managed policy %q twice", managed.ARN.Value), "rename one", finding.Related{Place: before.Place, What: "the other"})
		}
		first[key] = managed
	}
}

func imageRepositoriesDefinedTwice(v View, report reporter) {
	first := map[string]*facts.ImageRepository{}
	for n := range v.ImageRepositories {
		repository := &v.ImageRepositories[n]
		key := strings.Join([]string{repository.Place.File, repository.Account.Value, repository.Region.Value, repository.Name.Value}, "\n")
		if before := first[key]; before != nil && repository.Name.Known() {
			report(definedTwice, repository.Place, fmt.Sprintf("the file defines image repository %q twice", repository.Name.Value), "rename one", finding.Related{Place: before.Place, What: "the other"})
		}
		first[key] = repository
	}
}

func associationsDefinedTwice(v View, report reporter) {
	first := map[string]*facts.PodIdentityAssociation{}
	for n := range v.PodIdentityAssociations {
		a := &v.PodIdentityAssociations[n]
		if !a.Namespace.Known() || !a.ServiceAccount.Known() {
			continue
		}
		key := strings.Join([]string{a.Place.File, a.Cluster.Value, a.Cluster.Unknown, a.Region.Value, a.Account.Value, facts.Named(a.Namespace, a.ServiceAccount)}, "\n")
		if before := first[key]; before != nil {
			report(definedTwice, a.Place, fmt.Sprintf("a ServiceAccount has one association in a cluster, and the file defines two of %q in %q", facts.Named(a.Namespace, a.ServiceAccount), a.Cluster),
				"keep one", finding.Related{Place: before.Place, What: "the other"})
		}
		first[key] = a
	}
}

// looseDocuments reports what the documents in separate files were taken for. Those that
// belong to nothing among the files are noted, but for those that are reported as refused.
func looseDocuments(v View, report reporter) {
	if v.Loose != nil {
		report(looseDocument, v.Loose.Place, fmt.Sprintf("taken as the trust policy of role %q, and the other policies as what that may do", v.Loose.ARN()),
			"no action is needed if they are")
		return
	}
	for _, loose := range v.Documents {
		if loose.Document.Problem == nil {
			report(notLookedAt, loose.Document.Place, "no file shows what this policy document belongs to, so it is not judged", "add the file of what it belongs to")
		}
	}
}
