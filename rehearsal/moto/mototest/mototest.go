// Package mototest gives tests an account.
package mototest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/moto"
)

// Account is the one of the project's examples.
const Account identity.AccountID = "111122223333"

// Main runs a package's tests with a server that they share, and ends it. Moto is
// installed where "make rehearse" has it, below the top of the repository.
func Main(m *testing.M, top string, share func(*moto.Server)) (status int) {
	folder, err := os.MkdirTemp("", "mototest-")
	if err != nil {
		return failed(err)
	}
	defer os.RemoveAll(folder)
	server, err := Start(context.Background(), top, folder, Account)
	if err != nil {
		return failed(err)
	}
	defer server.Stop()
	share(server)
	return m.Run()
}

// Start starts a server that the caller ends, and that may fill the folder.
func Start(ctx context.Context, top, folder string, account identity.AccountID) (*moto.Server, error) {
	python, err := moto.Install(ctx, filepath.Join(top, ".build", "rehearsal"), func(elapsed time.Duration) {
		fmt.Fprintln(os.Stderr, "installing moto:", elapsed.Truncate(time.Second))
	})
	if err != nil {
		return nil, err
	}
	return moto.Start(ctx, moto.Options{Python: python, Folder: folder, Account: account})
}

func failed(err error) (status int) {
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// Reset empties the server's account for a test.
func Reset(t testing.TB, server *moto.Server) {
	t.Helper()
	if err := server.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
}
