package session_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/session"
)

var pusher = session.Session{Role: identity.RoleARN{Partition: "aws", Account: "111122223333", Path: "/ci/", Name: "pusher"}, Name: "job-1"}

const (
	body       = `{"repositoryName":"team/app"}`
	dateFormat = "20060102T150405Z"
)

// signed is a request as a client signs it.
type signed struct {
	credentials     aws.Credentials
	region, service string
	at              time.Time
	url, body       string
}

func newSigned(credentials aws.Credentials) signed {
	return signed{credentials, "us-east-1", "ecr", time.Now(), "https://api.ecr.us-east-1.amazonaws.com/v1/a%20b?x=1", body}
}

func (s signed) request(t testing.TB) *http.Request {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.url, strings.NewReader(s.body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921.PutImage")
	sum := sha256.Sum256([]byte(s.body))
	if err := v4.NewSigner().SignHTTP(context.Background(), s.credentials, r, hex.EncodeToString(sum[:]), s.service, s.region, s.at); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestASignatureTellsWhoseSessionItIs(t *testing.T) {
	var store session.Store
	first := store.Issue(pusher, time.Hour)
	other := pusher
	other.Name = "job-2"
	second := store.Issue(other, time.Hour)
	for _, c := range []struct {
		credentials aws.Credentials
		want        identity.RoleSessionName
	}{{first, "job-1"}, {second, "job-2"}} {
		got, refusal := store.Verify(newSigned(c.credentials).request(t), []byte(body), "ecr", "us-east-1")
		if refusal != nil || got.Name != c.want {
			t.Errorf("got %q and %v, want %q", got.Name, refusal, c.want)
		}
	}
}

func TestWhatIsNotSignedMayChange(t *testing.T) {
	var store session.Store
	r := newSigned(store.Issue(pusher, time.Hour)).request(t)
	r.Header.Set("User-Agent", "another")
	r.Header.Set("Accept-Encoding", "gzip")
	r.Header.Set("X-Forwarded-For", "192.0.2.1")
	if _, refusal := store.Verify(r, []byte(body), "ecr", "us-east-1"); refusal != nil {
		t.Errorf("got %v, want none", refusal)
	}
}

func TestAChangedRequestIsNobodys(t *testing.T) {
	const mismatch = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."
	for _, c := range []struct {
		name    string
		sign    func(*signed)
		change  func(*http.Request)
		body    string
		reason  session.Reason
		message string
	}{
		{name: "method", change: func(r *http.Request) { r.Method = http.MethodPut }, reason: session.Mismatch, message: mismatch},
		{name: "path", change: func(r *http.Request) { r.URL.Path = "/v2/a b"; r.URL.RawPath = "" }, reason: session.Mismatch, message: mismatch},
		{name: "query", change: func(r *http.Request) { r.URL.RawQuery = "x=2" }, reason: session.Mismatch, message: mismatch},
		{name: "query more", change: func(r *http.Request) { r.URL.RawQuery = "x=1&y=1" }, reason: session.Mismatch, message: mismatch},
		{name: "host", change: func(r *http.Request) { r.Host = "api.ecr.eu-west-1.amazonaws.com" }, reason: session.Mismatch, message: mismatch},
		{name: "body", body: body + " ", reason: session.Mismatch, message: mismatch},
		{name: "target", change: func(r *http.Request) {
			r.Header.Set("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921.DeleteRepository")
		}, reason: session.Mismatch, message: mismatch},
		{name: "target twice", change: func(r *http.Request) { r.Header.Add("X-Amz-Target", "x") }, reason: session.Mismatch, message: mismatch},
		{name: "signed header is gone", change: func(r *http.Request) { r.Header.Del("Content-Type") }, reason: session.Mismatch, message: mismatch},
		{name: "signed header is left out", change: func(r *http.Request) { replace(r, "content-type;", "") }, reason: session.Mismatch, message: mismatch},
		{name: "host is left out", change: func(r *http.Request) { replace(r, ";host", "") }, reason: session.Mismatch, message: mismatch},
		{name: "signature", change: func(r *http.Request) { flipLast(r) }, reason: session.Mismatch, message: mismatch},
		{name: "secret", sign: func(s *signed) { s.credentials.SecretAccessKey += "x" }, reason: session.Mismatch, message: mismatch},
		{name: "date", change: func(r *http.Request) {
			r.Header.Set("X-Amz-Date", time.Now().Add(time.Second*3).UTC().Format(dateFormat))
		}, reason: session.Mismatch, message: mismatch},
		{name: "date of the scope", change: func(r *http.Request) { replace(r, "/"+time.Now().UTC().Format("20060102")+"/", "/20260101/") }, reason: session.Mismatch, message: mismatch},
		{name: "no date", change: func(r *http.Request) { r.Header.Del("X-Amz-Date") }, reason: session.Mismatch, message: "AWS authentication requires a valid Date or x-amz-date header"},
		{name: "region", sign: func(s *signed) { s.region = "eu-west-1" }, reason: session.Mismatch, message: "Credential should be scoped to a valid region. "},
		{name: "service", sign: func(s *signed) { s.service = "sts" }, reason: session.Mismatch, message: "Credential should be scoped to correct service: 'ecr'. "},
		{name: "key", sign: func(s *signed) { s.credentials.AccessKeyID = "nobodys" }, reason: session.Unknown, message: "The security token included in the request is invalid."},
		{name: "another session's token", sign: func(s *signed) { s.credentials.SessionToken += "x" }, reason: session.Unknown, message: "The security token included in the request is invalid."},
		{name: "no session token", sign: func(s *signed) { s.credentials.SessionToken = "" }, reason: session.Unknown, message: "The security token included in the request is invalid."},
		{name: "unsigned", change: func(r *http.Request) { r.Header.Del("Authorization") }, reason: session.Unsigned, message: "Missing Authentication Token"},
		{name: "another scheme", change: func(r *http.Request) { r.Header.Set("Authorization", "Basic QVdTOng=") }, reason: session.Unsigned, message: "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' of AWS4-HMAC-SHA256."},
		{name: "two signatures", change: func(r *http.Request) { r.Header.Add("Authorization", r.Header.Get("Authorization")) }, reason: session.Unsigned, message: "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' of AWS4-HMAC-SHA256."},
	} {
		t.Run(c.name, func(t *testing.T) {
			var store session.Store
			s := newSigned(store.Issue(pusher, time.Hour))
			if c.sign != nil {
				c.sign(&s)
			}
			r := s.request(t)
			if c.change != nil {
				c.change(r)
			}
			sent := body
			if c.body != "" {
				sent = c.body
			}
			wantRefusal(t, &store, r, sent, c.reason, c.message)
		})
	}
}

func wantRefusal(t *testing.T, store *session.Store, r *http.Request, body string, reason session.Reason, message string) {
	t.Helper()
	_, refusal := store.Verify(r, []byte(body), "ecr", "us-east-1")
	if refusal == nil {
		t.Fatal("got no refusal, want one")
	}
	if refusal.Reason != reason || refusal.Message != message {
		t.Errorf("got %q (%s), want %q (%s)", refusal.Message, refusal.Reason, message, reason)
	}
}

func replace(r *http.Request, before, after string) {
	r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), before, after, 1))
}

