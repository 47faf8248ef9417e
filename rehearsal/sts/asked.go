package sts

import (
	"strconv"
	"strings"
	"time"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/session"
)

// readAsked reads which session of which role is asked for.
func readAsked(r *request) (asked session.Session, refusal *failure) {
	role, err := identity.ParseRoleARN(r.form.Get("RoleArn"))
	if err != nil {
		return asked, invalid("ValidationError", "Request ARN is invalid")
	}
	name := identity.RoleSessionName(r.form.Get("RoleSessionName"))
	if name.Check() != nil {
		return asked, invalid("ValidationError", "1 validation error detected: Value '%s' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*", name)
	}
	asked = session.Session{Role: role, Name: name}
	if text := r.form.Get("Policy"); text != "" {
		document, err := policy.Parse([]byte(text))
		if err != nil {
			return asked, invalid("MalformedPolicyDocument", "%s", err)
		}
		asked.Policy = &document
	}
	for _, parameter := range []string{"PolicyArns", "Tags"} {
		if r.has(parameter) {
			return asked, invalid("ValidationError", "%s is not supported in a rehearsal", parameter)
		}
	}
	return asked, nil
}

// has reports whether a list has an element.
func (r *request) has(list string) bool {
	for parameter := range r.form {
		if strings.HasPrefix(parameter, list+".") {
			return true
		}
	}
	return false
}

// The bounds of a session's length (STS API reference).
const (
	shortest = 15 * time.Minute
	usual    = time.Hour
)

// What a session may not last longer than.
const (
	ofRole  = "the MaxSessionDuration set for this role."
	ofChain = "the 1 hour session limit for roles assumed by role chaining." // 99designs/aws-vault#263
)

// duration is how long the session is asked to last.
func duration(r *request, longest time.Duration, limit string) (time.Duration, *failure) {
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
		return 0, invalid("ValidationError", "The requested DurationSeconds exceeds %s", limit)
	}
	return asked, nil
}
