package github

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// ScaleSet is a scale set that the controller registered with the Actions service.
type ScaleSet struct {
	ID    int    `json:"id"`
	Name  string `json:"name"`
	Group int    `json:"runnerGroupId"`
	// GroupName is the name of the runner group.
	GroupName string `json:"runnerGroupName"`
	// Labels are the labels by which jobs ask for it.
	Labels []Label `json:"labels"`
}

// actions are the parts of GitHub that the controller of scale sets asks (scale set 0.6.1,
// github/actions/client.go): a server of GitHub Enterprise Server's form, by whose API it comes
// to the Actions service.
func (s *Server) actions() http.Handler {
	mux := http.NewServeMux()
	for _, scope := range []string{"repos/{owner}/{repository}", "orgs/{organization}", "enterprises/{enterprise}"} {
		mux.HandleFunc("POST /api/v3/"+scope+"/actions/runners/registration-token", s.createTokenBasic)
	}
	mux.HandleFunc("POST /api/v3/actions/runner-registration", s.connect)
	const service = tenant + "/_apis"
	mux.HandleFunc("GET "+service+"/runtime/runnergroups/", s.listGroups)
	mux.HandleFunc("GET "+service+"/runtime/runnerscalesets", s.listScaleSets)
	mux.HandleFunc("POST "+service+"/runtime/runnerscalesets", s.createScaleSet)
	mux.HandleFunc("GET "+service+"/runtime/runnerscalesets/{id}", s.getScaleSet)
	mux.HandleFunc("DELETE "+service+"/runtime/runnerscalesets/{id}", s.deleteScaleSet)
	mux.HandleFunc("POST "+service+"/runtime/runnerscalesets/{id}/generatejitconfig", s.createConfig)
	mux.HandleFunc("GET "+service+"/distributedtask/pools/0/agents", s.listAgents)
	mux.HandleFunc("GET "+service+"/distributedtask/pools/0/agents/{id}", s.getAgent)
	mux.HandleFunc("DELETE "+service+"/distributedtask/pools/0/agents/{id}", s.removeAgent)
	mux.HandleFunc("/", s.notFound)
	return mux
}

// tenant is the path of the Actions service.
const tenant = "/tenant/1"

// adminToken is the token that the Actions service accepts, valid as long as a rehearsal lasts.
func adminToken() (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"exp": time.Now().Add(24 * time.Hour).Unix()}).SignedString([]byte(Token))
}

// createTokenBasic is createToken for who brings the personal access token as a password.
func (s *Server) createTokenBasic(w http.ResponseWriter, r *http.Request) {
	if _, password, _ := r.BasicAuth(); password != Token {
		fail(w, http.StatusUnauthorized, "Bad credentials")
		return
	}
	r.URL.Path = strings.TrimPrefix(r.URL.Path, "/api/v3")
	s.createToken(w, r)
}

// connect shows who has a registration token the way to the Actions service.
func (s *Server) connect(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	_, known := s.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "RemoteAuth ")]
	s.mu.Unlock()
	if !known {
		fail(w, http.StatusUnauthorized, "Bad credentials")
		return
	}
	token, err := adminToken()
	if err != nil {
		fail(w, http.StatusInternalServerError, err.Error())
		return
	}
	at := s.URL
	if r.TLS != nil {
		at = s.EnterpriseURL
	}
	answer(w, http.StatusOK, map[string]string{"url": strings.TrimSuffix(at, "/") + tenant + "/", "token": token})
}

// listGroups finds the runner group that is asked for, whichever it is.
func (s *Server) listGroups(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := r.URL.Query().Get("groupName")
	id := slices.Index(s.groups, name) + 1
	if id == 0 {
		s.groups = append(s.groups, name)
		id = len(s.groups)
	}
	answer(w, http.StatusOK, list([]map[string]any{{"id": id, "name": name}}))
}

func list[T any](all []T) map[string]any {
	return map[string]any{"count": len(all), "value": append([]T{}, all...)}
}

func (s *Server) listScaleSets(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []ScaleSet
	for _, set := range s.scaleSets {
		if set.Name == r.URL.Query().Get("name") {
			found = append(found, set)
		}
	}
	answer(w, http.StatusOK, list(found))
}

