package workflows_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rhysd/actionlint"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
)

func TestJobSignsInToEachRegistryOfItsPool(t *testing.T) {
	in := func(account identity.AccountID, region identity.Region) fleet.ImageRepository {
		return fleet.ImageRepository{Name: "base", Account: account, Region: region}
	}
	cache := in("777788889999", "us-east-1")
	pool := fleettest.Article().Pools[0]
	pool.CachesTo = &cache
	pool.PullsFrom = []fleet.ImageRepository{
		in("444455556666", "eu-central-1"), in("111122223333", "us-east-1"), in("111122223333", "eu-central-1"), in("111122223333", "us-west-2"),
	}
	var got []string
	for _, step := range parse(t, rendered(t, pool)).Jobs["push"].Steps {
		action, ok := step.Exec.(*actionlint.ExecAction)
		if !ok || action.Inputs["registries"] == nil {
			continue
		}
		region := ""
		if step.Env != nil {
			region = step.Env.Vars["aws_region"].Value.Value
		}
		got = append(got, step.Name.Value+": "+action.Inputs["registries"].Value.Value+" "+region)
	}
	want := []string{
		"Login to Amazon ECR: 111122223333,777788889999 ",
		"Login to Amazon ECR in eu-central-1: 444455556666,111122223333 eu-central-1",
		"Login to Amazon ECR in us-west-2: 111122223333 us-west-2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("logins (-want +got):\n%s", diff)
	}
}

// Docker pulls the base image when it builds, and finds the login then or not at all.
func TestJobSignsInBeforeItBuildsOnWhatItPulls(t *testing.T) {
	base := fleet.ImageRepository{Name: "base", Account: "111122223333", Region: "us-east-1"}
	hub := fleet.PullThroughCache{Prefix: "docker-hub", Account: "111122223333", Region: "us-east-1"}
	build, login, push := "Build the Docker image", "Login to Amazon ECR", "Push image to Amazon ECR"
	for name, c := range map[string]struct {
		change func(*fleet.Pool)
		want   []string
	}{
		"nothing":              {func(*fleet.Pool) {}, []string{build, login, push}},
		"an image repository":  {func(p *fleet.Pool) { p.PullsFrom = []fleet.ImageRepository{base} }, []string{login, build, push}},
		"a pull through cache": {func(p *fleet.Pool) { p.PullsThrough = []fleet.PullThroughCache{hub} }, []string{login, build, push}},
	} {
		pool := fleettest.Article().Pools[0]
		c.change(&pool)
		var got []string
		for _, step := range parse(t, rendered(t, pool)).Jobs["push"].Steps[2:] {
			got = append(got, step.Name.Value)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestCacheHasATagForEachImageRepository(t *testing.T) {
	pool := built(fleet.Builder{RootlessBuildKit: &fleet.RootlessBuildKit{}}, fleet.Workflow{})
	pool.CachesTo = &fleet.ImageRepository{Name: "cache/shop", Account: "111122223333", Region: "us-east-1"}
	const (
		image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/eu/web:0a1b2c"
		cache = "type=registry,ref=111122223333.dkr.ecr.us-east-1.amazonaws.com/cache/shop:shop-eu-web"
		want  = "docker buildx build . --file Dockerfile --tag " + image + " --push --cache-from " + cache +
			" --cache-to " + cache + ",mode=max,image-manifest=true,oci-mediatypes=true\noutput image=" + image
	)
	got, err := run(t, pool, "Build image and push it to Amazon ECR", "",
		"ECR_REGISTRY=111122223333.dkr.ecr.us-east-1.amazonaws.com", "ECR_REPOSITORY=shop/eu/web", "IMAGE_TAG=0a1b2c", "BUILD_CONTEXT=.", "BUILD_FILE=Dockerfile")
	if err != nil || got != want {
		t.Errorf("got  %q, %v\nwant %q", got, err, want)
	}
}
