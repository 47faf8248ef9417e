// Package verdict decides by what is deployed whether a principal may do something, as
// IAM does, and says which policy decided.
package verdict

import (
	"fmt"

	"keyless-runners/policy"
)

// Kind is a kind of policy, in the words that IAM has for it in its denials (IAM user
// guide, "Troubleshoot access denied error messages").
type Kind string

const (
	Identity      Kind = "identity-based policy"
	Resource      Kind = "resource-based policy"
	Boundary      Kind = "permissions boundary"
	SessionPolicy Kind = "session policy"
	RoleTrust     Kind = "role trust policy"
)

// Verdict is how a request was decided. The zero value is a refusal without a reason.
type Verdict struct {
	Allowed bool
	// Reason is why a request was refused before any policy was asked, such as
	// "token expired"; "" if one was.
	Reason string
	// Kind is the kind of policy that decided, or that would have had to allow.
	Kind Kind
	// Policy names the policy whose statement decided; "" if none did.
	Policy string
	// Decision is the decision of the policies of the kind.
	Decision policy.Decision
}

// Refused is the verdict on a request that no policy was asked about.
func Refused(reason string) Verdict { return Verdict{Reason: reason} }

// String says in a few words what decided.
func (v Verdict) String() string {
	switch {
	case v.Reason != "":
		return v.Reason
	case v.Decision.Outcome == policy.ImplicitDeny:
		return fmt.Sprintf("no %s allows it", v.Kind)
	}
	statement := fmt.Sprintf("Statement[%d]", v.Decision.Statement)
	if v.Decision.Sid != "" {
		statement = fmt.Sprintf("%q", v.Decision.Sid)
	}
	if v.Policy == "" {
		return fmt.Sprintf("%s of the %s", statement, v.Kind)
	}
	return fmt.Sprintf("%s of %s %q", statement, v.Kind, v.Policy)
}

// Because is the end of IAM's sentence about a refusal.
func (v Verdict) Because(action string) string {
	if v.Decision.Outcome == policy.ExplicitDeny {
		article := "a"
		if v.Kind == Identity {
			article = "an"
		}
		return fmt.Sprintf("with an explicit deny in %s %s", article, v.Kind)
	}
	return fmt.Sprintf("because no %s allows the %s action", v.Kind, action)
}