func (s *Server) createScaleSet(w http.ResponseWriter, r *http.Request) {
	var set ScaleSet
	if err := json.NewDecoder(r.Body).Decode(&set); err != nil || set.Name == "" {
		fail(w, http.StatusBadRequest, "want a scale set with a name")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if set.Group < 1 || set.Group > len(s.groups) {
		exception(w, http.StatusNotFound, "RunnerGroupNotFoundException")
		return
	}
	s.last++
	set.ID, set.GroupName = int(s.last), s.groups[set.Group-1]
	s.scaleSets = append(s.scaleSets, set)
	answer(w, http.StatusOK, set)
}

// scaleSet is the one that a request names; nil if there is none.
func (s *Server) scaleSet(r *http.Request) *ScaleSet {
	at := slices.IndexFunc(s.scaleSets, func(set ScaleSet) bool { return strconv.Itoa(set.ID) == r.PathValue("id") })
	if at < 0 {
		return nil
	}
	return &s.scaleSets[at]
}

func (s *Server) getScaleSet(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	set := s.scaleSet(r)
	if set == nil {
		exception(w, http.StatusNotFound, "RunnerScaleSetNotFoundException")
		return
	}
	answer(w, http.StatusOK, set)
}

func (s *Server) deleteScaleSet(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scaleSets = slices.DeleteFunc(s.scaleSets, func(set ScaleSet) bool { return strconv.Itoa(set.ID) == r.PathValue("id") })
	w.WriteHeader(http.StatusNoContent)
}

// agent is a runner of a scale set, as the Actions service shows it.
type agent struct {
	ID         int    `json:"id"`
	Name       string `json:"name"`
	ScaleSetID int    `json:"runnerScaleSetId"`
}

// createConfig makes a runner and the configuration that it starts with.
func (s *Server) createConfig(w http.ResponseWriter, r *http.Request) {
	var asked struct{ Name string }
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	set := s.scaleSet(r)
	if set == nil {
		exception(w, http.StatusNotFound, "RunnerScaleSetNotFoundException")
		return
	}
	if slices.ContainsFunc(s.agents, func(a agent) bool { return a.Name == asked.Name }) {
		exception(w, http.StatusConflict, "AgentExistsException")
		return
	}
	s.last++
	made := agent{ID: int(s.last), Name: asked.Name, ScaleSetID: set.ID}
	s.agents = append(s.agents, made)
	answer(w, http.StatusOK, map[string]any{"runner": made, "encodedJITConfig": base64.StdEncoding.EncodeToString([]byte(made.Name))})
}

func (s *Server) listAgents(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []agent
	for _, a := range s.agents {
		if a.Name == r.URL.Query().Get("agentName") {
			found = append(found, a)
		}
	}
	answer(w, http.StatusOK, list(found))
}

func (s *Server) getAgent(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.agents {
		if strconv.Itoa(a.ID) == r.PathValue("id") {
			answer(w, http.StatusOK, a)
			return
		}
	}
	exception(w, http.StatusNotFound, "AgentNotFoundException")
}

func (s *Server) removeAgent(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.agents = slices.DeleteFunc(s.agents, func(a agent) bool { return strconv.Itoa(a.ID) == r.PathValue("id") })
	w.WriteHeader(http.StatusNoContent)
}

// exception is an error as the Actions service gives it.
func exception(w http.ResponseWriter, status int, name string) {
	answer(w, status, map[string]string{"typeName": "GitHub.DistributedTask.WebApi." + name, "message": name})
}

// Redeem registers a runner of a scale set, with the configuration that it got in its
// environment. It returns the labels by which jobs ask for its scale set.
func (s *Server) Redeem(configuration string) ([]string, error) {
	name, err := base64.StdEncoding.DecodeString(configuration)
	if err != nil {
		return nil, err
	}
	if set, ok := s.scaleSetOf(string(name)); ok {
		return labelsOf(set), nil
	}
	return nil, fmt.Errorf("runner %q: the Actions service knows no such configuration", name)
}

// Registered reports whether a runner of the name is registered for a scale set.
func (s *Server) Registered(runner string) bool {
	_, ok := s.scaleSetOf(runner)
	return ok
}

// scaleSetOf is the scale set of which a runner is registered.
func (s *Server) scaleSetOf(runner string) (set ScaleSet, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.agents {
		for _, set := range s.scaleSets {
			if a.Name == runner && set.ID == a.ScaleSetID {
				return set, true
			}
		}
	}
	return set, false
}

func labelsOf(set ScaleSet) []string {
	var labels []string
	for _, label := range set.Labels {
		labels = append(labels, label.Name)
	}
	return labels
}
