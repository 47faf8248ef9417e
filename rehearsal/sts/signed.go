package sts

import (
	"net/http"

	"keyless-runners/policy"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/verdict"
)

// caller says whose session signed the request.
func (d *Door) caller(r *request, resource string) (session.Session, *failure) {
	who, refusal := d.Sessions.Verify(r.Request, r.body, "sts", d.Region)
	if refusal == nil {
		return who, nil
	}
	d.note(ledger.Who(who), r.form.Get("Action"), resource, verdict.Refused(string(refusal.Reason)))
	return session.Session{}, &failure{http.StatusForbidden, ofSignature[refusal.Reason], refusal.Message}
}

// callerIdentity says who asks, which every session may (STS API reference,
// "GetCallerIdentity").
func (d *Door) callerIdentity(r *request) (any, *failure) {
	who, refusal := d.caller(r, "*")
	if refusal != nil {
		return nil, refusal
	}
	d.note(who.ARN().String(), "GetCallerIdentity", "*", verdict.Verdict{Allowed: true, Reason: "everybody may"})
	return struct {
		XMLName              struct{} `xml:"GetCallerIdentityResult"`
		Arn, UserId, Account string
	}{Arn: who.ARN().String(), UserId: who.UserID(), Account: string(who.Role.Account)}, nil
}

// assume gives a session of a second role (STS API reference, "AssumeRole"): the
// second role's trust policy has to name the first role, and across accounts the first
// role's policies have to allow it too.
func (d *Door) assume(r *request) (any, *failure) {
	who, refusal := d.caller(r, r.form.Get("RoleArn"))
	if refusal != nil {
		return nil, refusal
	}
	asked, refusal := readAsked(r)
	if refusal != nil {
		d.note(who.ARN().String(), "AssumeRole", r.form.Get("RoleArn"), verdict.Refused("request not valid"))
		return nil, refusal
	}
	context := who.Context()
	context["aws:SecureTransport"] = []string{"true"}
	context["sts:RoleSessionName"] = []string{string(asked.Name)}
	arn := asked.Role.String()
	role := d.State.Account(asked.Role.Account).Role(arn)
	v := verdict.OfAssume(policy.Request{Principal: who.Principal(), Action: "sts:AssumeRole", Resource: arn, Context: context},
		who, d.State.Account(who.Role.Account), role)
	d.note(who.ARN().String(), "AssumeRole", arn, v)
	if !v.Allowed {
		return nil, denied("User: %s is not authorized to perform: sts:AssumeRole on resource: %s", who.ARN(), arn)
	}
	lifetime, refusal := duration(r, usual, ofChain)
	if refusal != nil {
		return nil, refusal
	}
	return struct {
		XMLName         struct{} `xml:"AssumeRoleResult"`
		Credentials     credentials
		AssumedRoleUser assumedRoleUser
	}{Credentials: newCredentials(d.Sessions.Issue(asked, lifetime)), AssumedRoleUser: assumedRoleUser{asked.ARN().String(), asked.UserID()}}, nil
}
