// Package agent plays EKS' Pod Identity Agent, which runs on each node and gives the AWS SDKs
// of a Pod credentials for the Pod's token. It follows aws/eks-pod-identity-agent at d4dc0f3
// (0.1.37), but for its cache, and listens on a free port of loopback, an address that the
// SDKs accept, too.
package agent

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/golang-jwt/jwt/v5"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/process"
)

// Options say whose agent it is.
type Options struct {
	Cluster identity.ClusterARN
	// Node are the credentials of the node's role.
	Node aws.CredentialsProvider
	// Network reaches EKS Auth.
	Network http.RoundTripper
}

// Agent is one that runs.
type Agent struct {
	Options
	// URI is where it gives credentials, in place of identity.AgentURI.
	URI    string
	server *http.Server
}

// path is where credentials are.
const path = "/v1/credentials"

// Start listens on a free port.
func Start(options Options) (*Agent, error) {
	listener, err := net.Listen("tcp", process.Address(0))
	if err != nil {
		return nil, err
	}
	a := &Agent{Options: options, URI: "http://" + listener.Addr().String() + path}
	mux := http.NewServeMux()
	mux.HandleFunc(path, a.serve)
	a.server = &http.Server{Handler: mux, ErrorLog: log.New(io.Discard, "", 0)} // clients say it better
	go func() { _ = a.server.Serve(listener) }()
	return a, nil
}

// Stop ends the agent.
func (a *Agent) Stop() { _ = a.server.Close() }

// refusal is an error as the agent gives it: one line of text.
type refusal struct {
	status int
	text   string
}

func (a *Agent) serve(w http.ResponseWriter, r *http.Request) {
	given, refused := a.credentials(r)
	if refused != nil {
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(refused.status)
		_, _ = io.WriteString(w, refused.text+"\n") // a client that is gone needs no answer
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(given)
}

// credentials are the credentials that the agent gives (internal/handler and pkg/credentials).
type credentials struct {
	AccessKeyID     string `json:"AccessKeyId"`
	SecretAccessKey string
	Token           string
	AccountID       string `json:"AccountId"`
	Expiration      string
}

func (a *Agent) credentials(r *http.Request) (*credentials, *refusal) {
	if host, _, err := net.SplitHostPort(r.Host); err != nil || host != process.Loopback {
		return nil, &refusal{http.StatusForbidden, "Access Denied. Called agent through invalid address, please use either [" + process.Loopback + "] address not " + r.Host}
	}
	token := r.Header.Get("Authorization")
	if refused := check(token); refused != nil {
		return nil, refused
	}
	granted, refused := a.assume(r.Context(), token)
	if refused != nil {
		return nil, refused
	}
	user, err := arn.Parse(granted.AssumedRoleUser.ARN)
	if err != nil || granted.PodIdentityAssociation.ID == "" {
		return nil, &refusal{http.StatusInternalServerError, "EKS Auth gave no role or no association"}
	}
	return &credentials{
		AccessKeyID:     granted.Credentials.AccessKeyID,
		SecretAccessKey: granted.Credentials.SecretAccessKey,
		Token:           granted.Credentials.SessionToken,
		AccountID:       user.AccountID,
		Expiration:      time.Unix(granted.Credentials.Expiration, 0).UTC().Format(time.RFC3339Nano),
	}, nil
}

// check looks at a token as far as the agent does: that it is one, and that it is its time.
// Whether it is genuine is for EKS Auth to say.
func check(token string) *refusal {
	if token == "" {
		return &refusal{http.StatusBadRequest, "Service account token cannot be empty"}
	}
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(token, claims); err != nil {
		return &refusal{http.StatusBadRequest, fmt.Sprintf("Service account token cannot be parsed: %v", err)}
	}
	if err := jwt.NewValidator().Validate(claims); err != nil {
		return &refusal{http.StatusBadRequest, fmt.Sprintf("Service account token failed basic claim validations: %v", strings.TrimSpace(err.Error()))}
	}
	return nil
}
