// Package admission serves admission webhooks that change objects, for the API server of a
// rehearsal's cluster.
package admission

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"

	admission "k8s.io/api/admission/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/rehearsal/authority"
	"keyless-runners/rehearsal/process"
)

// Patch returns what changes the object of a request, nil if nothing does. An error refuses the
// object.
type Patch func(context.Context, *admission.AdmissionRequest) ([]Operation, error)

// Operation is one of a JSON patch.
type Operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

// Server is a webhook that listens.
type Server struct {
	// URL is where it is asked, Authority the certificate, in PEM, that its own is signed by.
	URL       string
	Authority []byte
	server    *http.Server
}

// path is where objects are sent to.
const path = "/mutate"

// Start listens on a free port of loopback.
func Start(name string, patch Patch) (*Server, error) {
	a, err := authority.New(name)
	if err != nil {
		return nil, err
	}
	listener, err := listen(a)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("POST "+path, Handler(patch))
	s := &Server{URL: "https://" + listener.Addr().String() + path, Authority: a.PEM}
	s.server = &http.Server{Handler: mux, ErrorLog: log.New(io.Discard, "", 0)} // the API server says it better
	go func() { _ = s.server.Serve(listener) }()
	return s, nil
}

// Stop ends the webhook.
func (s *Server) Stop() { _ = s.server.Close() }

func listen(a *authority.Authority) (net.Listener, error) {
	pair, err := a.Server(process.Loopback)
	if err != nil {
		return nil, err
	}
	certificate, err := tls.X509KeyPair(pair.Certificate, pair.Key)
	if err != nil {
		return nil, err
	}
	return tls.Listen("tcp", process.Address(0), &tls.Config{Certificates: []tls.Certificate{certificate}})
}

// Handler answers the API server.
func Handler(patch Patch) http.Handler {
	return http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		var review admission.AdmissionReview
		if err := json.NewDecoder(request.Body).Decode(&review); err != nil || review.Request == nil {
			http.Error(response, "want an AdmissionReview with a request", http.StatusBadRequest)
			return
		}
		review.Response = respond(request.Context(), review.Request, patch)
		review.Request = nil
		response.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(response).Encode(review) // the API server is gone, or it is not
	})
}

func respond(ctx context.Context, request *admission.AdmissionRequest, patch Patch) *admission.AdmissionResponse {
	refused := func(err error) *admission.AdmissionResponse {
		return &admission.AdmissionResponse{UID: request.UID, Result: &meta.Status{Message: err.Error()}}
	}
	operations, err := patch(ctx, request)
	if err != nil {
		return refused(err)
	}
	allowed := &admission.AdmissionResponse{UID: request.UID, Allowed: true}
	if operations == nil {
		return allowed
	}
	if allowed.Patch, err = json.Marshal(operations); err != nil {
		return refused(err)
	}
	kind := admission.PatchTypeJSONPatch
	allowed.PatchType = &kind
	return allowed
}
