package sts

import (
	"github.com/aws/aws-sdk-go-v2/aws"

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
	who := ledger.Nobody
	refuse := func(v verdict.Verdict, refusal *failure) (any, *failure) {
		d.note(who, withToken, r.form.Get("RoleArn"), v)
		return nil, refusal
	}
	asked, refusal := readAsked(r)
	if refusal != nil {
		return refuse(verdict.Refused("request not valid"), refusal)
	}
	account := d.State.Account(asked.Role.Account)
	claims, provider, reason, refusal := d.authenticate(r, account)
	if refusal != nil {
		return refuse(verdict.Refused(reason), refusal)
	}
	who = claims.Subject
	if reason, refusal := claims.check(provider); refusal != nil {
		return refuse(verdict.Refused(reason), refusal)
	}
	asked.Provider = provider.ARN
	role := account.Role(asked.Role.String())
	v := trusts(role, asked, claims, provider)
	if !v.Allowed {
		return refuse(v, denied("Not authorized to perform sts:AssumeRoleWithWebIdentity"))
	}
	lifetime, refusal := duration(r, role.MaxSession, ofRole)
	if refusal != nil {
		return refuse(verdict.Refused("duration"), refusal)
	}
	d.note(who, withToken, role.ARN, v)
	return newTokenResult(d.Sessions.Issue(asked, lifetime), asked, claims), nil
}

// authenticate says what a genuine token claims, and which provider of the account is
// its issuer's; or else why it is not taken for genuine.
func (d *Door) authenticate(r *request, account deployed.Account) (c claims, provider *deployed.Provider, reason string, refusal *failure) {
	token := r.form.Get("WebIdentityToken")
	c, ok := readClaims(token)
	if !ok {
		return c, nil, "no token", invalid("InvalidIdentityToken", notJWT)
	}
	if provider = account.Provider(identity.Issuer(c.Issuer).Host()); provider == nil {
		return c, nil, "no provider", invalid("InvalidIdentityToken", "No OpenIDConnect provider found in your account for %s", c.Issuer)
	}
	return c, provider, "signature", d.verify(r.Context(), token, c.Issuer)
}

// tokenResult is the answer to a token.
type tokenResult struct {
	XMLName                     struct{} `xml:"AssumeRoleWithWebIdentityResult"`
	Credentials                 credentials
	SubjectFromWebIdentityToken string
	AssumedRoleUser             assumedRoleUser
	Provider, Audience          string
}

func newTokenResult(issued aws.Credentials, of session.Session, c claims) tokenResult {
	return tokenResult{
		Credentials:                 newCredentials(issued),
		SubjectFromWebIdentityToken: c.Subject,
		AssumedRoleUser:             assumedRoleUser{of.ARN().String(), of.UserID()},
		Provider:                    of.Provider,
		Audience:                    c.party(),
	}
}

// trusts asks the role's trust policy about the token. A role that is not there, nil,
// trusts no one, and STS answers the same.
func trusts(role *deployed.Role, asked session.Session, c claims, provider *deployed.Provider) verdict.Verdict {
	if role == nil {
		return verdict.Refused("no such role")
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
		Resource:  role.ARN,
		Context:   context,
	}, role)
}
