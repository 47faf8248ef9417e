package agent_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/agent"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/eksauth"
	"keyless-runners/rehearsal/issuer"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/session"
)

const (
	account identity.AccountID = "111122223333"
	of      identity.Issuer    = "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	roleARN                    = "arn:aws:iam::111122223333:role/web-runner"
	nodeARN                    = "arn:aws:iam::111122223333:role/node"
)

var (
	prod   = identity.ClusterARN{Partition: "aws", Region: "us-east-1", Account: account, Name: "prod"}
	runner = identity.Subject{Namespace: "web-runners", ServiceAccount: "runner"}
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

// node is a node of the cluster with an agent, and EKS Auth behind it.
type node struct {
	account deployed.Account
	door    *eksauth.Door
	agent   *agent.Agent
	signer  *issuer.Issuer
}

// signer is the one issuer of all tests, because a key takes its time.
var signer = sync.OnceValues(func() (*issuer.Issuer, error) { return issuer.New(of) })

func newNode(t *testing.T, change func(*deployed.Account)) *node {
	t.Helper()
	key, err := signer()
	if err != nil {
		t.Fatal(err)
	}
	n := &node{signer: key, account: deployed.Account{
		ID: account,
		Roles: []deployed.Role{
			{ARN: roleARN, Trust: policy.TrustPodIdentity(prod, runner)},
			{ARN: nodeARN, Policies: []deployed.Policy{{Name: "worker", Document: policy.Document{Statement: []policy.Statement{{
				Effect: policy.EffectAllow, Action: policy.Values{"eks-auth:AssumeRoleForPodIdentity"}, Resource: policy.Values{"*"},
			}}}}}},
		},
		Associations: []deployed.Association{{
			ARN: "arn:aws:eks:us-east-1:111122223333:podidentityassociation/prod/a-1", ID: "a-1", Cluster: prod, Subject: runner, Role: roleARN,
		}},
	}}
	if change != nil {
		change(&n.account)
	}
	state, sessions := &deployed.State{}, &session.Store{}
	state.Set(n.account)
	n.door = &eksauth.Door{Region: "us-east-1", State: state, Sessions: sessions, Ledger: &ledger.Ledger{}, Issuers: direct{key}}
	n.door.Know(prod, of)
	own := sessions.Issue(session.Session{Role: identity.RoleARN{Partition: "aws", Account: account, Path: "/", Name: "node"}, Name: "i-1"}, time.Hour)
	n.agent, err = agent.Start(agent.Options{Cluster: prod, Node: credentials.StaticCredentialsProvider{Value: own}, Network: direct{n.door}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.agent.Stop)
	return n
}

// token returns the token of a Pod of the cluster, with some claims changed; nil takes one out.
func (n *node) token(t *testing.T, changed jwt.MapClaims) string {
	t.Helper()
	claims := jwt.MapClaims{
		"sub": "system:serviceaccount:web-runners:runner", "aud": []string{"pods.eks.amazonaws.com"}, "exp": time.Now().Add(time.Hour).Unix(),
		"kubernetes.io": kubernetes("web-runners", "runner"),
	}
	for name, value := range changed {
		claims[name] = value
	}
	token, err := n.signer.Sign(claims)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func kubernetes(namespace, serviceAccount string) map[string]any {
	return map[string]any{
		"namespace": namespace, "serviceaccount": map[string]string{"name": serviceAccount},
		"pod": map[string]string{"name": "web-1-abcde", "uid": "0d0e"},
	}
}

// retrieve has the AWS SDK find the credentials, as in a container of the Pod.
func retrieve(t *testing.T, uri, token string) (aws.Credentials, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(token), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri)
	t.Setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file)
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(t.TempDir(), "none"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(t.TempDir(), "none"))
	found, err := config.LoadDefaultConfig(context.Background(), config.WithRegion("us-east-1"), config.WithRetryMaxAttempts(1))
	if err != nil {
		t.Fatal(err)
	}
	return found.Credentials.Retrieve(t.Context())
}

func TestSDKGetsTheAssociatedRole(t *testing.T) {
	n := newNode(t, nil)
	got, err := retrieve(t, n.agent.URI, n.token(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	if got.AccountID != "111122223333" || !strings.HasPrefix(got.AccessKeyID, "ASIA") || got.Source != "CredentialsEndpointProvider" {
		t.Errorf("got credentials of account %q, key %q, from %q", got.AccountID, got.AccessKeyID, got.Source)
	}
	if left := time.Until(got.Expires); left > 6*time.Hour || left < 5*time.Hour {
		t.Errorf("they are valid for %s, want 6 h", left)
	}
	request, _ := http.NewRequest(http.MethodGet, "https://ecr.us-east-1.amazonaws.com/", nil)
	who := n.whose(t, request, got)
	if !regexp.MustCompile(`^arn:aws:sts::111122223333:assumed-role/web-runner/eks-prod-web-1-abcde-[0-9a-f-]{36}$`).MatchString(who.ARN().String()) {
		t.Errorf("they are those of %s", who.ARN())
	}
	if diff := cmp.Diff(map[string]string{
		"eks-cluster-arn": "arn:aws:eks:us-east-1:111122223333:cluster/prod", "eks-cluster-name": "prod",
		"kubernetes-namespace": "web-runners", "kubernetes-service-account": "runner",
		"kubernetes-pod-name": "web-1-abcde", "kubernetes-pod-uid": "0d0e",
	}, who.Tags); diff != "" {
		t.Errorf("session tags (-want +got):\n%s", diff)
	}
	if tag := who.Context()["aws:PrincipalTag/kubernetes-namespace"]; len(tag) != 1 || tag[0] != "web-runners" {
		t.Errorf("policies see the namespace as %q", tag)
	}
	n.wantVerdict(t, "system:serviceaccount:web-runners:runner", roleARN, "Statement[0] of the role trust policy")
}

func TestPodThatMayNotHaveTheRole(t *testing.T) {
	const who = "system:serviceaccount:web-runners:runner"
	trust := func(document policy.Document) func(*deployed.Account) {
		return func(a *deployed.Account) { a.Roles[0].Trust = document }
	}
	staging := prod
	staging.Name = "staging"
	for _, test := range []struct {
		name      string
		account   func(*deployed.Account)
		claims    jwt.MapClaims
		says, who string
		by        string
	}{
		{"another ServiceAccount of the namespace", nil, jwt.MapClaims{"sub": "system:serviceaccount:web-runners:default", "kubernetes.io": kubernetes("web-runners", "default")},
			"404: (ResourceNotFoundException): No association found for system:serviceaccount:web-runners:default in cluster prod, fault: client", "system:serviceaccount:web-runners:default", "no association"},
		{"the ServiceAccount of another namespace", nil, jwt.MapClaims{"sub": "system:serviceaccount:api-runners:runner", "kubernetes.io": kubernetes("api-runners", "runner")},
			"404: (ResourceNotFoundException): No association found for system:serviceaccount:api-runners:runner in cluster prod, fault: client", "system:serviceaccount:api-runners:runner", "no association"},
		{"an association of a ServiceAccount that the role does not trust", trust(policy.TrustPodIdentity(prod, identity.Subject{Namespace: "web-runners", ServiceAccount: "other"})), nil,
			"400: (AccessDeniedException): Unauthorized Exception! EKS does not have permissions to assume the associated role., fault: client", who, "no role trust policy allows it"},
		{"an association in a namespace that the role does not trust", trust(policy.TrustPodIdentity(prod, identity.Subject{Namespace: "api-runners", ServiceAccount: "runner"})), nil,
			"400: (AccessDeniedException): Unauthorized Exception! EKS does not have permissions to assume the associated role., fault: client", who, "no role trust policy allows it"},
		{"an association in a cluster that the role does not trust", trust(policy.TrustPodIdentity(staging, runner)), nil,
			"400: (AccessDeniedException): Unauthorized Exception! EKS does not have permissions to assume the associated role., fault: client", who, "no role trust policy allows it"},
		{"a role that does not let EKS tag the session", func(a *deployed.Account) { a.Roles[0].Trust.Statement[0].Action = policy.Values{"sts:AssumeRole"} }, nil,
			"400: (AccessDeniedException): Unauthorized Exception! EKS does not have permissions to assume the associated role., fault: client", who, "no role trust policy allows it"},
		{"a role that does not let EKS take it", func(a *deployed.Account) { a.Roles[0].Trust.Statement[0].Action = policy.Values{"sts:TagSession"} }, nil,
			"400: (AccessDeniedException): Unauthorized Exception! EKS does not have permissions to assume the associated role., fault: client", who, "no role trust policy allows it"},
		{"a role that is not there", func(a *deployed.Account) { a.Associations[0].Role += "s" }, nil,
			"400: (AccessDeniedException): Unauthorized Exception! EKS does not have permissions to assume the associated role., fault: client", who, "no such role"},
		{"a node whose role may not ask", func(a *deployed.Account) { a.Roles[1].Policies = nil }, nil,
			"400: (AccessDeniedException): User: arn:aws:sts::111122223333:assumed-role/node/i-1 is not authorized to perform: eks-auth:AssumeRoleForPodIdentity on resource: arn:aws:eks:us-east-1:111122223333:cluster/prod because no identity-based policy allows the eks-auth:AssumeRoleForPodIdentity action, fault: client",
			"arn:aws:sts::111122223333:assumed-role/node/i-1", "no identity-based policy allows it"},
		{"a token for STS", nil, jwt.MapClaims{"aud": []string{"sts.amazonaws.com"}}, "400: (InvalidTokenException): Token is not valid: oidc: expected audience \"pods.eks.amazonaws.com\" got [\"sts.amazonaws.com\"], fault: client", "nobody", "token not valid"},
		{"a token of another cluster", nil, jwt.MapClaims{"iss": string(of[:len(of)-1]) + "0"}, "400: (InvalidTokenException): Token is not valid", "nobody", "token not valid"},
		{"a token of no Pod", nil, jwt.MapClaims{"kubernetes.io": map[string]any{"namespace": "web-runners", "serviceaccount": map[string]string{"name": "runner"}}},
			"400: (InvalidTokenException): Token is not bound to a Pod, fault: client", who, "no Pod's token"},
		{"a token that is over", nil, jwt.MapClaims{"exp": time.Now().Add(-time.Minute).Unix()}, "400: Service account token failed basic claim validations: ", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := newNode(t, test.account)
			token := n.token(t, test.claims)
			if got := get(t, n.agent.URI, token); !strings.HasPrefix(got, test.says) {
				t.Errorf("the agent says\n%s\nwant\n%s", got, test.says)
			}
			if _, err := retrieve(t, n.agent.URI, token); err == nil {
				t.Error("the SDK has credentials")
			}
			if test.by != "" {
				n.wantVerdict(t, test.who, "", test.by)
			}
		})
	}
}

func TestAgentRefuses(t *testing.T) {
	n := newNode(t, nil)
	if got, want := get(t, n.agent.URI, ""), "400: Service account token cannot be empty"; got != want {
		t.Errorf("without a token: got %q, want %q", got, want)
	}
	if got, want := get(t, n.agent.URI, "open sesame"), "400: Service account token cannot be parsed: "; !strings.HasPrefix(got, want) {
		t.Errorf("with no token: got %q, want %q", got, want)
	}
	request, _ := http.NewRequest(http.MethodGet, n.agent.URI, nil)
	request.Host = "rebound.example.com"
	if got, want := answer(t, request), "403: Access Denied. Called agent through invalid address, please use either [127.0.0.1] address not rebound.example.com"; got != want {
		t.Errorf("by another name: got %q, want %q", got, want)
	}
	if got := get(t, strings.TrimSuffix(n.agent.URI, "credentials"), n.token(t, nil)); !strings.HasPrefix(got, "404: ") {
		t.Errorf("elsewhere: got %q", got)
	}
}

// requestID begins what the agent says that EKS Auth said.
var requestID = regexp.MustCompile(`^(\d+: )\[[0-9a-f-]{36}\]: `)

func get(t *testing.T, uri, token string) string {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, uri, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", token)
	}
	return answer(t, request)
}

// answer is the status and the text, without the id of EKS Auth's request.
func answer(t *testing.T, request *http.Request) string {
	t.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return requestID.ReplaceAllString(response.Status[:3]+": "+strings.TrimSpace(string(text)), "$1")
}

// whose says whose credentials sign a request.
func (n *node) whose(t *testing.T, request *http.Request, credentials aws.Credentials) session.Session {
	t.Helper()
	who, refusal := n.door.Sessions.Verify(signed(t, request, credentials), nil, "ecr", "us-east-1")
	if refusal != nil {
		t.Fatal(refusal)
	}
	return who
}

// wantVerdict looks at the last entry of the ledger.
func (n *node) wantVerdict(t *testing.T, who, resource, by string) {
	t.Helper()
	entries := n.door.Ledger.Since(0)
	if len(entries) == 0 {
		t.Fatal("nothing was written down")
	}
	last := entries[len(entries)-1]
	if last.Who != who || last.Action != "eks-auth:AssumeRoleForPodIdentity" || last.Verdict.String() != by || resource != "" && last.Resource != resource {
		t.Errorf("got %s, %s on %s: %s; want %s on %s: %s", last.Who, last.Action, last.Resource, last.Verdict, who, resource, by)
	}
}

// signed signs a request without a body to ECR.
func signed(t *testing.T, request *http.Request, credentials aws.Credentials) *http.Request {
	t.Helper()
	sum := sha256.Sum256(nil)
	if err := v4.NewSigner().SignHTTP(t.Context(), credentials, request, hex.EncodeToString(sum[:]), "ecr", "us-east-1", time.Now()); err != nil {
		t.Fatal(err)
	}
	return request
}
