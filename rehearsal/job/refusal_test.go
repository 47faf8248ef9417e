package job_test

import (
	"encoding/base64"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"keyless-runners/diagnose"
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/issuer"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/session"
)

// with are the claims of the Pod's token with one changed; nil takes it out.
func with(name string, value any) jwt.MapClaims {
	claims := claims()
	claims[name] = value
	if value == nil {
		delete(claims, name)
	}
	return claims
}

// set is the environment with a variable changed; "" takes it out.
func set(env []string, name, value string) []string {
	env = slices.DeleteFunc(slices.Clone(env), func(variable string) bool { return strings.HasPrefix(variable, name+"=") })
	if value == "" {
		return env
	}
	return append(env, name+"="+value)
}

// refusal is a job that gets no session, and what its error means.
type refusal struct {
	name string
	env  func(w *world) []string
	code string
	// text is part of the error.
	text string
	// title and link are those of its diagnosis.
	title string
	link  diagnose.Link
}

const (
	trust    = "Not authorized to perform sts:AssumeRoleWithWebIdentity"
	trustIs  = "the role's trust policy refuses the token"
	keys     = "Couldn't retrieve verification key from your identity provider"
	keysAre  = "STS could not fetch the issuer's keys"
	notJWT   = "The ID Token provided is not a valid JWT"
	provided = "the role's account has no provider for the cluster's issuer"
)

func ofClaims(name string, value any) func(*world) []string {
	return func(w *world) []string { return w.env(with(name, value)) }
}

func ofRole(arn string) func(*world) []string {
	return func(w *world) []string { return set(w.env(claims()), "AWS_ROLE_ARN", arn) }
}

var refusals = []refusal{
	{"another ServiceAccount", ofClaims("sub", "system:serviceaccount:actions-runners:default"), "AccessDenied", trust, trustIs, diagnose.TokenToTrust},
	{"another namespace", ofClaims("sub", "system:serviceaccount:default:ecr-pusher"), "AccessDenied", trust, trustIs, diagnose.TokenToTrust},
	{"role that is not there", ofRole("arn:aws:iam::111122223333:role/ci/other"), "AccessDenied", trust, trustIs, diagnose.TokenToTrust},
	{"role without its path", ofRole("arn:aws:iam::111122223333:role/pusher"), "AccessDenied", trust, trustIs, diagnose.TokenToTrust},
	{"role of another account", ofRole("arn:aws:iam::444455556666:role/ci/pusher"), "InvalidIdentityToken", "No OpenIDConnect provider found in your account for " + string(issuerID), provided, diagnose.TokenToProvider},
	{"no ARN", ofRole("arn:aws:iam::111122223333::role/ci/pusher"), "ValidationError", "Request ARN is invalid", "what the Pod was given as its role is no ARN of a role", diagnose.ServiceAccountToRole},
	{"another audience", ofClaims("aud", "kubernetes"), "InvalidIdentityToken", "Incorrect token audience", "the provider does not take the token's audience", diagnose.TokenToProvider},
	{"no audience", ofClaims("aud", nil), "InvalidIdentityToken", "Missing a required claim: aud", "the token has no audience", diagnose.TokenToPod},
	{"expired", ofClaims("exp", time.Now().Add(-time.Second).Unix()), "ExpiredTokenException", "Token expired: current date/time", "the token is expired", diagnose.TokenToProvider},
	{"issuer without a provider", ofClaims("iss", "https://oidc.eks.us-east-1.amazonaws.com/id/FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"), "InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://oidc.eks.us-east-1.amazonaws.com/id/FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", provided, diagnose.TokenToProvider},
	{"key of another cluster", ofAnotherKey, "InvalidIdentityToken", keys, keysAre, diagnose.TokenToProvider},
	{"tampered", ofTampered, "InvalidIdentityToken", keys, keysAre, diagnose.TokenToProvider},
	{"unsigned", ofUnsigned, "InvalidIdentityToken", notJWT, "what the job shows STS is no token of a cluster", diagnose.TokenToPod},
	{"no token", func(w *world) []string { return w.envOf("no token") }, "InvalidIdentityToken", notJWT, "what the job shows STS is no token of a cluster", diagnose.TokenToPod},
	{"no token file", ofNoFile, "", "/var/run/secrets/eks.amazonaws.com/serviceaccount/token: no such file or directory", "the token is not where the job looks for it", diagnose.TokenToPod},
	{"mistyped region", func(w *world) []string { return set(w.env(claims()), "AWS_REGION", "us-esat-1") }, "", "lookup sts.us-esat-1.amazonaws.com: no such host", "STS is out of the Pod's reach", diagnose.TokenToProvider},
	{"issuer that is gone", ofGoneIssuer, "InvalidIdentityToken", keys, keysAre, diagnose.TokenToProvider},
	{"issuer that is down", ofIssuerDown, "IDPCommunicationError", "", "STS and the issuer did not come together", diagnose.TokenToProvider},
	{"no region", func(w *world) []string { return set(set(w.env(claims()), "AWS_REGION", ""), "AWS_DEFAULT_REGION", "") }, "", "Missing Region", "the job has no AWS region", diagnose.JobToSettings},
	{"no role", ofRole(""), "", "role ARN is not set", "the Pod has a token, but no role", diagnose.ServiceAccountToRole},
	{"nothing", func(*world) []string { return []string{"AWS_REGION=us-east-1", "AWS_EC2_METADATA_DISABLED=true"} }, "", "no EC2 IMDS role found", "the job found no AWS credentials", diagnose.TokenToPod},
	{"stored key that is gone", func(w *world) []string {
		return append(w.env(claims()), "AWS_ACCESS_KEY_ID=gone", "AWS_SECRET_ACCESS_KEY=gone")
	}, "UnrecognizedClientException", "The security token included in the request is invalid", "AWS does not know the key that the job uses", diagnose.JobToSettings},
	{"session that is over", func(w *world) []string {
		return append(w.env(claims()), session.Environment(w.cloud.Sessions.Issue(session.Session{Role: role, Name: "over"}, 0))...)
	}, "ExpiredTokenException", "The security token included in the request is expired", "the job outlived its AWS session", diagnose.JobToSettings},
}

