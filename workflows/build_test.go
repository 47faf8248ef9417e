package workflows_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rhysd/actionlint"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
)

// built is the article's pool with another builder and workflow.
func built(builder fleet.Builder, workflow fleet.Workflow) fleet.Pool {
	pool := fleettest.Article().Pools[0]
	pool.Builder, pool.Workflow = builder, workflow
	return pool
}

func TestEachBuilderBuildsAndPushesOnce(t *testing.T) {
	const (
		image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:0a1b2c"
		both  = "Build image and push it to Amazon ECR"
	)
	rootless := fleet.Builder{RootlessBuildKit: &fleet.RootlessBuildKit{}}
	options := fleet.Workflow{
		Platforms:    []string{"linux/arm64"},
		BuildArgs:    map[string]string{"TITLE": `it's "$HOME" \ #1: a`, "A": "1"},
		BuildSecrets: map[string]string{"npm": "NPM_TOKEN", "pip": "PIP_TOKEN"},
	}
	const given = ` --platform linux/arm64 --build-arg A=1 --build-arg TITLE=it's "$HOME" \ #1: a --secret id=npm,env=SECRET_NPM_TOKEN --secret id=pip,env=SECRET_PIP_TOKEN`
	env := []string{"ECR_REGISTRY=111122223333.dkr.ecr.us-east-1.amazonaws.com", "ECR_REPOSITORY=my-app", "IMAGE_TAG=0a1b2c", "BUILD_CONTEXT=.", "BUILD_FILE=Dockerfile"}
	proxied := built(fleet.Builder{}, fleet.Workflow{})
	proxied.Proxy = &fleet.Proxy{HTTPS: "http://proxy.example.com:3128", NoProxy: []string{"10.0.0.0/8"}}
	for _, test := range []struct {
		name, step, has string
		pool            fleet.Pool
		want            string
	}{
		{"Docker", "Build the Docker image", "", built(fleet.Builder{}, fleet.Workflow{}), "docker build . --file Dockerfile --tag 0a1b2c"},
		{"Docker with options", "Build the Docker image", "", built(fleet.Builder{}, options), "docker build . --file Dockerfile --tag 0a1b2c" + given},
		{"Docker behind a proxy", "Build the Docker image", "", proxied,
			"docker build . --file Dockerfile --tag 0a1b2c --build-arg HTTPS_PROXY --build-arg https_proxy --build-arg NO_PROXY --build-arg no_proxy"},
		{"BuildKit", both, "", built(rootless, fleet.Workflow{}), "docker buildx build . --file Dockerfile --tag " + image + " --push\noutput image=" + image},
		{"BuildKit with options", both, "", built(rootless, options), "docker buildx build . --file Dockerfile --tag " + image + " --push" + given + "\noutput image=" + image},
		{"BuildKit again", both, image, built(rootless, fleet.Workflow{}), image + " is there already\noutput image=" + image},
		{"script", both, "", built(fleet.Builder{Script: "if true; then\n\n  bash -c 'echo \"to $IMAGE\"'\nfi"}, fleet.Workflow{}), "to " + image + "\noutput image=" + image},
		{"script again", both, image, built(fleet.Builder{Script: "echo \"$IMAGE\""}, fleet.Workflow{}), image + " is there already\noutput image=" + image},
	} {
		got, err := run(t, test.pool, test.step, test.has, env...)
		if err != nil || got != test.want {
			t.Errorf("%s:\ngot  %q, %v\nwant %q", test.name, got, err, test.want)
		}
	}
}

func TestBuildxReachesTheBuilder(t *testing.T) {
	for _, test := range []struct {
		name    string
		builder fleet.Builder
		want    map[string]string
	}{
		{"Docker", fleet.Builder{}, nil},
		{"beside the runner", fleet.Builder{RootlessBuildKit: &fleet.RootlessBuildKit{}},
			map[string]string{"driver": "remote", "endpoint": "tcp://127.0.0.1:1234"}},
		{"shared", fleet.Builder{SharedBuildKit: &fleet.SharedBuildKit{Address: "tcp://buildkitd.buildkit.svc:1234", TLSSecret: "buildkit-client"}},
			map[string]string{
				"driver": "remote", "endpoint": "tcp://buildkitd.buildkit.svc:1234",
				"driver-opts": "cacert=/etc/buildkit/tls/ca.crt\ncert=/etc/buildkit/tls/tls.crt\nkey=/etc/buildkit/tls/tls.key\n",
			}},
		{"script", fleet.Builder{Script: `jib build --target="$IMAGE"`}, nil},
	} {
		var got map[string]string
		for _, step := range parse(t, rendered(t, built(test.builder, fleet.Workflow{}))).Jobs["push"].Steps {
			if step.Name.Value == "Set up Docker Buildx" {
				got = map[string]string{}
				for name, input := range step.Exec.(*actionlint.ExecAction).Inputs {
					got[name] = input.Value.Value
				}
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: inputs of setup-buildx-action (-want +got):\n%s", test.name, diff)
		}
	}
}

// A called workflow has no secret but those that it asks for.
func TestSecretsOfABuildAreAskedForAndReachThatStepAlone(t *testing.T) {
	pool := built(fleet.Builder{}, fleet.Workflow{BuildSecrets: map[string]string{"npm": "NPM_TOKEN", "npmrc": "NPM_TOKEN"}})
	workflow := parse(t, rendered(t, pool))
	call, _ := workflow.FindWorkflowCallEvent()
	if secret := call.Secrets["npm_token"]; len(call.Secrets) != 1 || secret == nil || !secret.Required.Value {
		t.Errorf("got secrets %v, want NPM_TOKEN, required", call.Secrets)
	}
	for _, step := range workflow.Jobs["push"].Steps {
		got := ""
		if step.Env != nil {
			if variable := step.Env.Vars["secret_npm_token"]; variable != nil {
				got = variable.Value.Value
			}
		}
		want := ""
		if step.Name.Value == "Build the Docker image" {
			want = "${{ secrets.NPM_TOKEN }}"
		}
		if got != want {
			t.Errorf("step %q: got %q, want %q", step.Name.Value, got, want)
		}
	}
}
