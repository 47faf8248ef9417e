package commandline

import (
	"bytes"
	"testing"

	"keyless-runners/render"
)

func TestTell(t *testing.T) {
	a := []byte(`"Rendered by keyless-runners to dist/infra/a.template.json. Change the fleet, not this file."` + "\n")
	b := []byte(`"Rendered by keyless-runners to dist/infra/b.template.json. Change the fleet, not this file."` + "\n")
	one := render.Files{"infra/a.template.json": a}
	two := render.Files{"infra/a.template.json": a, "infra/b.template.json": b}
	for _, test := range []struct {
		before, files render.Files
		want          string
	}{
		{nil, one, "created dist/infra/a.template.json (+1 -0)\ndist: 1 file: 1 created, 0 changed, 0 removed, 0 unchanged\n"},
		{one, two, "created dist/infra/b.template.json (+1 -0)\ndist: 2 files: 1 created, 0 changed, 0 removed, 1 unchanged\n"},
		{two, one, "removed dist/infra/b.template.json (+0 -1)\ndist: 1 file: 0 created, 0 changed, 1 removed, 1 unchanged\n"},
		{one, nil, "removed dist/infra/a.template.json (+0 -1)\ndist: 0 files: 0 created, 0 changed, 1 removed, 0 unchanged\n"},
	} {
		var out bytes.Buffer
		tell(&out, test.files, render.Compare(test.before, test.files))
		if out.String() != test.want {
			t.Errorf("got\n%swant\n%s", out.String(), test.want)
		}
	}
}
