package github_test

import (
	"strings"
	"testing"

	"keyless-runners/preflight/github"
)

func TestJobsNeedDocker(t *testing.T) {
	run := func(script string) string { return steps("- run: |\n" + indented(script, 4)) }
	for _, c := range []struct{ name, workflow, want string }{
		{"a build", run("docker build ."), "docker build"},
		{"a push", run("sudo docker --log-level debug push x"), "docker push"},
		{"a push of an image", run("docker image push x"), "docker image push"},
		{"BuildKit", run("docker buildx build --push ."), "docker buildx build"},
		{"Compose", run("docker compose up -d"), "docker compose up"},
		{"the first of several", run("docker pull x\ndocker push y"), "docker pull"},
		{"another host", run("docker -H tcp://d:2375 build ."), "-"},
		{"another builder", run("docker buildx build --builder far ."), "-"},
		{"a builder that is made in the cluster", run("docker buildx create --driver kubernetes --use\ndocker buildx build ."), "-"},
		{"a builder that is made here", run("docker buildx create --driver docker-container --use\ndocker buildx build ."), "docker buildx build"},
		{"another context", run("docker context use far\ndocker build ."), "-"},
		{"another host by a variable", run("export DOCKER_HOST=tcp://d:2375\ndocker build ."), "-"},
		{"another host of the job", "env: {DOCKER_HOST: tcp://d}\njobs:\n  a: {steps: [{run: docker build .}]}", "-"},
		{"its own daemon", run("dockerd-rootless.sh &\ndocker build ."), "-"},
		{"what needs none", run("docker login x\ndocker buildx imagetools create -t x y\ndocker manifest push x\ndocker version"), "-"},
		{"another tool", run("podman build .\nbuildah push x\ncrane push x y"), "-"},
		{"an action", steps("- uses: docker/build-push-action@v6"), "docker/build-push-action"},
		{"an action that prepares", steps("- uses: docker/setup-buildx-action@v3"), "docker/setup-buildx-action"},
		{"a builder in the cluster", steps("- uses: docker/setup-buildx-action@v3\n  with: {driver: kubernetes}\n- uses: docker/build-push-action@v6"), "-"},
		{"a builder by its name", steps("- uses: docker/build-push-action@v6\n  with: {builder: far}"), "-"},
		{"an action that brings Docker", steps("- uses: docker/setup-docker-action@v4\n- run: docker build ."), "-"},
		{"an image as an action", steps("- uses: docker://alpine:3"), "docker://alpine:3"},
		{"a container", "jobs:\n  a: {container: node:24}", "container"},
		{"services", "jobs:\n  a: {services: {db: {image: x}}}", "services"},
		{"no services", "jobs:\n  a: {services: {}}", "-"},
	} {
		if got := show(github.Read(parse(t, c.workflow), nil).Jobs[0].Docker); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// buildx makes Pods as the runner's ServiceAccount, unless it may have another identity.
func TestBuildersInTheCluster(t *testing.T) {
	setup := func(with string) string {
		return steps("- uses: docker/setup-buildx-action@v3\n  with: {driver: kubernetes" + with + "}")
	}
	for _, c := range []struct{ name, workflow, want string }{
		{"an action", setup(""), ""},
		{"an action with a namespace", setup(", driver-opts: \"namespace=ci\\nreplicas=2\""), "ci"},
		{"an action with a list", setup(", driver-opts: \"replicas=2,namespace=ci\""), "ci"},
		{"an unknown namespace", setup(", driver-opts: \"namespace=${{ vars.N }}\""), "?(vars.N is not in the files)"},
		{"a command", steps("- run: docker buildx create --use --driver=kubernetes --driver-opt namespace=ci --driver-opt replicas=2"), "ci"},
		{"another driver", steps("- uses: docker/setup-buildx-action@v3\n- run: docker buildx create --driver remote tcp://b"), "-"},
		{"with a file", strings.Replace(setup(""), "env: {", "env: {KUBECONFIG: x, ", 1), "-"},
		{"with another identity", strings.Replace(setup(""), "- uses", "- run: aws eks update-kubeconfig --name c\n      - uses", 1), "-"},
	} {
		if got := show(github.Read(parse(t, c.workflow), nil).Jobs[0].BuilderNamespace); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// In container mode kubernetes a job's container is its own Pod, which has no daemon
// (runner-container-hooks issue 381).
func TestStepsNeedDockerInTheJobsContainer(t *testing.T) {
	inside := func(steps string) string {
		return "jobs:\n  a:\n    container: node:24\n    services: {db: {image: x}}\n    steps:\n" + indented(steps, 4)
	}
	for _, c := range []struct{ name, workflow, want string }{
		{"a command", inside("- run: docker push x"), "docker push"},
		{"the first of several", inside("- run: docker build .\n- run: docker push x"), "docker build"},
		{"an action", inside("- uses: docker/build-push-action@v6"), "docker/build-push-action"},
		{"a step that is an image", inside("- uses: docker://alpine:3"), "-"},
		{"another host", inside("- env: {DOCKER_HOST: tcp://d}\n  run: docker push x"), "-"},
		{"its own daemon", inside("- run: |\n    dockerd &\n    docker push x"), "-"},
		{"another tool", inside("- run: buildah push x"), "-"},
		{"no container", steps("- run: docker push x"), "-"},
		{"an empty container", "jobs:\n  a: {container: '', steps: [{run: docker push x}]}", "-"},
	} {
		if got := show(github.Read(parse(t, c.workflow), nil).Jobs[0].DockerInside); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
