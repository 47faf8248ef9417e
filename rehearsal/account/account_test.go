package account_test

import (
	"os"
	"testing"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/account"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/moto"
	"keyless-runners/rehearsal/moto/mototest"
)

// server is shared by all tests of the package.
var server *moto.Server

func TestMain(m *testing.M) {
	os.Exit(mototest.Main(m, "../..", func(s *moto.Server) { server = s }))
}

// start gives a test an empty account.
func start(t *testing.T, regions ...identity.Region) *account.Account {
	t.Helper()
	mototest.Reset(t, server)
	a, err := account.Open(server, regions...)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// rendered is the template of the project's own fleet.
func rendered(t *testing.T) []byte {
	t.Helper()
	template, err := os.ReadFile("../../dist/infra/keyless-runners.template.json")
	if err != nil {
		t.Fatal(err)
	}
	return template
}

func deploy(t *testing.T, a *account.Account, region identity.Region, template string) {
	t.Helper()
	if err := a.Deploy(t.Context(), region, "test", []byte(template)); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, a *account.Account) deployed.Account {
	t.Helper()
	got, err := a.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestOpenWantsRegions(t *testing.T) {
	for _, c := range []struct {
		regions []identity.Region
		want    string
	}{
		{nil, "no region: want at least one"},
		{[]identity.Region{"us-east-1", "us-esat-1"}, `unknown region "us-esat-1"; did you mean "us-east-1"?`},
	} {
		if _, err := account.Open(&moto.Server{}, c.regions...); err == nil || err.Error() != c.want {
			t.Errorf("Open in %q:\ngot  %v\nwant %s", c.regions, err, c.want)
		}
	}
}
