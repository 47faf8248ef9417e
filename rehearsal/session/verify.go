package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"keyless-runners/identity"
)

// authorization is the header of a signed request (IAM user guide, "Create a signed
// AWS API request").
var authorization = regexp.MustCompile(`^AWS4-HMAC-SHA256 Credential=([^/, ]+)/(\d{8})/([^/, ]+)/([^/, ]+)/aws4_request, ?SignedHeaders=([^, ]+), ?Signature=([0-9a-f]{64})$`)

const (
	dateFormat = "20060102T150405Z"
	// maxSkew is how far a client's clock may be off.
	maxSkew = 5 * time.Minute
)

// Verify says whose session signed the request to a service in a region. The body has
// been read; what the request itself has in its place does not count. A session that
// is over is named with the refusal.
func (s *Store) Verify(r *http.Request, body []byte, service string, region identity.Region) (Session, *Refusal) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return Session{}, refuse(Unsigned, "Missing Authentication Token")
	}
	match := authorization.FindStringSubmatch(header)
	if match == nil || len(r.Header["Authorization"]) != 1 {
		return Session{}, refuse(Unsigned, "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' of AWS4-HMAC-SHA256.")
	}
	found, ok := s.find(match[1])
	if !ok || r.Header.Get("X-Amz-Security-Token") != found.credentials.SessionToken {
		return Session{}, refuse(Unknown, "The security token included in the request is invalid.")
	}
	signed, refusal := scope(r, match, service, region)
	if refusal != nil {
		return Session{}, refusal
	}
	if again := found.sign(r, body, strings.Split(match[5], ";"), service, region, signed); again != header {
		return Session{}, refuse(Mismatch, "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.")
	}
	if !found.session.Expires.After(time.Now()) {
		return found.session, refuse(Expired, "The security token included in the request is expired")
	}
	return found.session, nil
}

// scope holds what the signature is for against what is asked, and gives its time.
func scope(r *http.Request, match []string, service string, region identity.Region) (time.Time, *Refusal) {
	signed, err := time.Parse(dateFormat, r.Header.Get("X-Amz-Date"))
	now := time.Now().UTC()
	switch {
	case err != nil:
		return signed, refuse(Mismatch, "AWS authentication requires a valid Date or x-amz-date header")
	case match[3] != string(region):
		return signed, refuse(Mismatch, "Credential should be scoped to a valid region. ")
	case match[4] != service:
		return signed, refuse(Mismatch, "Credential should be scoped to correct service: '%s'. ", service)
	case signed.Before(now.Add(-maxSkew)):
		return signed, refuse(Mismatch, "Signature expired: %s is now earlier than %s (%s - 5 min.)", signed.Format(dateFormat), now.Add(-maxSkew).Format(dateFormat), now.Format(dateFormat))
	case signed.After(now.Add(maxSkew)):
		return signed, refuse(Mismatch, "Signature not yet current: %s is still later than %s (%s + 5 min.)", signed.Format(dateFormat), now.Add(maxSkew).Format(dateFormat), now.Format(dateFormat))
	}
	return signed, nil
}

// sign makes the signature again, from the headers that are said to be signed. The
// SDK's signer always signs the host, the date and the session token, so that a
// signature that leaves one of them out is another.
func (i issued) sign(r *http.Request, body []byte, headers []string, service string, region identity.Region, at time.Time) string {
	again := &http.Request{Method: r.Method, URL: r.URL, Host: r.Host, Header: http.Header{}}
	url := *r.URL
	again.URL = &url
	for name, values := range r.Header {
		if lower := strings.ToLower(name); lower != "authorization" && slices.Contains(headers, lower) {
			again.Header[name] = slices.Clone(values)
		}
	}
	if slices.Contains(headers, "content-length") {
		again.Header.Del("Content-Length")
		again.ContentLength = int64(len(body))
	}
	sum := sha256.Sum256(body)
	if err := v4.NewSigner().SignHTTP(context.Background(), i.credentials, again, hex.EncodeToString(sum[:]), service, string(region), at); err != nil {
		return ""
	}
	return again.Header.Get("Authorization")
}
