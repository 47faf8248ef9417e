package ecr

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/verdict"
)

// registry is the door of one registry.
type registry struct {
	*Service
	store *store
	identity.Registry
}

// Registry answers for a registry's host.
func (s *Service) Registry(of identity.Registry) (http.Handler, error) {
	store, err := s.store(of)
	if err != nil {
		return nil, err
	}
	return &registry{s, store, of}, nil
}

func (g *registry) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	who, ok := g.login(w, r)
	if !ok {
		return
	}
	w.Header().Set("Docker-Distribution-Api-Version", "registry/2.0")
	if r.URL.Path == "/v2/" {
		w.WriteHeader(http.StatusOK)
		return
	}
	op, ok := readOperation(r)
	if !ok || op.actions == nil {
		refuse(w, http.StatusMethodNotAllowed, "UNSUPPORTED", "The operation is unsupported.")
		return
	}
	target := identity.ImageRepository{Registry: g.Registry, Name: op.repository}
	for _, action := range op.actions {
		a := attempt{who: who, action: action, resource: target.ARN(), region: g.Region, account: g.Account, agent: r.UserAgent()}
		if v := g.decide(a); !v.Allowed {
			refuse(w, http.StatusForbidden, "DENIED", a.refusal(v))
			return
		}
	}
	g.serve(w, r, op, target)
}

// login says whose password the request has (ECR user guide, "Private registry
// authentication", and "Common errors": ECR answers 400 to a password of another
// region, aws/eks-anywhere#3919, and 403 to one that is expired, aws/aws-cli#6580).
func (g *registry) login(w http.ResponseWriter, r *http.Request) (who session.Session, ok bool) {
	user, text, given := r.BasicAuth()
	found, known := g.password(text)
	reason := ""
	switch {
	case !given:
		reason = "no password"
		w.Header().Set("Www-Authenticate", fmt.Sprintf(`Basic realm="https://%s/",service="ecr.amazonaws.com"`, g.Registry))
		http.Error(w, "Not Authorized", http.StatusUnauthorized)
		if r.URL.Path == "/v2/" {
			return who, false // every client asks so how to log in
		}
	case user != "AWS" || !known || found.region != g.Region:
		reason = "password not of this region"
		w.WriteHeader(http.StatusBadRequest)
	case !found.expires.After(time.Now()):
		reason = "password expired"
		refuse(w, http.StatusForbidden, "DENIED", "Your authorization token has expired. Reauthenticate and try again.")
	default:
		return found.who, true
	}
	g.note(found.who, r, reason)
	return who, false
}

// note writes down what a caller without a valid password asked for.
func (g *registry) note(who session.Session, r *http.Request, reason string) {
	op, ok := readOperation(r)
	if !ok || len(op.actions) == 0 {
		g.Ledger.Add(ledger.Entry{Who: ledger.Who(who), Action: "docker login", Resource: g.String(), Verdict: verdict.Refused(reason)})
		return
	}
	target := identity.ImageRepository{Registry: g.Registry, Name: op.repository}
	g.Ledger.Add(ledger.Entry{Who: ledger.Who(who), Action: "ecr:" + op.actions[0], Resource: target.ARN(), Verdict: verdict.Refused(reason)})
}

// serve lets the real registry answer, unless ECR would refuse what that takes.
func (g *registry) serve(w http.ResponseWriter, r *http.Request, op operation, target identity.ImageRepository) {
	repository := g.State.Account(g.Account).ImageRepository(target.ARN())
	switch {
	case repository == nil:
		refuse(w, http.StatusNotFound, "NAME_UNKNOWN", missing(target))
		return
	case op.begins && g.Trouble.strikes():
		refuse(w, http.StatusServiceUnavailable, "UNAVAILABLE", "Service Unavailable")
		return
	case op.begins:
		// ECR mounts no layer of another image repository unless the registry is
		// set to do so (ECR user guide, "Blob mounting"): it begins an upload.
		r.URL.RawQuery = ""
	case op.reference != "" && !strings.Contains(op.reference, ":"):
		g.store.writing.Lock()
		defer g.store.writing.Unlock()
		// ECR does not compare the images either (aws/containers-roadmap#2179).
		if repository.Immutable && g.store.hasTag(op.repository, op.reference) {
			refuse(w, http.StatusBadRequest, "TAG_INVALID", fmt.Sprintf("The image tag '%s' already exists in the '%s' repository and cannot be overwritten because the repository is immutable.", op.reference, op.repository))
			return
		}
	}
	g.store.ServeHTTP(w, r)
}

func missing(target identity.ImageRepository) string {
	return fmt.Sprintf("The repository with name '%s' does not exist in the registry with id '%s'", target.Name, target.Registry.Account)
}

// refuse answers with an error in the form of the OCI distribution specification.
func refuse(w http.ResponseWriter, status int, code, message string) {
	type fault struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	text, err := json.Marshal(struct {
		Errors []fault `json:"errors"`
	}{[]fault{{code, message}}})
	if err != nil {
		panic(err) // strings always encode
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(text) // a client that is gone needs no answer
}
