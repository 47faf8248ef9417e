package commandline

import (
	"bytes"
	"strings"
	"testing"

	"keyless-runners/render"
)

func TestJudge(t *testing.T) {
	one := render.Files{"infra/a.template.json": []byte("{}\n")}
	two := render.Files{"infra/a.template.json": []byte("{}\n"), "infra/b.template.json": []byte("{}\n")}
	for _, test := range []struct {
		before, files    render.Files
		said, complained string
	}{
		{one, one, "dist: 1 file, as the fleet renders it\n", ""},
		{two, two, "dist: 2 files, all as the fleet renders them\n", ""},
		{one, two, "", `dist is not what the fleet renders to (1 file differs); run "make synth" and commit the result`},
		{nil, two, "", `dist is not what the fleet renders to (2 files differ); run "make synth" and commit the result`},
	} {
		var out bytes.Buffer
		err := judge(&out, Declaration{SynthCommand: "make synth"}, test.files, render.Compare(test.before, test.files))
		if err != nil && err.Error() != test.complained || err == nil && test.complained != "" {
			t.Errorf("got  %v\nwant %s", err, test.complained)
		}
		if got := out.String(); test.complained == "" && got != test.said {
			t.Errorf("got  %swant %s", got, test.said)
		} else if test.complained != "" && !strings.HasSuffix(got, "@@ -0,0 +1,1 @@\n+{}\n") {
			t.Errorf("got no difference but\n%s", got)
		}
	}
}
