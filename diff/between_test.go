package diff

import (
	"slices"
	"testing"

	"keyless-runners/preflight"
)

func TestAllowing(t *testing.T) {
	role := func(name string) []string { return []string{"arn:aws:iam::111122223333:role/" + name, name} }
	for _, test := range []struct {
		name    string
		change  preflight.Change
		allowed []string
		want    []string
	}{
		{"the role by its name", preflight.Change{Roles: [][]string{role("build")}}, []string{"build"}, []string{"build"}},
		{"the role by its ARN", preflight.Change{Roles: [][]string{role("build")}}, []string{role("build")[0]}, []string{role("build")[0]}},
		{"another role", preflight.Change{Roles: [][]string{role("build")}}, []string{"web"}, nil},
		{"one of two roles", preflight.Change{Roles: [][]string{role("build"), role("web")}}, []string{"web"}, nil},
		{"both roles", preflight.Change{Roles: [][]string{role("build"), role("web")}}, []string{"web", "build"}, []string{"build", "web"}},
		{"the pool, through two roles", preflight.Change{Runners: []string{"team", "runners/team"}, Roles: [][]string{role("build"), role("web")}}, []string{"team"}, []string{"team"}},
		{"a gain without a role", preflight.Change{Roles: [][]string{{"(not looked at)"}}}, []string{"team"}, nil},
	} {
		reasons := map[string]string{}
		for _, name := range test.allowed {
			reasons[name] = "agreed"
		}
		if got := allowing(test.change, reasons); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
