package ecr_test

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	api "github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/smithy-go"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/ecr"
)

func passwordOf(t *testing.T, client *api.Client) string {
	t.Helper()
	got, err := client.GetAuthorizationToken(context.Background(), nil)
	check(t, err)
	text, err := base64.StdEncoding.DecodeString(aws.ToString(got.AuthorizationData[0].AuthorizationToken))
	check(t, err)
	return strings.TrimPrefix(string(text), "AWS:")
}

func TestAPasswordHoldsTwelveHoursOrItsSession(t *testing.T) {
	f := newFixture(t)
	for _, c := range []struct{ session, want time.Duration }{{time.Hour, time.Hour}, {36 * time.Hour, 12 * time.Hour}} {
		got, err := f.apiFor(f.cloud.Sessions.Issue(pusher, c.session)).GetAuthorizationToken(context.Background(), nil)
		check(t, err)
		data := got.AuthorizationData[0]
		if left := time.Until(*data.ExpiresAt); left > c.want || left < c.want-time.Minute {
			t.Errorf("session of %s: got %s until the password expires, want %s", c.session, left, c.want)
		}
		if want := "https://111122223333.dkr.ecr.us-east-1.amazonaws.com"; aws.ToString(data.ProxyEndpoint) != want {
			t.Errorf("got the registry %s, want %s", *data.ProxyEndpoint, want)
		}
	}
}

func TestAnActionOfTheAPIIsRefusedInIAMsWords(t *testing.T) {
	f := newFixture(t)
	client, ctx, name := f.api(pusher), context.Background(), aws.String("team/app")
	for _, c := range []struct {
		action string
		call   func() error
	}{
		{"BatchDeleteImage", func() error {
			_, err := client.BatchDeleteImage(ctx, &api.BatchDeleteImageInput{RepositoryName: name, ImageIds: []types.ImageIdentifier{{ImageTag: aws.String("v1")}}})
			return err
		}},
		{"DeleteRepository", func() error {
			_, err := client.DeleteRepository(ctx, &api.DeleteRepositoryInput{RepositoryName: name})
			return err
		}},
		{"SetRepositoryPolicy", func() error {
			_, err := client.SetRepositoryPolicy(ctx, &api.SetRepositoryPolicyInput{RepositoryName: name, PolicyText: aws.String("{}")})
			return err
		}},
		{"DescribeRepositories", func() error {
			_, err := client.DescribeRepositories(ctx, &api.DescribeRepositoriesInput{RepositoryNames: []string{"team/app"}})
			return err
		}},
		{"CreateRepository", func() error {
			_, err := client.CreateRepository(ctx, &api.CreateRepositoryInput{RepositoryName: name})
			return err
		}},
	} {
		mark := f.cloud.Ledger.Mark()
		wantRefusal(t, c.call(), "AccessDeniedException", "User: "+sessionARN+" is not authorized to perform: ecr:"+c.action+" on resource: "+appARN+
			" because no identity-based policy allows the ecr:"+c.action+" action")
		f.wantEntries(mark, sessionARN, "ecr:"+c.action+" on "+appARN+": no identity-based policy allows it")
	}
}

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

