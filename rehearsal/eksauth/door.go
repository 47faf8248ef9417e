// Package eksauth is the door of the Amazon EKS Auth API, which EKS' Pod Identity Agent asks
// for a Pod: it gives a session of the role that the Pod's ServiceAccount is associated with,
// if the role's trust policy, as it is deployed, lets EKS have it for that ServiceAccount.
//
// The protocol is that of API version 2023-11-26 (Amazon EKS API reference,
// "AssumeRoleForPodIdentity").
package eksauth

import (
	"encoding/json"
	"io"
	"net/http"
	"sync"

	"github.com/google/uuid"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/verdict"
)

// Door answers for EKS Auth.
type Door struct {
	// Region is the endpoint's region.
	Region   identity.Region
	State    *deployed.State
	Sessions *session.Store
	Ledger   *ledger.Ledger
	// Issuers reaches the issuers of tokens.
	Issuers http.RoundTripper

	mu       sync.Mutex
	clusters map[identity.ClusterARN]identity.Issuer
}

// Host is the name of a region's endpoint, which is a dual-stack one (aws-sdk-go-v2,
// service/eksauth, endpoints).
func Host(region identity.Region) string {
	suffix := "api.aws"
	if region.Partition() == identity.PartitionChina {
		suffix = "api.amazonwebservices.com.cn"
	}
	return "eks-auth." + string(region) + "." + suffix
}

// Know has EKS know a cluster, and the issuer of its tokens.
func (d *Door) Know(cluster identity.ClusterARN, issuer identity.Issuer) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.clusters == nil {
		d.clusters = map[identity.ClusterARN]identity.Issuer{}
	}
	d.clusters[cluster] = issuer
}

func (d *Door) issuer(cluster identity.ClusterARN) (identity.Issuer, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	issuer, known := d.clusters[cluster]
	return issuer, known
}

const (
	service = "eks-auth"
	action  = service + ":AssumeRoleForPodIdentity"
	// maxBody is more than any request needs.
	maxBody = 1 << 20
)

func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /clusters/{cluster}/assume-role-for-pod-identity", d.serve)
	mux.ServeHTTP(w, r)
}

func (d *Door) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		write(w, failure{http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", "Request Entity Too Large"})
		return
	}
	granted, refusal := d.assume(r, body)
	if refusal != nil {
		write(w, *refusal)
		return
	}
	answer(w, http.StatusOK, granted)
}

// failure is a refusal as the API gives it.
type failure struct {
	status        int
	code, message string
}

func write(w http.ResponseWriter, f failure) {
	w.Header().Set("X-Amzn-Errortype", f.code)
	answer(w, f.status, map[string]string{"message": f.message})
}

func answer(w http.ResponseWriter, status int, result any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Amzn-Requestid", uuid.NewString())
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(result) // a client that is gone needs no answer
}

// note writes an attempt down.
func (d *Door) note(who, resource string, v verdict.Verdict) {
	d.Ledger.Add(ledger.Entry{Who: who, Action: action, Resource: resource, Verdict: v})
}
