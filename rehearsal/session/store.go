package session

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Store holds the sessions of every account. The zero value is empty. It may be used
// by several goroutines at once.
type Store struct {
	mu       sync.Mutex
	sessions map[string]issued
}

// issued is a session with the credentials that stand for it.
type issued struct {
	session     Session
	credentials aws.Credentials
}

// Issue begins a session that lasts as long as is said, and gives its credentials. A
// lifetime that is not positive makes one that is expired.
func (s *Store) Issue(session Session, lifetime time.Duration) aws.Credentials {
	session.Issued = time.Now()
	session.Expires = session.Issued.Add(lifetime)
	credentials := aws.Credentials{
		AccessKeyID:     "ASIA" + base32.StdEncoding.EncodeToString(random(10)),
		SecretAccessKey: base64.StdEncoding.EncodeToString(random(30)),
		SessionToken:    base64.StdEncoding.EncodeToString(random(240)),
		CanExpire:       true,
		Expires:         session.Expires,
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sessions == nil {
		s.sessions = map[string]issued{}
	}
	s.sessions[credentials.AccessKeyID] = issued{session, credentials}
	return credentials
}

func (s *Store) find(accessKeyID string) (issued, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.sessions[accessKeyID]
	return found, ok
}

func random(size int) []byte {
	bytes := make([]byte, size)
	_, _ = rand.Read(bytes) // never fails
	return bytes
}
