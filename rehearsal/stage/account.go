package stage

import (
	"context"
	"os"
	"path/filepath"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/account"
	"keyless-runners/rehearsal/moto"
)

// Account is an AWS account on this machine.
type Account struct {
	*account.Account
	Server *moto.Server
}

// OpenAccount starts an account that is used in the given regions, with the role that nodes
// of clusters have.
func (s *Stage) OpenAccount(ctx context.Context, id identity.AccountID, regions ...identity.Region) (*Account, error) {
	folder := filepath.Join(s.Folder, "account-"+string(id))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	server, err := moto.Start(ctx, moto.Options{Python: s.Python, Folder: folder, Account: id})
	if err != nil {
		return nil, err
	}
	s.stops = append(s.stops, server.Stop)
	opened, err := account.Open(server, regions...)
	if err != nil {
		return nil, err
	}
	if err := opened.AddNode(ctx); err != nil {
		return nil, err
	}
	s.Accounts[id] = &Account{opened, server}
	for _, region := range regions {
		if err := s.OpenRegion(region); err != nil {
			return nil, err
		}
	}
	return s.Accounts[id], nil
}
