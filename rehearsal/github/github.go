// Package github is a fake of the part of GitHub's REST API that the manager of
// actions-runner-controller v0.27.6 calls: tokens for runners to register with, the
// list of runners, their removal, and the workflow runs that it scales by; and of the Actions
// service, which the controller of scale sets calls. It keeps which runners are registered
// where, as GitHub does.
package github

import (
	"crypto/tls"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"keyless-runners/rehearsal/authority"
	"keyless-runners/rehearsal/process"
)

// Token is the personal access token that the API takes, and the only one.
const Token = "rehearsal"

// lifetime is how long a registration token is valid (GitHub's documentation, "Create
// a registration token for a repository").
const lifetime = time.Hour

// Server is the API. Its zero value is of no use: see Start.
type Server struct {
	// URL is where it is reached as github.com is, and EnterpriseURL as a GitHub Enterprise Server is,
	// whose certificate is signed by a separate authority: Certificate, as PEM.
	URL, EnterpriseURL string
	Certificate        []byte
	servers            []*http.Server

	mu      sync.Mutex
	tokens  map[string]token
	runners map[Scope][]Runner
	// scaleSets and agents, their runners, are those of the Actions service.
	scaleSets []ScaleSet
	// groups are the names of the runner groups; the id of the first, which is GitHub's own,
	// is 1.
	groups  []string
	agents  []agent
	last    int64
	unknown []string
}

// Scope is whose runners are meant, as it stands in the paths of the API:
// "repos/OWNER/REPOSITORY", "orgs/ORGANIZATION" or "enterprises/ENTERPRISE".
type Scope string

type token struct {
	scope   Scope
	expires time.Time
}

// Start listens on two free ports of loopback.
func Start() (*Server, error) {
	s := &Server{tokens: map[string]token{}, runners: map[Scope][]Runner{}, groups: []string{"Default"}}
	certificate, err := s.certify()
	if err != nil {
		return nil, err
	}
	handler := s.routes()
	if s.URL, err = s.listen("http", handler, nil); err != nil {
		return nil, err
	}
	if s.EnterpriseURL, err = s.listen("https", handler, certificate); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// certify makes the certificate of a GitHub Enterprise Server.
func (s *Server) certify() (*tls.Config, error) {
	a, err := authority.New("github enterprise server")
	if err != nil {
		return nil, err
	}
	pair, err := a.Server(process.Loopback)
	if err != nil {
		return nil, err
	}
	certificate, err := tls.X509KeyPair(pair.Certificate, pair.Key)
	s.Certificate = a.PEM
	return &tls.Config{Certificates: []tls.Certificate{certificate}}, err
}

// listen starts a server, with TLS if there is a configuration, and returns its URL.
func (s *Server) listen(scheme string, handler http.Handler, config *tls.Config) (string, error) {
	listener, err := net.Listen("tcp", process.Address(0))
	if err != nil {
		return "", err
	}
	address := listener.Addr().String()
	if config != nil {
		listener = tls.NewListener(listener, config)
	}
	server := &http.Server{Handler: handler, ErrorLog: log.New(io.Discard, "", 0)} // clients say it better
	s.servers = append(s.servers, server)
	go func() { _ = server.Serve(listener) }()
	return scheme + "://" + address + "/", nil
}

// Stop ends every connection.
func (s *Server) Stop() {
	for _, server := range s.servers {
		_ = server.Close()
	}
}

// Unknown are the requests, as "METHOD /path", that the fake did not know.
func (s *Server) Unknown() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.unknown...)
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for _, scope := range []string{"repos/{owner}/{repository}", "orgs/{organization}", "enterprises/{enterprise}"} {
		mux.HandleFunc("POST /"+scope+"/actions/runners/registration-token", s.createToken)
		mux.HandleFunc("GET /"+scope+"/actions/runners", s.listRunners)
		mux.HandleFunc("DELETE /"+scope+"/actions/runners/{id}", s.removeRunner)
	}
	mux.HandleFunc("GET /repos/{owner}/{repository}/actions/runs", noRuns)
	mux.HandleFunc("/", s.notFound)
	root := http.NewServeMux()
	root.Handle("/", authenticated(mux))
	actions := s.actions()
	root.Handle("/api/v3/", actions)
	root.Handle(tenant+"/", actions)
	return root
}

func authenticated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+Token {
			fail(w, http.StatusUnauthorized, "Bad credentials")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// noRuns says that no workflow run waits for a runner.
func noRuns(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{"total_count": 0, "workflow_runs": []any{}})
}

func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.unknown = append(s.unknown, r.Method+" "+r.URL.Path)
	s.mu.Unlock()
	fail(w, http.StatusNotFound, "Not Found")
}

func fail(w http.ResponseWriter, status int, message string) {
	answer(w, status, map[string]string{"message": message})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client is gone, or it is not
}
