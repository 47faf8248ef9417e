package job_test

import (
	"testing"

	"keyless-runners/rehearsal/job"
)

var login = job.Step{Do: job.Login, Image: registry.String()}

func TestAJobPushesWithItsPodsTokenAlone(t *testing.T) {
	w := newWorld(t)
	image := app.String() + ":v1"
	got := w.must(w.env(claims()),
		job.Step{Do: job.WhoAmI},
		login,
		job.Step{Do: job.Push, Image: image, Layers: []string{"base", "app"}},
		job.Step{Do: job.Pull, Image: image},
	)
	if got[2].Digest == "" || got[2].Digest != got[3].Digest {
		t.Errorf("pushed %q, pulled %q, want the same", got[2].Digest, got[3].Digest)
	}
	if len(got[2].Layers) != 3 || len(got[2].Manifests) != 1 {
		t.Errorf("sent %q and %q, want two layers, a config and a manifest", got[2].Layers, got[2].Manifests)
	}
}
