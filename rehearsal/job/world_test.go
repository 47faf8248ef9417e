package job_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/cloud"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/issuer"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/network"
	"keyless-runners/rehearsal/sts"
)

// TestMain is the job itself if its environment says so: a job is a separate process.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "job" {
		os.Exit(job.Main(context.Background(), os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

const (
	account  identity.AccountID = "111122223333"
	region   identity.Region    = "us-east-1"
	issuerID identity.Issuer    = "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
)

var (
	registry = identity.Registry{Account: account, Region: region}
	app      = identity.ImageRepository{Registry: registry, Name: "team/app"}
	role     = identity.RoleARN{Partition: "aws", Account: account, Path: "/ci/", Name: "pusher"}
	provider = identity.ProviderARN{Partition: "aws", Account: account, Issuer: issuerID}
	subject  = identity.Subject{Namespace: "actions-runners", ServiceAccount: "ecr-pusher"}
)

// world is AWS with one account, and a cluster's issuer. Each test has its own.
type world struct {
	t       *testing.T
	cloud   *cloud.Cloud
	sts     *sts.Door
	issuer  *issuer.Issuer
	network *network.Network
	// token is the file that was written last for a Pod.
	token string
}

// signer is the one issuer of all worlds, because a key takes its time.
var signer = sync.OnceValues(func() (*issuer.Issuer, error) { return issuer.New(issuerID) })

func newWorld(t *testing.T) *world {
	t.Helper()
	t.Parallel()
	internet, err := network.Start()
	check(t, err)
	t.Cleanup(internet.Stop)
	w := &world{t: t, network: internet}
	w.issuer, err = signer()
	check(t, err)
	check(t, internet.Serve("oidc.eks.us-east-1.amazonaws.com", w.issuer))
	w.cloud, err = cloud.New(internet, t.TempDir())
	check(t, err)
	w.sts, err = w.cloud.OpenRegion(region)
	check(t, err)
	check(t, w.cloud.OpenRegistry(registry))
	w.cloud.State.Set(newAccount())
	return w
}

// newAccount returns what our templates deploy.
func newAccount() deployed.Account {
	return deployed.Account{
		ID:        account,
		Providers: []deployed.Provider{{ARN: provider.String(), URL: issuerID.Host(), Audiences: []string{"sts.amazonaws.com"}}},
		Roles: []deployed.Role{{
			ARN:      role.String(),
			Trust:    policy.Trust(provider, subject),
			Policies: []deployed.Policy{{Name: "push", Document: policy.Push([]identity.ImageRepository{app})}},
		}},
		ImageRepositories: []deployed.ImageRepository{{ARN: app.ARN(), URI: app.String(), Immutable: true}},
	}
}

// claims returns the claims of the Pod's token.
func claims() jwt.MapClaims {
	now := time.Now()
	return jwt.MapClaims{"sub": subject.String(), "aud": []string{"sts.amazonaws.com"}, "iat": now.Unix(), "nbf": now.Unix(), "exp": now.Add(time.Hour).Unix()}
}

// env is the Pod's environment as the pod identity webhook makes it, with a token of
// the claims.
func (w *world) env(claims jwt.MapClaims) []string {
	w.t.Helper()
	token, err := w.issuer.Sign(claims)
	check(w.t, err)
	return w.envOf(token)
}

func (w *world) envOf(token string) []string {
	w.t.Helper()
	w.token = filepath.Join(w.t.TempDir(), "var/run/secrets/eks.amazonaws.com/serviceaccount/token")
	check(w.t, os.MkdirAll(filepath.Dir(w.token), 0o755))
	check(w.t, os.WriteFile(w.token, []byte(token), 0o600))
	return []string{
		"AWS_REGION=us-east-1", "AWS_DEFAULT_REGION=us-east-1", "AWS_STS_REGIONAL_ENDPOINTS=regional", "AWS_EC2_METADATA_DISABLED=true",
		"AWS_ROLE_ARN=" + role.String(), "AWS_WEB_IDENTITY_TOKEN_FILE=" + w.token,
	}
}

// run runs a job with the environment.
func (w *world) run(env []string, steps ...job.Step) job.Report {
	w.t.Helper()
	program, err := os.Executable()
	check(w.t, err)
	report, err := job.Run(w.t.Context(), job.Spec{Program: program, Args: []string{"job"}, Env: env, Task: job.Task{Network: w.network.Peer(), Steps: steps}})
	check(w.t, err)
	return report
}

// must runs a job that succeeds.
func (w *world) must(env []string, steps ...job.Step) []job.Outcome {
	w.t.Helper()
	report := w.run(env, steps...)
	if failed := report.Failure(); failed != nil {
		w.t.Fatalf("%s %s: got the error %s, want none", failed.Step.Do, failed.Step.Image, failed.Error)
	}
	return report.Outcomes
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
