package sts

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"keyless-runners/rehearsal/deployed"
)

// claims are a token's claims that IAM looks at (IAM user guide, "Available keys for
// AWS OIDC federation").
type claims struct {
	Issuer    string      `json:"iss"`
	Subject   string      `json:"sub"`
	Audience  audience    `json:"aud"`
	Party     string      `json:"azp"`
	Expires   json.Number `json:"exp"`
	NotBefore json.Number `json:"nbf"`
}

// audience is one audience or a list of them.
type audience []string

func (a *audience) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(a))
}

// readClaims reads what a token claims, which proves nothing; ok is false for a text
// that is no token.
func readClaims(token string) (c claims, ok bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return c, false
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return c, false
	}
	return c, json.Unmarshal(payload, &c) == nil && c.Issuer != ""
}

// check holds the claims of a genuine token against the provider's client ids and the
// time.
func (c claims) check(provider *deployed.Provider) (reason string, refusal *failure) {
	now := time.Now().Unix()
	expires, err := c.Expires.Int64()
	if err != nil {
		return "no expiry", invalid("InvalidIdentityToken", "Missing a required claim: exp")
	}
	if now >= expires {
		return "token expired", invalid("ExpiredTokenException", "Token expired: current date/time %d must be before the expiration date/time %d", now, expires)
	}
	if begins, err := c.NotBefore.Int64(); err == nil && now+leeway < begins {
		return "token not yet valid", invalid("InvalidIdentityToken", "Token not yet valid: current date/time %d must be after the not before date/time %d", now, begins)
	}
	if len(c.Audience) == 0 {
		return "no audience", invalid("InvalidIdentityToken", "Missing a required claim: aud")
	}
	if !slices.ContainsFunc(c.Audience, func(audience string) bool { return slices.Contains(provider.Audiences, audience) }) {
		return "audience", invalid("InvalidIdentityToken", "Incorrect token audience")
	}
	return "", nil
}

// leeway is how many seconds the clocks of cluster and STS may differ.
const leeway = 300

// party returns the audience as IAM sees it: the authorized party, if the token names
// one.
func (c claims) party() string {
	if c.Party != "" {
		return c.Party
	}
	return strings.Join(c.Audience, ",")
}
