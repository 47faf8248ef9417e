package rule

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
)

// ServiceAccount → role ARN.
var (
	badRoleARN   = kind("KR021", finding.Error, "role ARN that EKS cannot read")
	roleNotThere = kind("KR022", finding.Warning, "role is not among the files")
	otherRole    = kind("KR023", finding.Error, "role ARN is not quite the role's")
)

// rolesFound reports names of roles that are no role's of the files, or not for certain.
func rolesFound(v View, report reporter) {
	for _, pods := range v.Identities {
		for _, found := range pods.Found {
			roleFound(v, found, report)
		}
	}
}

func roleFound(v View, found chain.RoleFound, report reporter) {
	arn, err := identity.ParseRoleARN(found.Written.Value)
	switch found.Problem {
	case chain.ARNUnknown:
		what, fix := "the role's ARN", "write the ARN"
		if found.Association {
			what, fix = "the association's role", "write the role's ARN, or add the file that determines it"
		}
		if found.Place.Resource() != "" {
			fix = `add what "terraform show -json" prints after apply`
		}
		report(roleUnknown, found.Place, fmt.Sprintf("%s is not known: %s", what, found.Written.Unknown), fix)
	case chain.ARNInvalid:
		fix := "write the ARN as IAM shows it"
		if !found.Association {
			fix += "; EKS injects a wrong one silently"
		}
		report(badRoleARN, found.Written.Place, err.Error(), fix)
	case chain.AccountUnknown:
		report(roleUnknown, found.Written.Place,
			fmt.Sprintf("the role's file does not show its account, so it may not be %q: %s", arn.Account, found.Role.Account.Unknown),
			fmt.Sprintf("run keyless check with --account %s if it is deployed there", arn.Account), finding.Related{Place: found.Role.Place, What: "the role"})
	case chain.RoleDiffers:
		report(otherRole, found.Written.Place, fmt.Sprintf("role ARN %q: %s", found.Written.Value, differences(found.Other, arn)),
			"write the ARN of the role that is there, or change the role", finding.Related{Place: found.Other.Place, What: "the role"})
	case chain.RoleMissing:
		missingRole(v, found, arn, report)
	}
}

func missingRole(v View, found chain.RoleFound, arn identity.RoleARN, report reporter) {
	unnamed := v.RolesNamed("")
	hint, fix := "", `add the template that makes it, what "terraform show -json" prints of it`
	if len(unnamed) > 0 {
		of := termsAt(unnamed[0].Place)
		hint = fmt.Sprintf("; %s the name of role %s, so whether it is that is not known", of.Unnamed, unnamed[0].LogicalID)
		fix = of.Name
	}
	fix += `, or give "aws iam get-account-authorization-details" with --iam`
	if near := v.NearRole(arn.Name); near != nil {
		hint = identity.DidYouMean(near.Name.Value)
	}
	report(roleNotThere, found.Written.Place, fmt.Sprintf("role %q is not among the files%s", found.Written.Value, hint), fix)
}

// differences are the parts in which the ARN is not the role's.
func differences(role *facts.Role, arn identity.RoleARN) string {
	var parts []string
	for _, part := range []struct {
		what    string
		role    facts.Text
		written string
	}{
		{"name", role.Name, string(arn.Name)}, {"path", role.Path, string(arn.Path)},
		{"account", role.Account, string(arn.Account)}, {"partition", role.Partition, string(arn.Partition)},
	} {
		if part.role.Contradicts(part.written) {
			parts = append(parts, fmt.Sprintf("the role's %s is %q, the ARN has %q", part.what, part.role.Value, part.written))
		}
	}
	if len(parts) == 0 {
		return "whether it is the role's is not known: " + role.Path.Unknown
	}
	return strings.Join(parts, ", ")
}
