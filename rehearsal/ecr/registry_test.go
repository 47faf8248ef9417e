package ecr_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
)

const (
	appARN = "arn:aws:ecr:us-east-1:111122223333:repository/team/app"
	// empty is the digest of nothing.
	empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

func TestEachRequestStandsForAnAction(t *testing.T) {
	f := newFixture(t)
	password := f.password(admin)
	for _, c := range []struct {
		request string
		body    string
		actions string
	}{
		{"HEAD /v2/team/app/manifests/v1", "", "BatchGetImage"},
		{"GET /v2/team/app/manifests/" + empty, "", "BatchGetImage"},
		{"PUT /v2/team/app/manifests/v1", "{}", "PutImage"},
		{"DELETE /v2/team/app/manifests/" + empty, "", "BatchDeleteImage"},
		{"HEAD /v2/team/app/blobs/" + empty, "", "BatchCheckLayerAvailability"},
		{"GET /v2/team/app/blobs/" + empty, "", "GetDownloadUrlForLayer"},
		{"POST /v2/team/app/blobs/uploads/", "", "InitiateLayerUpload"},
		{"POST /v2/team/app/blobs/uploads/?mount=" + empty + "&from=team/other", "", "InitiateLayerUpload"},
		{"PATCH /v2/team/app/blobs/uploads/1", "x", "UploadLayerPart"},
		{"PUT /v2/team/app/blobs/uploads/1?digest=" + empty, "", "CompleteLayerUpload"},
		{"PUT /v2/team/app/blobs/uploads/1?digest=" + empty, "x", "UploadLayerPart CompleteLayerUpload"},
		{"GET /v2/team/app/blobs/uploads/1", "", "UploadLayerPart"},
		{"DELETE /v2/team/app/blobs/uploads/1", "", "UploadLayerPart"},
		{"GET /v2/team/app/tags/list", "", "ListImages"},
		{"GET /v2/team/app/referrers/" + empty, "", "ListImageReferrers"},
	} {
		t.Run(c.request, func(t *testing.T) {
			mark := f.cloud.Ledger.Mark()
			method, path, _ := strings.Cut(c.request, " ")
			f.ask(method, path, password, c.body)
			var got []string
			for _, e := range f.cloud.Ledger.Since(mark) {
				if e.Resource != appARN || !e.Verdict.Allowed {
					t.Errorf("got %+v, want it allowed on %s", e, appARN)
				}
				got = append(got, strings.TrimPrefix(e.Action, "ecr:"))
			}
			if strings.Join(got, " ") != c.actions {
				t.Errorf("got %q, want %q", got, c.actions)
			}
		})
	}
}

func TestWhatECRDoesNotOfferIsRefused(t *testing.T) {
	f := newFixture(t)
	password := f.password(admin)
	for _, request := range []string{"GET /v2/_catalog", "DELETE /v2/team/app/blobs/" + empty, "POST /v2/team/app/manifests/v1", "GET /v2/team/app", "GET /"} {
		mark := f.cloud.Ledger.Mark()
		method, path, _ := strings.Cut(request, " ")
		if got := f.ask(method, path, password, ""); got.status != http.StatusMethodNotAllowed {
			t.Errorf("%s: got status %d, want 405", request, got.status)
		}
		f.wantEntries(mark, "nobody")
	}
}

func TestARefusalIsInIAMsWords(t *testing.T) {
	f := newFixture(t)
	got := f.ask(http.MethodDelete, "/v2/team/app/manifests/v1", f.password(pusher), "")
	const want = `{"errors":[{"code":"DENIED","message":"User: ` + sessionARN + ` is not authorized to perform: ecr:BatchDeleteImage on resource: ` + appARN +
		` because no identity-based policy allows the ecr:BatchDeleteImage action"}]}`
	if got.status != http.StatusForbidden || got.body != want {
		t.Errorf("got %d %s\nwant 403 %s", got.status, got.body, want)
	}
}

func TestAClientIsToldHowToLogIn(t *testing.T) {
	f := newFixture(t)
	got := f.ask(http.MethodGet, "/v2/", "", "")
	const want = `Basic realm="https://111122223333.dkr.ecr.us-east-1.amazonaws.com/",service="ecr.amazonaws.com"`
	if got.status != http.StatusUnauthorized || got.header.Get("Www-Authenticate") != want {
		t.Errorf("got %d and %q, want 401 and %q", got.status, got.header.Get("Www-Authenticate"), want)
	}
	f.wantEntries(0, "nobody")
	if got := f.ask(http.MethodGet, "/v2/", f.password(pusher), ""); got.status != http.StatusOK {
		t.Errorf("with the password: got %d, want 200", got.status)
	}
}

func TestNobodyGetsInWithoutAPasswordThatHolds(t *testing.T) {
	f := newFixture(t)
	brief := f.cloud.Sessions.Issue(pusher, 5*time.Second) // in which a busy machine asks for the password
	expired := passwordOf(t, f.apiFor(brief))
	foreign := f.passwordIn("us-west-2")
	time.Sleep(time.Until(brief.Expires))
	for _, c := range []struct {
		name, password string
		status         int
		body           string
		who, by        string
	}{
		{"none", "", http.StatusUnauthorized, "Not Authorized", "nobody", "no password"},
		{"made up", "AAAA", http.StatusBadRequest, "", "nobody", "password not of this region"},
		{"another region's", foreign, http.StatusBadRequest, "", sessionARN, "password not of this region"},
		{"expired", expired, http.StatusForbidden, `{"errors":[{"code":"DENIED","message":"Your authorization token has expired. Reauthenticate and try again."}]}`, sessionARN, "password expired"},
	} {
		t.Run(c.name, func(t *testing.T) {
			mark := f.cloud.Ledger.Mark()
			got := f.ask(http.MethodGet, "/v2/team/app/manifests/v1", c.password, "")
			if got.status != c.status || got.body != c.body {
				t.Errorf("got %d %s, want %d %s", got.status, got.body, c.status, c.body)
			}
			f.wantEntries(mark, c.who, "ecr:BatchGetImage on "+appARN+": "+c.by)
		})
	}
}

// A layer of another image repository has to be allowed there too, which a mount
// would not ask for.
func TestALayerIsNotMountedFromAnotherImageRepository(t *testing.T) {
	f := newFixture(t)
	account := newAccount()
	other := identity.ImageRepository{Registry: registry, Name: "team/other"}
	account.ImageRepositories = append(account.ImageRepositories, deployed.ImageRepository{ARN: other.ARN(), URI: other.String()})
	f.cloud.State.Set(account)
	password := f.password(admin)
	begun := f.ask(http.MethodPost, "/v2/team/other/blobs/uploads/", password, "")
	if got := f.ask(http.MethodPut, begun.header.Get("Location")+"&digest="+empty, password, ""); got.status != http.StatusCreated {
		t.Fatalf("got %d %s, want 201", got.status, got.body)
	}
	if got := f.ask(http.MethodPost, "/v2/team/app/blobs/uploads/?from=team/other&mount="+empty, password, ""); got.status != http.StatusAccepted {
		t.Errorf("got %d %s, want 202", got.status, got.body)
	}
}

func TestAnImageRepositoryOfAnotherAccountDecidesToo(t *testing.T) {
	f := newFixture(t)
	theirs := identity.ImageRepository{Registry: identity.Registry{Account: abroad, Region: region}, Name: "team/app"}
	check(t, f.cloud.OpenRegistry(theirs.Registry))
	account := newAccount()
	account.Roles[0].Policies[0].Document = policy.Push([]identity.ImageRepository{theirs})
	f.cloud.State.Set(account)
	password := f.password(pusher)
	path := "https://" + theirs.Registry.String() + "/v2/team/app/blobs/uploads/"
	open := func(principal string) {
		f.cloud.State.Set(deployed.Account{ID: abroad, ImageRepositories: []deployed.ImageRepository{{ARN: theirs.ARN(), Policy: &policy.Document{
			Version: policy.Version,
			Statement: []policy.Statement{{Sid: "Guests", Effect: policy.EffectAllow, Principal: &policy.Principal{AWS: policy.Values{principal}}, Action: policy.Values{
				"ecr:InitiateLayerUpload",
			}}},
		}}}})
	}
	open("arn:aws:iam::111122223333:role/other")
	got := f.ask(http.MethodPost, path, password, "")
	if want := "because no resource-based policy allows the ecr:InitiateLayerUpload action"; got.status != http.StatusForbidden || !strings.Contains(got.body, want) {
		t.Errorf("for another role: got %d %s, want 403 and %q", got.status, got.body, want)
	}
	open("arn:aws:iam::111122223333:root")
	mark := f.cloud.Ledger.Mark()
	if got := f.ask(http.MethodPost, path, password, ""); got.status != http.StatusAccepted {
		t.Errorf("for the account: got %d %s, want 202", got.status, got.body)
	}
	f.wantEntries(mark, sessionARN, `ecr:InitiateLayerUpload on arn:aws:ecr:us-east-1:444455556666:repository/team/app: "Guests" of the resource-based policy`)
}

func TestOneUploadInSoManyIsRefused(t *testing.T) {
	f := newFixture(t)
	f.cloud.ECR.Trouble.Set(3)
	password := f.password(pusher)
	var got []int
	for range 6 {
		got = append(got, f.ask(http.MethodPost, "/v2/team/app/blobs/uploads/", password, "").status)
	}
	want := []int{202, 202, 503, 202, 202, 503}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

// What was decided a moment ago holds no longer than what is deployed.
func TestTheNextRequestIsDecidedAnew(t *testing.T) {
	f := newFixture(t)
	password := f.password(pusher)
	if got := f.ask(http.MethodPost, "/v2/team/app/blobs/uploads/", password, ""); got.status != http.StatusAccepted {
		t.Fatalf("got %d, want 202", got.status)
	}
	account := newAccount()
	account.Roles[0].Policies = nil
	f.cloud.State.Set(account)
	if got := f.ask(http.MethodPost, "/v2/team/app/blobs/uploads/", password, ""); got.status != http.StatusForbidden {
		t.Errorf("got %d, want 403", got.status)
	}
}

func TestASessionPolicyHoldsForThePasswordToo(t *testing.T) {
	f := newFixture(t)
	narrow := pusher
	narrow.Policy = &policy.Document{Version: policy.Version, Statement: []policy.Statement{{Effect: policy.EffectAllow, Action: policy.Values{"ecr:GetAuthorizationToken"}, Resource: policy.Values{"*"}}}}
	got := f.ask(http.MethodPost, "/v2/team/app/blobs/uploads/", f.password(narrow), "")
	if want := "because no session policy allows the ecr:InitiateLayerUpload action"; got.status != http.StatusForbidden || !strings.Contains(got.body, want) {
		t.Errorf("got %d %s, want 403 and %q", got.status, got.body, want)
	}
}
