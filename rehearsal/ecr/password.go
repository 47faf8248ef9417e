package ecr

import (
	"crypto/rand"
	"encoding/base64"
	"time"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/session"
)

// password is the password for "docker login": it stands for the session that asked for
// it, in the region where it did (ECR user guide, "Private registry authentication").
type password struct {
	who     session.Session
	region  identity.Region
	expires time.Time
}

// validity is how long a password holds, if its session does not end before.
const validity = 12 * time.Hour

func (s *Service) newPassword(who session.Session, region identity.Region) (text string, expires time.Time) {
	bytes := make([]byte, 120)
	_, _ = rand.Read(bytes) // never fails
	text, expires = base64.StdEncoding.EncodeToString(bytes), time.Now().Add(validity)
	if who.Expires.Before(expires) {
		expires = who.Expires
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.passwords == nil {
		s.passwords = map[string]password{}
	}
	s.passwords[text] = password{who, region, expires}
	return text, expires
}

func (s *Service) password(text string) (password, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.passwords[text]
	return found, ok
}
