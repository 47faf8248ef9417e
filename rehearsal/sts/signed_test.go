package sts_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	api "github.com/aws/aws-sdk-go-v2/service/sts"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/sts"
)

var pusher = session.Session{Role: identity.RoleARN{Partition: "aws", Account: account, Path: "/ci/", Name: "pusher"}, Name: "job-1"}

const sessionARN = "arn:aws:sts::111122223333:assumed-role/pusher/job-1"

func TestASessionIsToldWhoItIs(t *testing.T) {
	f := newFixture(t)
	got, err := f.client(static(f.door.Sessions.Issue(pusher, time.Hour))).GetCallerIdentity(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if aws.ToString(got.Arn) != sessionARN || aws.ToString(got.Account) != "111122223333" || aws.ToString(got.UserId) != pusher.UserID() {
		t.Errorf("got %s of %s (%s), want %s of 111122223333 (%s)", *got.Arn, *got.Account, *got.UserId, sessionARN, pusher.UserID())
	}
	f.wantEntry(sessionARN, "sts:GetCallerIdentity", "*", true, "everybody may")
}

func TestNobodyIsToldSo(t *testing.T) {
	f := newFixture(t)
	expired := f.door.Sessions.Issue(pusher, 0)
	forged := f.door.Sessions.Issue(pusher, time.Hour)
	forged.SecretAccessKey = "another"
	for _, c := range []struct {
		name        string
		credentials aws.Credentials
		code, text  string
		who, by     string
	}{
		{"expired", expired, "ExpiredToken", "The security token included in the request is expired", sessionARN, "session expired"},
		{"unknown", aws.Credentials{AccessKeyID: "a", SecretAccessKey: "b"}, "InvalidClientTokenId", "The security token included in the request is invalid.", "nobody", "unknown key"},
		{"forged", forged, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.", "nobody", "signature does not match"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := f.client(static(c.credentials)).GetCallerIdentity(context.Background(), nil)
			wantRefusal(t, err, c.code, c.text)
			f.wantEntry(c.who, "sts:GetCallerIdentity", "*", false, c.by)
		})
	}
}

func TestASecondRoleIsForThoseThatItTrusts(t *testing.T) {
	f := newFixture(t)
	const admin = "arn:aws:iam::111122223333:role/admin"
	client := f.client(static(f.door.Sessions.Issue(pusher, time.Hour)))
	assume := func() (*api.AssumeRoleOutput, error) {
		return client.AssumeRole(context.Background(), &api.AssumeRoleInput{RoleArn: aws.String(admin), RoleSessionName: aws.String("second")})
	}
	account := newAccount()
	f.door.State.Set(account)
	_, err := assume()
	wantRefusal(t, err, "AccessDenied", "User: "+sessionARN+" is not authorized to perform: sts:AssumeRole on resource: "+admin)
	f.wantEntry(sessionARN, "sts:AssumeRole", admin, false, "no such role")

	account.Roles = append(account.Roles, deployed.Role{ARN: admin, Trust: policy.Document{Version: policy.Version, Statement: []policy.Statement{{
		Sid: "Pusher", Effect: policy.EffectAllow, Principal: &policy.Principal{AWS: policy.Values{roleARN}}, Action: policy.Values{"sts:AssumeRole"},
	}}}})
	f.door.State.Set(account)
	got, err := assume()
	if err != nil {
		t.Fatal(err)
	}
	if want := "arn:aws:sts::111122223333:assumed-role/admin/second"; aws.ToString(got.AssumedRoleUser.Arn) != want {
		t.Errorf("got %s, want %s", *got.AssumedRoleUser.Arn, want)
	}
	f.wantEntry(sessionARN, "sts:AssumeRole", admin, true, `"Pusher" of the role trust policy`)
}

func TestOtherRequestsAreNone(t *testing.T) {
	f := newFixture(t)
	for _, c := range []struct{ name, body, want string }{
		{"action", "Action=GetSessionToken&Version=2011-06-15", "<Code>InvalidAction</Code><Message>Could not find operation GetSessionToken for version 2011-06-15</Message>"},
		{"version", "Action=GetCallerIdentity&Version=2010-01-01", "<Code>InvalidAction</Code><Message>Could not find operation GetCallerIdentity for version 2010-01-01</Message>"},
		{"nothing", "", "<Code>InvalidAction</Code>"},
		{"form", "%zz", "<Code>MalformedQueryString</Code>"},
		{"no signature", "Action=GetCallerIdentity&Version=2011-06-15", "<Code>MissingAuthenticationToken</Code><Message>Missing Authentication Token</Message>"},
		{"too large", strings.Repeat("x", 2<<20), "<Code>RequestEntityTooLarge</Code>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			recorder := httptest.NewRecorder()
			f.door.ServeHTTP(recorder, httptest.NewRequest(http.MethodPost, "https://sts.us-east-1.amazonaws.com/", strings.NewReader(c.body)))
			if recorder.Code < 400 || !strings.Contains(recorder.Body.String(), c.want) {
				t.Errorf("got status %d and %s, want %s", recorder.Code, recorder.Body, c.want)
			}
		})
	}
}

func TestHostsAreThoseOfThePartition(t *testing.T) {
	for region, want := range map[identity.Region]string{
		"us-east-1":  "sts.us-east-1.amazonaws.com",
		"cn-north-1": "sts.cn-north-1.amazonaws.com.cn",
	} {
		if got := sts.Host(region); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTroubleEnds(t *testing.T) {
	f := newFixture(t)
	f.door.Trouble.Set(30*time.Millisecond, 1)
	before := time.Now()
	_, err := f.ask(nil, nil)
	wantRefusal(t, err, "ServiceUnavailable", "Service Unavailable")
	if _, err := f.ask(nil, nil); err != nil {
		t.Errorf("got %v after the outage, want none", err)
	}
	if took := time.Since(before); took < 60*time.Millisecond {
		t.Errorf("took %s, want two delays of 30ms", took)
	}
}
