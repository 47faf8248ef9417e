package rule

import (
	"fmt"
	"strconv"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// Names.
var (
	badName       = kind("KR092", finding.Error, "name that AWS or Kubernetes refuses")
	unknownRegion = kind("KR095", finding.Error, "unknown region or account")
	mistyped      = kind("KR097", finding.Error, "value of another type")
	misspeltField = kind("KR214", finding.Error, "field or value that the API server does not know")
)

func mistypedValues(v View, report reporter) {
	for _, object := range v.Objects {
		for _, value := range object.Mistyped {
			is, accepts, fix := value.Value, "text", fmt.Sprintf("put it in quotes: %q", value.Value)
			if value.Wants != source.String {
				is, accepts = strconv.Quote(value.Value), value.Wants.String()
				fix = "write " + accepts + ", without quotes"
			}
			switch {
			case value.Wants == source.Map:
				fix = fmt.Sprintf("write an object, such as {name: %s}", value.Value)
			case value.Wants == source.List && value.Value == source.Map.String():
				is, fix = value.Value, "write a list of objects, each behind a hyphen"
			case value.Wants == source.List:
				fix = fmt.Sprintf("write a list: [%q]", value.Value)
			}
			report(mistyped, value.Place, fmt.Sprintf("%s of %s %q is %s, and the API server accepts %s alone", value.Path, object.Kind, facts.Named(object.Namespace, object.Name), is, accepts), fix)
		}
	}
}

// misspeltFields reports fields, and values of fields, that the API server does not know.
func misspeltFields(v View, report reporter) {
	for _, object := range v.Objects {
		for _, field := range object.Misspelt {
			problem, fix := "is no field of the kind: kubectl refuses it, and Helm leaves it out", fmt.Sprintf("write %q", field.Near)
			if field.Value != "" {
				problem = fmt.Sprintf("is %q, and the API server refuses that", field.Value)
			}
			if field.Near == "" {
				fix = "write a value that Kubernetes has"
			}
			name := facts.Named(object.Namespace, object.Name)
			if object.Kind == "Namespace" {
				name = object.Name.String()
			}
			report(misspeltField, field.Place, fmt.Sprintf("%s of %s %q %s", field.Path, object.Kind, name, problem), fix)
		}
	}
}

// objectNames looks at the names of the kinds that the chain is made of.
func objectNames(v View, report reporter) {
	for n := range v.Objects {
		object := &v.Objects[n]
		if object.Namespace.Known() {
			checkName(object.Namespace, identity.Namespace(object.Namespace.Value).Check(), report)
		}
		if !object.Name.Known() {
			continue
		}
		switch object.Kind {
		case "Namespace":
			checkName(object.Name, identity.Namespace(object.Name.Value).Check(), report)
		case "ServiceAccount":
			checkName(object.Name, identity.ServiceAccount(object.Name.Value).Check(), report)
		case "AutoscalingRunnerSet":
			checkName(object.Name, identity.ScaleSet(object.Name.Value).Check(), report)
		case "RunnerDeployment":
			checkName(object.Name, identity.RunnerDeployment(object.Name.Value).Check(), report)
		}
	}
}

// roleNames looks at the names of roles that are to be made: IAM has taken those of an account.
func roleNames(v View, report reporter) {
	for n := range v.Roles {
		role := &v.Roles[n]
		if role.LogicalID == "" {
			continue
		}
		if role.Name.Known() {
			checkName(role.Name, identity.RoleName(role.Name.Value).Check(), report)
		}
		if role.Path.Known() && role.Path.Value != "/" {
			checkName(role.Path, identity.RolePath(role.Path.Value).Check(), report)
		}
	}
	for n := range v.ManagedPolicies {
		if managed := &v.ManagedPolicies[n]; managed.Name.Known() && !index.IsOfAWS(managed.ARN.Value) {
			checkName(managed.Name, identity.PolicyName(managed.Name.Value).Check(), report)
		}
	}
}

func checkName(name facts.Text, err error, report reporter) {
	if err != nil {
		report(badName, name.Place, err.Error(), "choose another name")
	}
}

func imageRepositoryNames(v View, report reporter) {
	for n := range v.ImageRepositories {
		if repository := &v.ImageRepositories[n]; repository.Name.Known() {
			checkName(repository.Name, identity.ImageRepositoryName(repository.Name.Value).Check(), report)
		}
	}
}
