package github

import (
	"testing"
	"time"
)

func TestRegisterRefusesOldTokens(t *testing.T) {
	s := &Server{tokens: map[string]token{"old": {"orgs/octo-org", time.Now().Add(-time.Second)}}, runners: map[Scope][]Runner{}}
	if err := s.Register("old", "runner-1"); err == nil || len(s.Runners("orgs/octo-org")) != 0 {
		t.Errorf("got error %v and runners %v", err, s.Runners("orgs/octo-org"))
	}
}
