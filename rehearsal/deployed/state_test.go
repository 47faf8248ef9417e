package deployed_test

import (
	"testing"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/deployed"
)

func TestStateIsWhatWasSetLast(t *testing.T) {
	var state deployed.State
	if got := state.Account("111122223333"); got.ID != "111122223333" || len(got.Roles) != 0 {
		t.Errorf("got %+v, want an account that holds nothing", got)
	}
	state.Set(deployed.Account{ID: "111122223333", Roles: []deployed.Role{{ARN: "a"}}})
	state.Set(deployed.Account{ID: "444455556666", Roles: []deployed.Role{{ARN: "b"}}})
	state.Set(deployed.Account{ID: "111122223333", Roles: []deployed.Role{{ARN: "c"}}})
	for id, want := range map[identity.AccountID]string{"111122223333": "c", "444455556666": "b"} {
		if got := state.Account(id); len(got.Roles) != 1 || got.Roles[0].ARN != want {
			t.Errorf("%s: got %+v, want role %s alone", id, got, want)
		}
	}
}

func TestAccountFindsByName(t *testing.T) {
	account := deployed.Account{
		Providers:         []deployed.Provider{{URL: "a"}, {URL: "b", ARN: "of b"}},
		Roles:             []deployed.Role{{ARN: "a"}, {ARN: "b", Policies: []deployed.Policy{{Name: "of b"}}}},
		ImageRepositories: []deployed.ImageRepository{{ARN: "a"}, {ARN: "b", URI: "of b"}},
	}
	if got := account.Provider("b"); got == nil || got.ARN != "of b" {
		t.Errorf("got the provider %+v, want that of b", got)
	}
	if got := account.Role("b"); got == nil || got.Policies[0].Name != "of b" {
		t.Errorf("got the role %+v, want that of b", got)
	}
	if got := account.ImageRepository("b"); got == nil || got.URI != "of b" {
		t.Errorf("got the image repository %+v, want that of b", got)
	}
	if account.Provider("c") != nil || account.Role("c") != nil || account.ImageRepository("c") != nil {
		t.Error("found something of c, want nothing")
	}
}
