package diff_test

import (
	"bytes"
	"strings"
	"testing"

	"keyless-runners/diff"
	"keyless-runners/preflight/report"
)

// reviewed is what a reviewer sees of a change.
func reviewed(t *testing.T, base, now fleet) (diff.Difference, []string) {
	t.Helper()
	found := diff.Between(read(t, base), read(t, now), nil)
	var out bytes.Buffer
	if err := diff.Write(&out, report.Text, found); err != nil {
		t.Fatal(err)
	}
	return found, strings.Split(out.String(), "\n")
}

func TestShow(t *testing.T) {
	base := teams(2)
	for name, now := range map[string]fleet{
		"role":     base.change(0, func(p *pool) { p.role = "renamed" }),
		"add":      teams(3),
		"delete":   teams(1),
		"widen":    base.change(0, func(p *pool) { p.scope = "organization: octo-org" }),
		"ent":      base.change(0, func(p *pool) { p.scope = "enterprise: octo" }),
		"region":   {cluster: base.cluster, region: "eu-west-1", repositories: base.repositories, pools: base.pools},
		"cluster":  {cluster: "renamed", region: "us-east-1", repositories: base.repositories, pools: base.pools},
		"renamepl": base.change(0, func(p *pool) { p.name = "renamed" }),
	} {
		_, lines := reviewed(t, base, now)
		t.Logf("=== %s\n%s", name, strings.Join(lines, "\n"))
	}
}
