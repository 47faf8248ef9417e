package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A job that needs Docker needs a daemon in the runner's Pod, or one elsewhere.
func TestJobsThatNeedDocker(t *testing.T) {
	off := edit{"runner.yaml", "      labels: [push-my-app]\n", "      labels: [push-my-app]\n      dockerEnabled: false\n"}
	spec := func(lines string) edit {
		return edit{"runner.yaml", "      serviceAccountName: build\n", "      serviceAccountName: build\n" + lines}
	}
	build := func(command string) []edit {
		return []edit{off, {"workflow.yaml", `docker build --tag "$IMAGE" .`, command}, {"workflow.yaml", `docker push "$IMAGE"`, `buildah push x "docker://$IMAGE"`}}
	}
	scaleSet := func(pod string) []edit {
		return []edit{
			{"runner.yaml", "actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment", "actions.github.com/v1alpha1\nkind: AutoscalingRunnerSet"},
			{"runner.yaml", "      repository: octo-org/my-app\n      labels: [push-my-app]\n      image: summerwind/actions-runner:v2.337.0-ubuntu-22.04\n", ""},
			{"runner.yaml", "      env:\n      - name: AWS_EC2_METADATA_DISABLED\n        value: \"true\"\n", "      restartPolicy: Never\n      containers:\n      - name: runner\n        image: ghcr.io/actions/actions-runner:2.337.0\n        command: [/home/runner/run.sh]\n" +
				"        env: [{name: AWS_EC2_METADATA_DISABLED, value: 'true'}]\n" + pod},
			{"runner.yaml", "  namespace: runners\nspec:\n", "  namespace: runners\n  labels: {app.kubernetes.io/version: 0.14.2}\nspec:\n  githubConfigUrl: https://github.com/octo-org/my-app\n  githubConfigSecret: github-app\n"},
			{"workflow.yaml", "[self-hosted, push-my-app]", "build"},
		}
	}
	const dind = "name: dind, image: 'docker:dind', securityContext: {privileged: true}"
	// wired is a scale set whose runner looks for Docker at an address, and has a volume at a folder that a sidecar has
	// at another.
	wired := func(address, at, sidecar, there string) []edit {
		return append(scaleSet("        volumeMounts: [{name: shared, mountPath: "+at+"}]\n      - {"+sidecar+", volumeMounts: [{name: shared, mountPath: "+there+"}]}\n      volumes: [{name: shared, emptyDir: {}}]\n"),
			edit{"runner.yaml", "env: [{name: AWS_EC2_METADATA_DISABLED, value: 'true'}]", "env: [{name: AWS_EC2_METADATA_DISABLED, value: 'true'}, {name: DOCKER_HOST, value: '" + address + "'}]"})
	}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"no sidecar", []edit{off}, []string{"KR106"}},
		{"no sidecar, and none is needed", build("buildah build ."), []string{}},
		{"no sidecar, and a service", append(build("buildah build ."), edit{"workflow.yaml", "    steps:\n", "    services: {db: {image: postgres}}\n    steps:\n"}), []string{"KR106"}},
		{"within the runner", []edit{spec("      dockerdWithinRunnerContainer: true\n"), {"runner.yaml", "summerwind/actions-runner:", "summerwind/actions-runner-dind:"}}, []string{"KR082"}},
		{"within the runner, of an image without one", []edit{spec("      dockerdWithinRunnerContainer: true\n")}, []string{"KR082", "KR106"}},
		{"within the runner, of an image of one's own", []edit{spec("      dockerdWithinRunnerContainer: true\n"), {"runner.yaml", "summerwind/actions-runner:", "ghcr.io/octo-org/runner:"}}, []string{"KR082"}},
		{"of another machine", []edit{off, podHas("DOCKER_HOST", "tcp://docker:2375")}, []string{}},
		{"of a socket that is not there", []edit{off, podHas("DOCKER_HOST", "unix:///run/docker.sock")}, []string{"KR106"}},
		{"of the node", []edit{off, spec("      volumes: [{name: s, hostPath: {path: /var/run}}]\n")}, []string{}},
		{"with another folder of the node", []edit{off, spec("      volumes: [{name: s, hostPath: {path: /var/cache}}]\n")}, []string{"KR106"}},
		{"of a runtime class", []edit{off, spec("      runtimeClassName: sysbox-runc\n")}, []string{}},
		{"of an image with one", []edit{off, {"runner.yaml", "summerwind/actions-runner:", "summerwind/actions-runner-dind-rootless:"}}, []string{}},
		{"a scale set", scaleSet(""), []string{"KR106"}},
		{"a scale set with one", wired("unix:///var/run/docker.sock", "/var/run", dind+", args: [dockerd, '--host=unix:///var/run/docker.sock']", "/var/run"), []string{"KR082"}},
		{"whose socket is elsewhere in both", wired("unix:///docker/d.sock", "/docker", dind+", args: [dockerd, -H, 'unix:///sock/d.sock']", "/sock"), []string{"KR082"}},
		{"whose runner finds it by /run", wired("unix:///var/run/docker.sock", "/run", dind, "/var/run"), []string{"KR082"}},
		{"whose socket has another name", wired("unix:///var/run/docker.sock", "/var/run", dind+", args: ['--host=unix:///other/d.sock', dockerd]", "/other"), []string{"KR082", "KR106"}},
		{"whose socket the runner lacks", scaleSet("      - {" + dind + "}\n"), []string{"KR082", "KR106"}},
		{"that is not privileged", wired("unix:///var/run/docker.sock", "/var/run", "name: dind, image: 'docker:28-dind'", "/var/run"), []string{"KR106"}},
		{"that is rootless", wired("unix:///run/user/1000/docker.sock", "/run/user/1000", "name: dind, image: 'docker:28-dind-rootless'", "/run/user/1000"), []string{}},
		{"of an image of one's own", wired("tcp://localhost:1234", "/x", "name: dind, image: octo-org/dind, securityContext: {privileged: true}", "/x"), []string{"KR082"}},
		{"by a port, without TLS", wired("tcp://localhost:2375", "/certs", dind+", env: [{name: DOCKER_TLS_CERTDIR, value: ''}]", "/certs"), []string{"KR082"}},
		{"by a port, with TLS", append(wired("tcp://localhost:2376", "/certs", dind, "/certs"), edit{"runner.yaml", ", {name: DOCKER_HOST", ", {name: DOCKER_TLS_VERIFY, value: '1'}, {name: DOCKER_HOST"}), []string{"KR082"}},
		{"by a port with TLS, without it", wired("tcp://localhost:2376", "/certs", dind, "/certs"), []string{"KR082", "KR106"}},
		{"by the port without TLS, where it has TLS", wired("tcp://localhost:2375", "/certs", dind, "/certs"), []string{"KR082", "KR106"}},
		{"by a port, where it has a socket alone", wired("tcp://127.0.0.1:2375", "/var/run", dind+", args: [dockerd, '--host=unix:///var/run/docker.sock']", "/var/run"), []string{"KR082", "KR106"}},
		{"by a port that it is told", wired("tcp://127.0.0.1:1234", "/var/run", dind+", args: [dockerd, '--host=tcp://0.0.0.0:1234']", "/var/run"), []string{"KR082"}},
		{"by an init container that ends", scaleSet("      initContainers: [{" + dind + "}]\n"), []string{"KR082", "KR106"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", strings.Join(got, " "), test.want, text)
			}
		})
	}
}
