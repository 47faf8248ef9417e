package sts

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/verdict"
)

const withToken = "AssumeRoleWithWebIdentity"

// assumeWithToken gives a session of the role for the token (STS API reference,
// "AssumeRoleWithWebIdentity"). The role's account alone is asked for the provider.
func (d *Door) assumeWithToken(r *request) (any, *failure) {
	role, asked, refusal := readAsked(r)
	who := ledger.Nobody
	refuse := func(reason string, refusal *failure) (any, *failure) {
		d.note(who, withToken, r.form.Get("RoleArn"), verdict.Refused(reason))
		return nil, refusal
	}
	if refusal != nil {
		return refuse("request not valid", refusal)
	}
	token := r.form.Get("WebIdentityToken")
	claims, err := readClaims(token)
	if err != nil {
		return refuse("no token", invalid("InvalidIdentityToken", notJWT))
	}
	account := d.State.Account(role.Account)
	provider := account.Provider(identity.Issuer(claims.Issuer).Host())
	if provider == nil {
		return refuse("no provider", invalid("InvalidIdentityToken", "No OpenIDConnect provider found in your account for %s", claims.Issuer))
	}
	if refusal := d.verify(r.Context(), token, claims.Issuer); refusal != nil {
		return refuse("signature", refusal)
	}
	who = claims.Subject
	if reason, refusal := claims.check(provider); refusal != nil {
		return refuse(reason, refusal)
	}
	asked.Provider = provider.ARN
	v, deployed := trusts(account, role, asked, claims, provider)
	d.note(who, withToken, role.String(), v)
	if !v.Allowed {
		return nil, denied("Not authorized to perform sts:AssumeRoleWithWebIdentity")
	}
	lifetime, refusal := duration(r, deployed.MaxSession)
	if refusal != nil {
		return nil, refusal
	}
	return struct {
		XMLName                     struct{} `xml:"AssumeRoleWithWebIdentityResult"`
		Credentials                 credentials
		SubjectFromWebIdentityToken string
		AssumedRoleUser             assumedRoleUser
		Provider, Audience          string
	}{
		Credentials:                 newCredentials(d.Sessions.Issue(asked, lifetime)),
		SubjectFromWebIdentityToken: claims.Subject,
		AssumedRoleUser:             assumedRoleUser{asked.ARN().String(), asked.UserID()},
		Provider:                    provider.ARN,
		Audience:                    claims.party(),
	}, nil
}

// readAsked reads which session of which role is asked for.
func readAsked(r *request) (identity.RoleARN, session.Session, *failure) {
	none := func(refusal *failure) (identity.RoleARN, session.Session, *failure) {
		return identity.RoleARN{}, session.Session{}, refusal
	}
	arn, err := identity.ParseRoleARN(r.form.Get("RoleArn"))
	if err != nil {
		return none(invalid("ValidationError", "Request ARN is invalid"))
	}
	name := identity.RoleSessionName(r.form.Get("RoleSessionName"))
	if name.Check() != nil {
		return none(invalid("ValidationError", "1 validation error detected: Value '%s' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*", name))
	}
	asked := session.Session{Role: arn, Name: name}
	if text := r.form.Get("Policy"); text != "" {
		document, err := policy.Parse([]byte(text))
		if err != nil {
			return none(invalid("MalformedPolicyDocument", "%s", err))
		}
		asked.Policy = &document
	}
	for parameter := range r.form {
		if strings.HasPrefix(parameter, "PolicyArns.") || strings.HasPrefix(parameter, "Tags.") {
			return none(invalid("ValidationError", "%s is not supported in a rehearsal", parameter))
		}
	}
	return arn, asked, nil
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

// party is whom IAM takes for the audience: the authorized party, if the token names
// one.
func (c claims) party() string {
	if c.Party != "" {
		return c.Party
	}
	return strings.Join(c.Audience, ",")
}

// trusts asks the role's trust policy about the token. A role that is not there
// trusts nobody, and STS says the same of it.
func trusts(account deployed.Account, arn identity.RoleARN, asked session.Session, c claims, provider *deployed.Provider) (verdict.Verdict, *deployed.Role) {
	role := account.Role(arn.String())
	if role == nil {
		return verdict.Refused("no such role"), nil
	}
	context := map[string][]string{
		provider.URL + ":sub":   {c.Subject},
		provider.URL + ":aud":   c.Audience,
		"aws:SecureTransport":   {"true"},
		"aws:FederatedProvider": {provider.ARN},
		"sts:RoleSessionName":   {string(asked.Name)},
	}
	if c.Party != "" {
		context[provider.URL+":aud"] = []string{c.Party}
		context[provider.URL+":oaud"] = c.Audience
	}
	return verdict.OfTrust(policy.Request{
		Principal: policy.Principal{Federated: policy.Values{provider.ARN}},
		Action:    "sts:" + withToken,
		Resource:  arn.String(),
		Context:   context,
	}, role), role
}

// The bounds of a session's length (STS API reference).
const (
	shortest = 15 * time.Minute
	usual    = time.Hour
)

// duration is how long the session is asked to last.
func duration(r *request, longest time.Duration) (time.Duration, *failure) {
	if longest == 0 {
		longest = usual
	}
	text := r.form.Get("DurationSeconds")
	if text == "" {
		return usual, nil
	}
	seconds, err := strconv.Atoi(text)
	asked := time.Duration(seconds) * time.Second
	if err != nil || asked < shortest {
		return 0, invalid("ValidationError", "1 validation error detected: Value '%s' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900", text)
	}
	if asked > longest {
		return 0, invalid("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
	}
	return asked, nil
}
