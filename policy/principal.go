package policy

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
)

// Principal names principals by kind. The zero value names none.
//
// Within an element, "*" in AWS is everyone, with or without credentials:
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
	// CanonicalUser holds canonical user IDs, which Amazon S3 uses.
	CanonicalUser Values `json:",omitempty"`
}

const everybody = "*"

// includes reports how far one name of the caller is in the element, or the
// account of one. Only "*" is a wildcard: part of a name cannot be one. If the caller
// has the role's ARN alone, which session of the role it is remains open.
func (p Principal) includes(caller Principal) answer {
	in := certain(slices.Contains(p.AWS, everybody) ||
		meet(p.Federated, caller.Federated) ||
		meet(p.Service, caller.Service) ||
		meet(p.CanonicalUser, caller.CanonicalUser))
	for _, arn := range caller.AWS {
		in = in.or(certain(slices.Contains(p.AWS, arn) || p.includesAccount(arn)))
	}
	return in.or(p.includesSession(caller))
}

// includesSession reports whether the element names a session of the caller's role, and
// which one the caller has is not known.
func (p Principal) includesSession(caller Principal) answer {
	for _, name := range p.AWS {
		for _, arn := range caller.AWS {
			if isSessionOf(name, arn) && !slices.ContainsFunc(caller.AWS, func(other string) bool { return isSessionOf(other, arn) }) {
				return possibly(fmt.Sprintf("whether the session is %q is known at the request alone", name))
			}
		}
	}
	return answer{}
}

// isSessionOf reports whether the name is the ARN of a session of the role with the ARN.
func isSessionOf(name, role string) bool {
	of, err := identity.ParseRoleARN(role)
	if err != nil {
		return false
	}
	session, err := identity.ParseRoleSession(name)
	return err == nil && session.Partition == of.Partition && session.Account == of.Account && session.Role == of.Name
}

// includesAccount reports whether the account that the ARN is of is in the
// element, as a number or as the ARN of its root. Such an element names
// everyone in the account, and the account's own policies decide whom it allows; evaluating
// those too is left to the caller of Evaluate.
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

// ByName returns the document without the accounts that its statements allow something: for
// an account, that account's own policies decide who is allowed (IAM user guide, "AWS JSON policy
// elements: Principal"). What is left needs no other policy. Statements keep their places.
func (d Document) ByName() Document {
	d.Statement = slices.Clone(d.Statement)
	for i, statement := range d.Statement {
		if statement.Effect != EffectAllow || statement.Principal == nil {
			continue
		}
		principal := *statement.Principal
		principal.AWS = slices.DeleteFunc(slices.Clone(principal.AWS), IsAccount)
		d.Statement[i].Principal = &principal
	}
	return d
}

// IsAccount reports whether the name is that of a whole account: its number, or the ARN
// of its root.
func IsAccount(name string) bool {
	parts := strings.SplitN(name, ":", 6)
	if len(parts) == 1 {
		return name != everybody
	}
	return len(parts) == 6 && parts[2] == "iam" && parts[5] == "root"
}

// includesAll reports how far the element lists every name of the caller and its account,
// as a NotPrincipal has to: AWS looks at account, role and session one after the other
// (IAM user guide, "AWS JSON policy elements: NotPrincipal"). What it makes of some of them
// alone is open. A caller without a name is not listed.
func (p Principal) includesAll(caller Principal) answer {
	if slices.Contains(p.AWS, everybody) {
		return answer{truth: Yes}
	}
	if !caller.named() || !listed(p.Federated, caller.Federated) || !listed(p.Service, caller.Service) || !listed(p.CanonicalUser, caller.CanonicalUser) {
		return answer{}
	}
	all, any := true, p.includesSession(caller).truth == Possibly
	for _, arn := range caller.AWS {
		one, account := slices.Contains(p.AWS, arn), p.includesAccount(arn)
		all, any = all && one && account && !hasSessions(arn, caller), any || one || account
	}
	switch {
	case all:
		return answer{truth: Yes}
	case any:
		return possibly("the IAM user guide does not say what NotPrincipal makes of a principal whose account, role and session it lists in part")
	}
	return answer{}
}

// hasSessions reports whether the ARN is that of a role, and which session of it the
// caller has is not known.
func hasSessions(arn string, caller Principal) bool {
	_, err := identity.ParseRoleARN(arn)
	return err == nil && !slices.ContainsFunc(caller.AWS, func(other string) bool { return isSessionOf(other, arn) })
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
