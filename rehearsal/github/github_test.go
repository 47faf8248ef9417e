package github_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/rehearsal/github"
)

func TestRunners(t *testing.T) {
	for _, scope := range []github.Scope{"repos/octo-org/my-app", "orgs/octo-org", "enterprises/octo-enterprise"} {
		t.Run(string(scope), func(t *testing.T) {
			s := start(t)
			path := string(scope) + "/actions/runners"
			var registration struct {
				Token   string
				Expires time.Time `json:"expires_at"`
			}
			ask(t, s, http.MethodPost, path+"/registration-token", http.StatusCreated, &registration)
			if left := time.Until(registration.Expires); left < 59*time.Minute || left > time.Hour {
				t.Errorf("the registration token is valid for %v, want an hour", left)
			}
			if err := s.Register(registration.Token, "runner-1", "self-hosted", "push-my-app"); err != nil {
				t.Fatal(err)
			}
			if got := s.Runners(scope); len(got) != 1 {
				t.Errorf("runners %v are registered, want 1", got)
			}
			var list struct {
				Count   int `json:"total_count"`
				Runners []github.Runner
			}
			ask(t, s, http.MethodGet, path+"?per_page=100", http.StatusOK, &list)
			want := []github.Runner{{ID: 1, Name: "runner-1", OS: "linux", Status: "online", Labels: []github.Label{{Name: "self-hosted"}, {Name: "push-my-app"}}}}
			if diff := cmp.Diff(want, list.Runners); diff != "" || list.Count != 1 {
				t.Errorf("count %d, -want +got\n%s", list.Count, diff)
			}
			ask(t, s, http.MethodDelete, path+"/1", http.StatusNoContent, nil)
			if left := s.Runners(scope); len(left) != 0 {
				t.Errorf("runners %v are left", left)
			}
			ask(t, s, http.MethodDelete, path+"/1", http.StatusNotFound, nil)
		})
	}
}

func TestRunnersOfOneScopeAreNotThoseOfAnother(t *testing.T) {
	s := start(t)
	var registration struct{ Token string }
	ask(t, s, http.MethodPost, "repos/octo-org/my-app/actions/runners/registration-token", http.StatusCreated, &registration)
	if err := s.Register(registration.Token, "runner-1"); err != nil {
		t.Fatal(err)
	}
	if got := s.Runners("orgs/octo-org"); len(got) != 0 {
		t.Errorf("the organization has runners %v", got)
	}
}

func TestRegisterRefusesUnknownTokens(t *testing.T) {
	err := start(t).Register("guessed", "runner-1")
	want := `runner "runner-1": registration token "guessed": want one that was created within the last hour`
	if err == nil || err.Error() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
}

func TestNoWorkflowRunWaits(t *testing.T) {
	var runs struct {
		Count int `json:"total_count"`
	}
	ask(t, start(t), http.MethodGet, "repos/octo-org/my-app/actions/runs?status=queued", http.StatusOK, &runs)
	if runs.Count != 0 {
		t.Errorf("%d workflow runs wait, want none", runs.Count)
	}
}

func TestUnknownRequestsAreKept(t *testing.T) {
	s := start(t)
	ask(t, s, http.MethodGet, "user", http.StatusNotFound, nil)
	if got := s.Unknown(); !slices.Equal(got, []string{"GET /user"}) {
		t.Errorf("unknown requests are %q", got)
	}
}

func TestOtherTokensAreRefused(t *testing.T) {
	s := start(t)
	response, err := http.Get(s.URL + "repos/octo-org/my-app/actions/runners")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusUnauthorized {
		t.Errorf("got %s to a request without a token, want 401", response.Status)
	}
}

func start(t *testing.T) *github.Server {
	t.Helper()
	s, err := github.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

// ask sends a request with the token and reads the answer into body.
func ask(t *testing.T, s *github.Server, method, path string, status int, body any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+github.Token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != status {
		t.Fatalf("%s %s: got %s, want %d", method, path, response.Status, status)
	}
	if body == nil {
		return
	}
	if err := json.NewDecoder(response.Body).Decode(body); err != nil {
		t.Fatal(err)
	}
}
