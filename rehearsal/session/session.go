// Package session keeps the temporary credentials that STS gives, and finds the session of
// a signed request.
package session

import (
	"crypto/sha256"
	"encoding/base32"
	"time"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// Session is an assumed role.
type Session struct {
	Role identity.RoleARN
	Name identity.RoleSessionName
	// Provider is the ARN of the OIDC provider whose token was exchanged for the
	// session; "" if there was none.
	Provider string
	// Policy narrows what the session may do; nil if it may do all that its role
	// may.
	Policy *policy.Document
	// Tags are the session tags by their keys; nil if there are none.
	Tags map[string]string
	// Issued and Expires are when it begins and ends.
	Issued, Expires time.Time
}

// ARN names the session as AWS does.
func (s Session) ARN() identity.RoleSession {
	return identity.RoleSession{Partition: s.Role.Partition, Account: s.Role.Account, Role: s.Role.Name, Name: s.Name}
}

// Principal is the session by every name that a policy may call it.
func (s Session) Principal() policy.Principal {
	return policy.Principal{AWS: policy.Values{s.Role.String(), s.ARN().String()}}
}

// UserID is the role's unique id and the session's name, joined by a colon (IAM user
// guide, "IAM identifiers").
func (s Session) UserID() string {
	sum := sha256.Sum256([]byte(s.Role.String()))
	return "AROA" + base32.StdEncoding.EncodeToString(sum[:])[:17] + ":" + string(s.Name)
}

// Context holds the condition keys that AWS derives from who asks (IAM user guide,
// "AWS global condition context keys").
func (s Session) Context() map[string][]string {
	context := map[string][]string{
		"aws:PrincipalType":    {"AssumedRole"},
		"aws:PrincipalArn":     {s.Role.String()},
		"aws:PrincipalAccount": {string(s.Role.Account)},
		"aws:userid":           {s.UserID()},
		"aws:TokenIssueTime":   {s.Issued.UTC().Format(time.RFC3339)},
	}
	if s.Provider != "" {
		context["aws:FederatedProvider"] = []string{s.Provider}
	}
	for key, value := range s.Tags {
		context["aws:PrincipalTag/"+key] = []string{value}
	}
	return context
}
