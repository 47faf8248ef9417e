package facts_test

import (
	"testing"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func TestTagsThatAreImmutable(t *testing.T) {
	text := func(value string) facts.Text { return facts.Text{Value: value, There: true} }
	unknown := facts.Unknown("a parameter", source.Place{})
	for _, c := range []struct {
		mutability facts.Text
		exclusions []facts.Text
		want       bool
	}{
		{facts.Text{}, nil, false},
		{text("MUTABLE"), nil, false},
		{text("IMMUTABLE"), nil, true},
		{unknown, nil, false},
		{text("IMMUTABLE_WITH_EXCLUSION"), []facts.Text{text("dev-*"), text("lat*t")}, false},
		{text("IMMUTABLE_WITH_EXCLUSION"), []facts.Text{text("dev-*"), text("lat")}, true},
		{text("IMMUTABLE_WITH_EXCLUSION"), []facts.Text{unknown}, false},
		{text("MUTABLE_WITH_EXCLUSION"), []facts.Text{text("dev-*"), text("lat*t")}, true},
		{text("MUTABLE_WITH_EXCLUSION"), []facts.Text{text("dev-*"), unknown}, false},
	} {
		repository := facts.ImageRepository{TagMutability: c.mutability, Exclusions: c.exclusions}
		if got := repository.KeepsTag("latest"); got != c.want {
			t.Errorf("%v but for %v keeps latest: got %v, want %v", c.mutability, c.exclusions, got, c.want)
		}
	}
}
