package github

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Runner is a self-hosted runner, as GitHub lists it.
type Runner struct {
	ID     int64   `json:"id"`
	Name   string  `json:"name"`
	OS     string  `json:"os"`
	Status string  `json:"status"`
	Busy   bool    `json:"busy"`
	Labels []Label `json:"labels"`
}

// Label is the label in a job's runs-on.
type Label struct {
	Name string `json:"name"`
}

// Register registers a runner, with the token from its environment. The token decides where it
// registers.
func (s *Server) Register(registration, name string, labels ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.tokens[registration]
	if !ok || time.Now().After(t.expires) {
		return fmt.Errorf("runner %q: registration token %q: want one that was created within the last hour", name, registration)
	}
	s.last++
	runner := Runner{ID: s.last, Name: name, OS: "linux", Status: "online"}
	for _, label := range labels {
		runner.Labels = append(runner.Labels, Label{label})
	}
	s.runners[t.scope] = append(s.runners[t.scope], runner)
	return nil
}

// Runners are the runners that are registered.
func (s *Server) Runners(scope Scope) []Runner {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Runner{}, s.runners[scope]...)
}

func (s *Server) createToken(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := "registration-" + strconv.Itoa(len(s.tokens)+1)
	t := token{scopeOf(r), time.Now().Add(lifetime)}
	s.tokens[name] = t
	answer(w, http.StatusCreated, map[string]string{"token": name, "expires_at": t.expires.Format(time.RFC3339)})
}

func (s *Server) listRunners(w http.ResponseWriter, r *http.Request) {
	runners := s.Runners(scopeOf(r))
	answer(w, http.StatusOK, map[string]any{"total_count": len(runners), "runners": runners})
}

func (s *Server) removeRunner(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	scope, id := scopeOf(r), r.PathValue("id")
	left := slices.DeleteFunc(slices.Clone(s.runners[scope]), func(runner Runner) bool { return strconv.FormatInt(runner.ID, 10) == id })
	if len(left) == len(s.runners[scope]) {
		fail(w, http.StatusNotFound, "Not Found")
		return
	}
	s.runners[scope] = left
	w.WriteHeader(http.StatusNoContent)
}

func scopeOf(r *http.Request) Scope {
	scope, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/actions/")
	return Scope(scope)
}
