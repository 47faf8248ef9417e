package policy

import (
	"slices"
	"strings"
)

// Principal names identities by kind. The zero value names nobody.
//
// Within an element, "*" in AWS is everybody, with or without credentials:
// Parse reads the element "*" as that, because AWS calls them equivalent (IAM
// user guide, "AWS JSON policy elements: Principal").
type Principal struct {
	// AWS holds ARNs of accounts, roles, role sessions and users, and account
	// numbers.
	AWS Values `json:",omitempty"`
	// Federated holds ARNs of identity providers.
	Federated Values `json:",omitempty"`
	// Service holds the names of AWS services.
	Service Values `json:",omitempty"`
	// CanonicalUser holds canonical user IDs, which Amazon S3 knows.
	CanonicalUser Values `json:",omitempty"`
}

const everybody = "*"

// includes reports whether one name of the caller is in the element, or the
// account of one. Only "*" is a wildcard: part of a name cannot be one.
func (p Principal) includes(caller Principal) bool {
	return slices.Contains(p.AWS, everybody) ||
		slices.ContainsFunc(caller.AWS, p.includesARN) ||
		meet(p.Federated, caller.Federated) ||
		meet(p.Service, caller.Service) ||
		meet(p.CanonicalUser, caller.CanonicalUser)
}

func (p Principal) includesARN(arn string) bool {
	return slices.Contains(p.AWS, arn) || p.includesAccount(arn)
}

// includesAccount reports whether the account that the ARN is of is in the
// element, as a number or as the ARN of its root. Such an element speaks of
// everybody in the account but leaves it to the account's own policies whom to
// allow; asking them too is for the caller of Evaluate.
func (p Principal) includesAccount(arn string) bool {
	caller := strings.SplitN(arn, ":", 6)
	if len(caller) != 6 {
		return false
	}
	return slices.ContainsFunc(p.AWS, func(name string) bool {
		root := strings.SplitN(name, ":", 6)
		if len(root) == 1 {
			return name == caller[4]
		}
		return len(root) == 6 && root[5] == "root" && root[1] == caller[1] && root[2] == "iam" && root[4] == caller[4]
	})
}

// ByName is the document without the accounts that its statements allow something: a
// statement that names an account leaves it to that account's own policies whom to
// allow (IAM user guide, "AWS JSON policy elements: Principal"). What is left allows by
// itself. Statements keep their places.
func (d Document) ByName() Document {
	d.Statement = slices.Clone(d.Statement)
	for i, statement := range d.Statement {
		if statement.Effect != EffectAllow || statement.Principal == nil {
			continue
		}
		principal := *statement.Principal
		principal.AWS = slices.DeleteFunc(slices.Clone(principal.AWS), isAccount)
		d.Statement[i].Principal = &principal
	}
	return d
}

// isAccount says whether the name is that of a whole account: its number, or the ARN
// of its root.
func isAccount(name string) bool {
	parts := strings.SplitN(name, ":", 6)
	if len(parts) == 1 {
		return name != everybody
	}
	return len(parts) == 6 && parts[2] == "iam" && parts[5] == "root"
}

// spares reports whether the element, read as a NotPrincipal, leaves the caller
// out. It must list every name of the caller and its account too: AWS looks at
// account, role and session one after the other (IAM user guide, "AWS JSON
// policy elements: NotPrincipal"). Somebody without a name is not listed.
func (p Principal) spares(caller Principal) bool {
	if slices.Contains(p.AWS, everybody) {
		return true
	}
	for _, arn := range caller.AWS {
		if !slices.Contains(p.AWS, arn) || !p.includesAccount(arn) {
			return false
		}
	}
	return caller.named() &&
		listed(p.Federated, caller.Federated) &&
		listed(p.Service, caller.Service) &&
		listed(p.CanonicalUser, caller.CanonicalUser)
}

func (p Principal) named() bool {
	return len(p.AWS)+len(p.Federated)+len(p.Service)+len(p.CanonicalUser) > 0
}

// meet reports whether the element has one of the names.
func meet(element, names Values) bool {
	return slices.ContainsFunc(names, func(name string) bool { return lists(element, name) })
}

// listed reports whether the element has all of the names.
func listed(element, names Values) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !lists(element, name) })
}

func lists(element Values, name string) bool {
	return slices.Contains(element, name) || slices.Contains(element, everybody)
}
