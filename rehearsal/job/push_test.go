package job_test

import (
	"strings"
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
	if prefix := "arn:aws:sts::111122223333:assumed-role/pusher/"; !strings.HasPrefix(got[0].Identity, prefix) {
		t.Errorf("got the identity %q, want %s...", got[0].Identity, prefix)
	}
	if !strings.HasPrefix(got[2].Digest, "sha256:") || got[2].Digest != got[3].Digest {
		t.Errorf("pushed %q, pulled %q, want the same", got[2].Digest, got[3].Digest)
	}
	wantSent(t, got[2], 3, 1) // two layers and the config
}

func wantSent(t *testing.T, got job.Outcome, layers, manifests int) {
	t.Helper()
	if len(got.Layers) != layers || len(got.Manifests) != manifests {
		t.Errorf("%s %s: sent layers %q and manifests %q, want %d and %d", got.Step.Do, got.Step.Image, got.Layers, got.Manifests, layers, manifests)
	}
}

func TestASecondPushSendsOnlyWhatIsNew(t *testing.T) {
	w := newWorld(t)
	env := w.env(claims())
	got := w.must(env, login,
		job.Step{Do: job.Push, Image: app.String() + ":v1", Layers: []string{"base", "app 1"}},
		job.Step{Do: job.Push, Image: app.String() + ":v2", Layers: []string{"base", "app 2"}},
		job.Step{Do: job.Push, Image: app.String() + ":v2", Layers: []string{"base", "app 2"}},
		job.Step{Do: job.Push, Image: app.String() + ":v3", Layers: []string{"base", "app 2"}},
	)
	wantSent(t, got[1], 3, 1)
	wantSent(t, got[2], 2, 1) // a layer and the config
	wantSent(t, got[3], 0, 0) // the same image under the same tag
	wantSent(t, got[4], 0, 1) // the same image under another tag
	if got[2].Digest != got[4].Digest || got[1].Digest == got[2].Digest {
		t.Errorf("got the digests %q, %q and %q, want the last two alike", got[1].Digest, got[2].Digest, got[4].Digest)
	}
}

func TestAnIndexIsPushedWithBothImages(t *testing.T) {
	w := newWorld(t)
	env := w.env(claims())
	push := job.Step{Do: job.PushIndex, Image: app.String() + ":multi", Layers: []string{"base"}}
	got := w.must(env, login, push)
	wantSent(t, got[1], 5, 3) // a layer of both, one of each, two configs; two images and the index
	again := w.must(env, login, push,
		job.Step{Do: job.Pull, Image: push.Image},
		job.Step{Do: job.Pull, Image: app.String() + "@" + got[1].Digest},
	)
	wantSent(t, again[1], 0, 0)
	for _, outcome := range again[1:] {
		if outcome.Digest != got[1].Digest {
			t.Errorf("%s %s: got %q, want %q", outcome.Step.Do, outcome.Step.Image, outcome.Digest, got[1].Digest)
		}
	}
}

func TestACacheIsExportedAndImported(t *testing.T) {
	w := newWorld(t)
	env := w.env(claims())
	cache := app.String() + ":cache-run-1"
	got := w.must(env, login,
		job.Step{Do: job.ExportCache, Image: cache, Layers: []string{"base", "modules"}},
		job.Step{Do: job.Pull, Image: cache},
	)
	wantSent(t, got[1], 3, 1) // two layers and the config
	if got[1].Digest != got[2].Digest {
		t.Errorf("exported %q, imported %q, want the same", got[1].Digest, got[2].Digest)
	}
}

// BuildKit moves the cache's tag at each run, which an image repository with
// immutable tags does not let it.
func TestAnImmutableTagIsNotMoved(t *testing.T) {
	w := newWorld(t)
	env := w.env(claims())
	cache := app.String() + ":cache"
	w.must(env, login, job.Step{Do: job.ExportCache, Image: cache, Layers: []string{"run 1"}})
	move := job.Step{Do: job.ExportCache, Image: cache, Layers: []string{"run 2"}}
	failed := w.run(env, login, move).Failure()
	if failed == nil || failed.Code != "TAG_INVALID" {
		t.Fatalf("got %+v, want the code TAG_INVALID", failed)
	}
	wantSent(t, *failed, 2, 0) // the layer and the config, and no manifest
	wantDiagnosis(t, *failed, "the tag is taken, and tags of the image repository are immutable", "registry")
	account := newAccount()
	account.ImageRepositories[0].Immutable = false
	w.cloud.State.Set(account)
	w.must(env, login, move, job.Step{Do: job.Pull, Image: cache})
}

func TestATroubledRegistryTakesThePushInTheEnd(t *testing.T) {
	w := newWorld(t)
	w.cloud.ECR.Trouble.Set(5)
	layers := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}
	got := w.must(w.env(claims()), login, job.Step{Do: job.Push, Image: app.String() + ":v1", Layers: layers}, job.Step{Do: job.Pull, Image: app.String() + ":v1"})
	wantSent(t, got[1], 11, 1)
}