// ofAnotherKey is the token of another cluster that says it is of ours.
func ofAnotherKey(w *world) []string {
	other, err := issuer.New(issuerID)
	check(w.t, err)
	token, err := other.Sign(claims())
	check(w.t, err)
	return w.envOf(token)
}

// ofTampered is a token of another ServiceAccount whose subject was changed.
func ofTampered(w *world) []string {
	mine, err := w.issuer.Sign(with("sub", "system:serviceaccount:default:default"))
	check(w.t, err)
	pushers, err := w.issuer.Sign(claims())
	check(w.t, err)
	parts, claims := strings.Split(mine, "."), strings.Split(pushers, ".")[1]
	return w.envOf(parts[0] + "." + claims + "." + parts[2])
}

func ofUnsigned(w *world) []string {
	token, err := w.issuer.Sign(claims())
	check(w.t, err)
	return w.envOf(base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + strings.Split(token, ".")[1] + ".")
}

func ofNoFile(w *world) []string {
	env := w.env(claims())
	check(w.t, os.Remove(w.token))
	return env
}

// ofGoneIssuer is the token of a cluster that was deleted, whose provider is left.
func ofGoneIssuer(w *world) []string {
	const gone identity.Issuer = "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	account := newAccount()
	account.Providers = []deployed.Provider{{ARN: identity.ProviderARN{Partition: "aws", Account: account.ID, Issuer: gone}.String(), URL: gone.Host(), Audiences: []string{"sts.amazonaws.com"}}}
	w.cloud.State.Set(account)
	return w.env(with("iss", string(gone)))
}

func ofIssuerDown(w *world) []string {
	check(w.t, w.network.Serve("oidc.eks.us-east-1.amazonaws.com", http.HandlerFunc(func(answer http.ResponseWriter, _ *http.Request) {
		answer.WriteHeader(http.StatusServiceUnavailable)
	})))
	return w.env(claims())
}

func TestARefusedJobIsToldWhy(t *testing.T) {
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			failed := w.run(c.env(w), login).Failure()
			if failed == nil {
				t.Fatal("got no error, want one")
			}
			if failed.Code != c.code || !strings.Contains(failed.Error, c.text) {
				t.Errorf("got the error %s (code %q), want %q (code %q)", failed.Error, failed.Code, c.text, c.code)
			}
			wantDiagnosis(t, *failed, c.title, c.link)
		})
	}
}

func TestASecondRoleIsRefused(t *testing.T) {
	w := newWorld(t)
	account := newAccount()
	account.Roles = append(account.Roles, deployed.Role{ARN: "arn:aws:iam::111122223333:role/admin", Trust: policy.Trust(provider, identity.Subject{Namespace: "kube-system", ServiceAccount: "admin"})})
	w.cloud.State.Set(account)
	failed := w.run(w.env(claims()), job.Step{Do: job.Assume, Role: "arn:aws:iam::111122223333:role/admin"}).Failure()
	if failed == nil || failed.Code != "AccessDenied" {
		t.Fatalf("got %+v, want the code AccessDenied", failed)
	}
	found := diagnose.Explain(failed.Error)
	if len(found) != 1 || found[0].Link != diagnose.JobToSettings || found[0].Value("resource") != "arn:aws:iam::111122223333:role/admin" {
		t.Errorf("%s: got %+v, want a diagnosis about the second role", failed.Error, found)
	}
}
