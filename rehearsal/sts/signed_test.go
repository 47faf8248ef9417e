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
	"github.com/aws/aws-sdk-go-v2/service/sts/types"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/sts"
)

var pusher = session.Session{Role: identity.RoleARN{Partition: "aws", Account: account, Path: "/ci/", Name: "pusher"}, Name: "job-1"}

const (
	sessionARN = "arn:aws:sts::111122223333:assumed-role/pusher/job-1"
	admin      = "arn:aws:iam::111122223333:role/admin"
)

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
	client := f.client(static(f.door.Sessions.Issue(pusher, time.Hour)))
	assume := func() (*api.AssumeRoleOutput, error) {
		return client.AssumeRole(context.Background(), &api.AssumeRoleInput{RoleArn: aws.String(admin), RoleSessionName: aws.String("second")})
	}
	_, err := assume()
	wantRefusal(t, err, "AccessDenied", "User: "+sessionARN+" is not authorized to perform: sts:AssumeRole on resource: "+admin)
	f.wantEntry(sessionARN, "sts:AssumeRole", admin, false, "no such role")

	f.secondRole(nil)
	got, err := assume()
	if err != nil {
		t.Fatal(err)
	}
	if want := "arn:aws:sts::111122223333:assumed-role/admin/second"; aws.ToString(got.AssumedRoleUser.Arn) != want {
		t.Errorf("got %s, want %s", *got.AssumedRoleUser.Arn, want)
	}
	f.wantEntry(sessionARN, "sts:AssumeRole", admin, true, `"Pusher" of the role trust policy`)
}

// secondRole makes a role that trusts the pusher.
func (f *fixture) secondRole(condition policy.Condition) {
	account := newAccount()
	account.Roles = append(account.Roles, deployed.Role{ARN: admin, Trust: policy.Document{Version: policy.Version, Statement: []policy.Statement{{
		Sid: "Pusher", Effect: policy.EffectAllow, Principal: &policy.Principal{AWS: policy.Values{roleARN}}, Action: policy.Values{"sts:AssumeRole"}, Condition: condition,
	}}}})
	f.door.State.Set(account)
}

func TestASecondRoleIsRefusedForWhatIsAsked(t *testing.T) {
	f := newFixture(t)
	f.secondRole(policy.Condition{"StringEquals": {"sts:RoleSessionName": {"second"}, "aws:SecureTransport": {"true"}}})
	client := f.client(static(f.door.Sessions.Issue(pusher, time.Hour)))
	for _, c := range []struct {
		name       string
		input      api.AssumeRoleInput
		code, text string
	}{
		{"another session name", api.AssumeRoleInput{RoleSessionName: aws.String("third")}, "AccessDenied", "User: " + sessionARN + " is not authorized to perform: sts:AssumeRole on resource: " + admin},
		{"longer than an hour", api.AssumeRoleInput{RoleSessionName: aws.String("second"), DurationSeconds: aws.Int32(3601)}, "ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."},
		{"tags", api.AssumeRoleInput{RoleSessionName: aws.String("second"), Tags: []types.Tag{{Key: aws.String("a"), Value: aws.String("b")}}}, "ValidationError", "Tags is not supported in a rehearsal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.input.RoleArn = aws.String(admin)
			_, err := client.AssumeRole(context.Background(), &c.input)
			wantRefusal(t, err, c.code, c.text)
		})
	}
}

func TestASessionsOwnPolicyLimitsIt(t *testing.T) {
	f := newFixture(t)
	f.secondRole(nil)
	got, err := f.ask(nil, func(i *api.AssumeRoleWithWebIdentityInput) {
		i.Policy = aws.String(`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}}`)
	})
	if err != nil {
		t.Fatal(err)
	}
	narrow := aws.Credentials{AccessKeyID: *got.Credentials.AccessKeyId, SecretAccessKey: *got.Credentials.SecretAccessKey, SessionToken: *got.Credentials.SessionToken}
	_, err = f.client(static(narrow)).AssumeRole(context.Background(), &api.AssumeRoleInput{RoleArn: aws.String(admin), RoleSessionName: aws.String("second")})
	wantRefusal(t, err, "AccessDenied", "User: "+sessionARN+" is not authorized to perform: sts:AssumeRole on resource: "+admin)
	f.wantEntry(sessionARN, "sts:AssumeRole", admin, false, "no session policy allows it")
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
