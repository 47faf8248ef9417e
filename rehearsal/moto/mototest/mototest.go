// Package mototest gives tests an account.
package mototest

import (
	"path/filepath"
	"testing"
	"time"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/moto"
)

// Account is the one of the project's examples.
const Account identity.AccountID = "111122223333"

// Start starts a server that ends with the test. Moto is installed in the place where
// "make rehearse" has it, at the top of the repository, which is the given number of
// folders above the test's.
func Start(t testing.TB, top string) *moto.Server {
	t.Helper()
	python, err := moto.Install(t.Context(), filepath.Join(top, ".build", "rehearsal"), func(elapsed time.Duration) {
		t.Logf("installing moto: %s", elapsed.Truncate(time.Second))
	})
	if err != nil {
		t.Fatal(err)
	}
	server, err := moto.Start(t.Context(), moto.Options{Python: python, Folder: t.TempDir(), Account: Account})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	return server
}
