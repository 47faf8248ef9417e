package ecr_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	api "github.com/aws/aws-sdk-go-v2/service/ecr"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/cloud"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/network"
	"keyless-runners/rehearsal/session"
)

const (
	home   identity.AccountID = "111122223333"
	abroad identity.AccountID = "444455556666"
	region identity.Region    = "us-east-1"
)

var (
	registry = identity.Registry{Account: home, Region: region}
	app      = identity.ImageRepository{Registry: registry, Name: "team/app"}
	pusher   = session.Session{Role: identity.RoleARN{Partition: "aws", Account: home, Path: "/ci/", Name: "pusher"}, Name: "job-1"}
	admin    = session.Session{Role: identity.RoleARN{Partition: "aws", Account: home, Path: "/", Name: "admin"}, Name: "root"}
)

const sessionARN = "arn:aws:sts::111122223333:assumed-role/pusher/job-1"

// fixture is ECR with one registry, whose account has a role that may push and one
// that may do everything.
type fixture struct {
	t      *testing.T
	cloud  *cloud.Cloud
	client *http.Client
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	internet, err := network.Start()
	check(t, err)
	t.Cleanup(internet.Stop)
	transport, err := internet.Peer().Transport()
	check(t, err)
	f := &fixture{t: t, client: &http.Client{Transport: transport}}
	f.cloud, err = cloud.New(internet, t.TempDir())
	check(t, err)
	_, err = f.cloud.OpenRegion(region)
	check(t, err)
	check(t, f.cloud.OpenRegistry(registry))
	f.cloud.State.Set(newAccount())
	return f
}

func newAccount() deployed.Account {
	all := policy.Document{Version: policy.Version, Statement: []policy.Statement{{Sid: "All", Effect: policy.EffectAllow, Action: policy.Values{"*"}, Resource: policy.Values{"*"}}}}
	return deployed.Account{
		ID: home,
		Roles: []deployed.Role{
			{ARN: pusher.Role.String(), Policies: []deployed.Policy{{Name: "push", Document: policy.Push([]identity.ImageRepository{app})}}},
			{ARN: admin.Role.String(), Policies: []deployed.Policy{{Name: "admin", Document: all}}},
		},
		ImageRepositories: []deployed.ImageRepository{{ARN: app.ARN(), URI: app.String(), Immutable: true}},
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// api is the AWS SDK's client of ECR for a session of an hour.
func (f *fixture) api(who session.Session) *api.Client {
	return f.apiFor(f.cloud.Sessions.Issue(who, time.Hour))
}

func (f *fixture) apiFor(c aws.Credentials) *api.Client {
	return api.New(api.Options{
		Region: string(region), HTTPClient: f.client, Retryer: aws.NopRetryer{},
		Credentials: credentials.StaticCredentialsProvider{Value: c},
	})
}

// password returns the password for "docker login".
func (f *fixture) password(who session.Session) string {
	f.t.Helper()
	return passwordOf(f.t, f.api(who))
}

// passwordIn returns the password that the API gives in another region.
func (f *fixture) passwordIn(other identity.Region) string {
	f.t.Helper()
	_, err := f.cloud.OpenRegion(other)
	check(f.t, err)
	return passwordOf(f.t, api.New(f.api(pusher).Options(), func(o *api.Options) { o.Region = string(other) }))
}

// answer is the registry's answer to a request.
type answer struct {
	status int
	body   string
	header http.Header
}

// ask sends a request to the registry; with a blank password it has none.
func (f *fixture) ask(method, path, password, body string) answer {
	f.t.Helper()
	url := path
	if !strings.HasPrefix(path, "https://") {
		url = "https://" + registry.String() + path
	}
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	check(f.t, err)
	if password != "" {
		r.SetBasicAuth("AWS", password)
	}
	if strings.Contains(path, "/manifests/") {
		r.Header.Set("Content-Type", "application/vnd.oci.image.manifest.v1+json")
	}
	response, err := f.client.Do(r)
	check(f.t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	check(f.t, err)
	return answer{response.StatusCode, strings.TrimSpace(string(text)), response.Header}
}

// wantEntries wants the attempts since a mark, each as "action on resource: verdict".
func (f *fixture) wantEntries(mark ledger.Mark, who string, want ...string) {
	f.t.Helper()
	entries := f.cloud.Ledger.Since(mark)
	var got []string
	for _, e := range entries {
		if e.Who != who {
			f.t.Errorf("got an attempt of %s, want only those of %s", e.Who, who)
		}
		got = append(got, e.Action+" on "+e.Resource+": "+e.Verdict.String())
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		f.t.Errorf("got the attempts\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