// flipLast changes the last digit of the signature.
func flipLast(r *http.Request) {
	header := []byte(r.Header.Get("Authorization"))
	last := &header[len(header)-1]
	if *last == '0' {
		*last = '1'
	} else {
		*last = '0'
	}
	r.Header.Set("Authorization", string(header))
}

func TestASignatureHoldsFiveMinutes(t *testing.T) {
	var store session.Store
	credentials := store.Issue(pusher, time.Hour)
	for _, c := range []struct {
		name string
		off  time.Duration
		want string // the beginning of the refusal
	}{
		{"almost 5 minutes late", -4*time.Minute - 50*time.Second, ""},
		{"more than 5 minutes late", -5*time.Minute - 10*time.Second, "Signature expired: "},
		{"almost 5 minutes early", 4*time.Minute + 50*time.Second, ""},
		{"more than 5 minutes early", 5*time.Minute + 10*time.Second, "Signature not yet current: "},
		{"a day late", -24 * time.Hour, "Signature expired: "},
	} {
		s := newSigned(credentials)
		s.at = s.at.Add(c.off)
		_, refusal := store.Verify(s.request(t), []byte(body), "ecr", "us-east-1")
		switch {
		case c.want == "" && refusal != nil:
			t.Errorf("%s: got %q, want none", c.name, refusal.Message)
		case c.want != "" && (refusal == nil || !strings.HasPrefix(refusal.Message, c.want)):
			t.Errorf("%s: got %v, want %q...", c.name, refusal, c.want)
		}
	}
}

func TestASessionEnds(t *testing.T) {
	var store session.Store
	over := store.Issue(pusher, 0)
	wantRefusal(t, &store, newSigned(over).request(t), body, session.Expired, "The security token included in the request is expired")
}

// Botocore signs neither Content-Length nor anything that proxies may change.
func TestAClientSaysWhatItSigns(t *testing.T) {
	var store session.Store
	s := newSigned(store.Issue(pusher, time.Hour))
	r, err := http.NewRequest(http.MethodPost, s.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(body))
	if err := v4.NewSigner().SignHTTP(context.Background(), s.credentials, r, hex.EncodeToString(sum[:]), "ecr", "us-east-1", s.at); err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Length", "29")
	if _, refusal := store.Verify(r, []byte(body), "ecr", "us-east-1"); refusal != nil {
		t.Errorf("got %v, want none", refusal)
	}
}

// Whatever replaces a part of a signed request, its signature no longer holds,
// unless it is what was there.
func FuzzOnlyTheSignedRequestIsAccepted(f *testing.F) {
	var store session.Store
	credentials := store.Issue(pusher, time.Hour)
	want := newSigned(credentials).request(f)
	for _, seed := range []string{"", "x", "host", "AWS4-HMAC-SHA256", ";", ",", "\x00", "20260101T000000Z", want.Header.Get("Authorization"), body} {
		for part := range 5 {
			f.Add(part, seed)
		}
	}
	f.Fuzz(func(t *testing.T, part int, text string) {
		s := newSigned(credentials)
		r, sent, same := s.request(t), []byte(body), false
		switch ((part % 5) + 5) % 5 {
		case 0:
			same = text == r.Header.Get("Authorization")
			r.Header["Authorization"] = []string{text}
		case 1:
			same = strings.Trim(text, " ") == r.Header.Get("X-Amz-Target") // blanks around a value do not count
			r.Header["X-Amz-Target"] = []string{text}
		case 2:
			same = bytes.Equal(sent, []byte(text))
			sent = []byte(text)
		case 3:
			same = text == r.Header.Get("X-Amz-Security-Token")
			r.Header["X-Amz-Security-Token"] = []string{text}
		case 4:
			same = text == r.Header.Get("X-Amz-Date")
			r.Header["X-Amz-Date"] = []string{text}
		}
		if _, refusal := store.Verify(r, sent, "ecr", "us-east-1"); (refusal == nil) != same {
			t.Errorf("part %d, %q: got %v, want it accepted: %t", part, text, refusal, same)
		}
	})
}