func TestASignatureOfNobodyIsRefused(t *testing.T) {
	f := newFixture(t)
	forged := f.cloud.Sessions.Issue(pusher, time.Hour)
	forged.SecretAccessKey = "another"
	for _, c := range []struct {
		name        string
		credentials aws.Credentials
		code, text  string
		who, by     string
	}{
		{"expired", f.cloud.Sessions.Issue(pusher, 0), "ExpiredTokenException", "The security token included in the request is expired", sessionARN, "session expired"},
		{"unknown", aws.Credentials{AccessKeyID: "a", SecretAccessKey: "b"}, "UnrecognizedClientException", "The security token included in the request is invalid.", "nobody", "unknown key"},
		{"forged", forged, "InvalidSignatureException", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.", "nobody", "signature does not match"},
	} {
		t.Run(c.name, func(t *testing.T) {
			mark := f.cloud.Ledger.Mark()
			_, err := f.apiFor(c.credentials).GetAuthorizationToken(context.Background(), nil)
			wantRefusal(t, err, c.code, c.text)
			f.wantEntries(mark, c.who, "ecr:GetAuthorizationToken on *: "+c.by)
		})
	}
}

func TestWhoMayDeleteDeletes(t *testing.T) {
	f := newFixture(t)
	password := f.password(admin)
	begun := f.ask(http.MethodPost, "/v2/team/app/blobs/uploads/", password, "")
	f.ask(http.MethodPut, begun.header.Get("Location")+"&digest="+empty, password, "")
	manifest := `{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"` + empty + `","size":0},"layers":[]}`
	if got := f.ask(http.MethodPut, "/v2/team/app/manifests/v1", password, manifest); got.status != http.StatusCreated {
		t.Fatalf("got %d %s, want 201", got.status, got.body)
	}
	del := func(name string) error {
		_, err := f.api(admin).BatchDeleteImage(context.Background(), &api.BatchDeleteImageInput{RepositoryName: &name, ImageIds: []types.ImageIdentifier{{ImageTag: aws.String("v1")}}})
		return err
	}
	check(t, del("team/app"))
	if got := f.ask(http.MethodGet, "/v2/team/app/manifests/v1", password, ""); got.status != http.StatusNotFound {
		t.Errorf("got %d, want 404", got.status)
	}
	_, err := f.api(admin).CreateRepository(context.Background(), &api.CreateRepositoryInput{RepositoryName: aws.String("team/none")})
	check(t, err) // and makes none, so that
	wantRefusal(t, del("team/none"), "RepositoryNotFoundException", "The repository with name 'team/none' does not exist in the registry with id '111122223333'")
}

func TestARegistryIDNamesAnotherAccount(t *testing.T) {
	f := newFixture(t)
	mark := f.cloud.Ledger.Mark()
	_, err := f.api(pusher).DeleteRepository(context.Background(), &api.DeleteRepositoryInput{RegistryId: aws.String(string(abroad)), RepositoryName: aws.String("team/app")})
	if err == nil {
		t.Error("got no error, want one")
	}
	f.wantEntries(mark, sessionARN, "ecr:DeleteRepository on arn:aws:ecr:us-east-1:444455556666:repository/team/app: no identity-based policy allows it")
}

// A request has the condition keys that AWS would give it.
func TestConditionsSeeTheRequest(t *testing.T) {
	f := newFixture(t)
	for key, want := range map[string]string{
		"aws:RequestedRegion":  "us-east-1",
		"aws:SecureTransport":  "true",
		"aws:ResourceAccount":  "111122223333",
		"aws:PrincipalArn":     "arn:aws:iam::111122223333:role/ci/pusher",
		"aws:PrincipalAccount": "111122223333",
		"aws:userid":           pusher.UserID(),
	} {
		for value, allowed := range map[string]bool{want: true, want + "x": false} {
			account := newAccount()
			account.Roles[0].Policies[0].Document.Statement[0].Condition = policy.Condition{policy.StringEquals: {key: {value}}}
			f.cloud.State.Set(account)
			if _, err := f.api(pusher).GetAuthorizationToken(context.Background(), nil); (err == nil) != allowed {
				t.Errorf("%s is %s: got %v, want it allowed: %t", key, value, err, allowed)
			}
		}
	}
}

func TestOtherRequestsAreUnknown(t *testing.T) {
	f := newFixture(t)
	r, err := http.NewRequest(http.MethodPost, "https://"+ecr.Host(region)+"/", strings.NewReader("{}"))
	check(t, err)
	r.Header.Set("X-Amz-Target", "AnotherAPI.GetAuthorizationToken")
	response, err := f.client.Do(r)
	check(t, err)
	defer response.Body.Close()
	if response.StatusCode != http.StatusBadRequest {
		t.Errorf("got %d, want 400", response.StatusCode)
	}
}

func TestHostsAreThoseOfThePartition(t *testing.T) {
	for of, want := range map[identity.Region]string{
		"us-east-1":  "api.ecr.us-east-1.amazonaws.com",
		"cn-north-1": "api.ecr.cn-north-1.amazonaws.com.cn",
	} {
		if got := ecr.Host(of); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
