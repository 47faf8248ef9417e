package sts_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	api "github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	"github.com/golang-jwt/jwt/v5"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/issuer"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/sts"
)

const (
	account identity.AccountID = "111122223333"
	cluster identity.Issuer    = "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	subject                    = "system:serviceaccount:actions-runners:ecr-pusher"
	roleARN                    = "arn:aws:iam::111122223333:role/ci/pusher"
)

// direct answers requests without a network between.
type direct struct{ http.Handler }

func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	body := []byte{}
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	served := r.Clone(r.Context())
	served.Body, served.Host = io.NopCloser(bytes.NewReader(body)), r.URL.Host
	recorder := httptest.NewRecorder()
	d.ServeHTTP(recorder, served)
	response := recorder.Result()
	response.Request = r
	return response, nil
}

// fixture is a door before one account, and the issuer that the account trusts.
type fixture struct {
	t      *testing.T
	door   *sts.Door
	issuer *issuer.Issuer
}

// signer is the one issuer of all tests, because a key takes its time.
var signer = sync.OnceValues(func() (*issuer.Issuer, error) { return issuer.New(cluster) })

func newFixture(t *testing.T) *fixture {
	t.Helper()
	of, err := signer()
	if err != nil {
		t.Fatal(err)
	}
	state := &deployed.State{}
	state.Set(newAccount())
	return &fixture{t, &sts.Door{Region: "us-east-1", State: state, Sessions: &session.Store{}, Ledger: &ledger.Ledger{}, Issuers: direct{of}}, of}
}

func newAccount() deployed.Account {
	provider := identity.ProviderARN{Partition: "aws", Account: account, Issuer: cluster}
	return deployed.Account{
		ID:        account,
		Providers: []deployed.Provider{{ARN: provider.String(), URL: cluster.Host(), Audiences: []string{"sts.amazonaws.com"}}},
		Roles: []deployed.Role{{
			ARN:   roleARN,
			Trust: policy.Trust(provider, identity.Subject{Namespace: "actions-runners", ServiceAccount: "ecr-pusher"}),
		}},
	}
}

// client returns a client of the AWS SDK, which tries only once here.
func (f *fixture) client(credentials aws.CredentialsProvider) *api.Client {
	return api.New(api.Options{
		Region: "us-east-1", Credentials: credentials, HTTPClient: &http.Client{Transport: direct{f.door}}, Retryer: aws.NopRetryer{},
	})
}

func static(c aws.Credentials) aws.CredentialsProvider {
	return credentials.StaticCredentialsProvider{Value: c}
}

// ask asks for a session with a token whose claims are changed, nil for one that is
// left out, in a request that is changed too.
func (f *fixture) ask(claims jwt.MapClaims, change func(*api.AssumeRoleWithWebIdentityInput)) (*api.AssumeRoleWithWebIdentityOutput, error) {
	f.t.Helper()
	all := jwt.MapClaims{"sub": subject, "aud": "sts.amazonaws.com", "exp": time.Now().Add(time.Hour).Unix()}
	for name, value := range claims {
		all[name] = value
		if value == nil {
			delete(all, name)
		}
	}
	token, err := f.issuer.Sign(all)
	if err != nil {
		f.t.Fatal(err)
	}
	input := &api.AssumeRoleWithWebIdentityInput{RoleArn: aws.String(roleARN), RoleSessionName: aws.String("job-1"), WebIdentityToken: &token}
	if change != nil {
		change(input)
	}
	return f.client(nil).AssumeRoleWithWebIdentity(context.Background(), input)
}

// wantRefusal wants an error of the API; a blank text is any.
func wantRefusal(t *testing.T, err error, code, text string) {
	t.Helper()
	var refused smithy.APIError
	if !errors.As(err, &refused) {
		t.Fatalf("got %v, want the code %s", err, code)
	}
	if refused.ErrorCode() != code || refused.ErrorMessage() != text {
		t.Errorf("got %s: %s\nwant %s: %s", refused.ErrorCode(), refused.ErrorMessage(), code, text)
	}
}

// wantEntry wants the last attempt in the ledger to be this.
func (f *fixture) wantEntry(who, action, resource string, allowed bool, by string) {
	f.t.Helper()
	entries := f.door.Ledger.Since(0)
	if len(entries) == 0 {
		f.t.Fatal("the ledger is empty")
	}
	got := entries[len(entries)-1]
	if got.Who != who || got.Action != action || got.Resource != resource || got.Verdict.Allowed != allowed || got.Verdict.String() != by {
		f.t.Errorf("got %s, %s on %s: %t by %s\nwant %s, %s on %s: %t by %s",
			got.Who, got.Action, got.Resource, got.Verdict.Allowed, got.Verdict, who, action, resource, allowed, by)
	}
}
