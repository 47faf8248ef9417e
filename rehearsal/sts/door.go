// Package sts is the door of AWS STS: it gives a role's session for a token that the
// role's trust policy, as it is deployed, takes.
//
// The protocol is the query protocol of API version 2011-06-15, and the refusals have
// the codes and texts that AWS gives, so that what explains AWS's errors explains
// these.
package sts

import (
	"io"
	"net/http"
	"net/url"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/verdict"
)

// Door answers for STS.
type Door struct {
	// Region is the endpoint's region.
	Region   identity.Region
	State    *deployed.State
	Sessions *session.Store
	Ledger   *ledger.Ledger
	// Issuers reaches the issuers of tokens.
	Issuers http.RoundTripper
	// Trouble is what is wrong with the endpoint. Zero: nothing.
	Trouble Trouble
}

// Host is the name of a region's endpoint.
func Host(region identity.Region) string {
	return "sts." + string(region) + "." + region.Partition().DNSSuffix()
}

// maxBody is more than any request of STS needs.
const maxBody = 1 << 20

func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if d.Trouble.strikes(r.Context()) {
		writeError(w, &failure{http.StatusServiceUnavailable, "ServiceUnavailable", "Service Unavailable"})
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		writeError(w, &failure{http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", "Request Entity Too Large"})
		return
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		writeError(w, &failure{http.StatusBadRequest, "MalformedQueryString", "The query string is malformed"})
		return
	}
	answer, refusal := d.act(&request{Request: r, form: form, body: body})
	if refusal != nil {
		writeError(w, refusal)
		return
	}
	writeResult(w, form.Get("Action"), answer)
}

// request is one request with its parameters.
type request struct {
	*http.Request
	form url.Values
	body []byte
}

func (d *Door) act(r *request) (any, *failure) {
	action := r.form.Get("Action")
	if version := r.form.Get("Version"); version != apiVersion {
		return nil, invalid("InvalidAction", "Could not find operation %s for version %s", action, version)
	}
	switch action {
	case "AssumeRoleWithWebIdentity":
		return d.assumeWithToken(r)
	case "AssumeRole":
		return d.assume(r)
	case "GetCallerIdentity":
		return d.callerIdentity(r)
	}
	return nil, invalid("InvalidAction", "Could not find operation %s for version %s", action, apiVersion)
}

// note writes an attempt down.
func (d *Door) note(who, action, resource string, v verdict.Verdict) {
	d.Ledger.Add(ledger.Entry{Who: who, Action: "sts:" + action, Resource: resource, Verdict: v})
}
