package deployed

import (
	"sync"

	"keyless-runners/identity"
)

// State holds what is deployed at the moment in every account. A deployment sets it,
// and a decision asks it anew for each request. The zero value has no account. It
// may be used by several goroutines at once.
type State struct {
	mu       sync.RWMutex
	accounts map[identity.AccountID]Account
}

// Set replaces what the account had. The caller does not change it afterwards.
func (s *State) Set(account Account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.accounts == nil {
		s.accounts = map[identity.AccountID]Account{}
	}
	s.accounts[account.ID] = account
}

// Account returns the account with the id, one that holds nothing if there is none.
func (s *State) Account(id identity.AccountID) Account {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if account, ok := s.accounts[id]; ok {
		return account
	}
	return Account{ID: id}
}
