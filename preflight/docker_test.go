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
	const shared, dind = "        volumeMounts: [{name: sock, mountPath: /run}]\n", "      - {name: dind, image: 'docker:dind', securityContext: {privileged: true}"
	const sharing = ", volumeMounts: [{name: sock, mountPath: /var/run}]}\n      volumes: [{name: sock, emptyDir: {}}]\n"
	// wired is a scale set whose runner looks for Docker at an address, and has a volume at a folder that a sidecar has
	// at another.
	wired := func(address, at, sidecar, there string) []edit {
		return append(onScaleSet("        volumeMounts: [{name: shared, mountPath: "+at+"}]\n      - {"+sidecar+", volumeMounts: [{name: shared, mountPath: "+there+"}]}\n      volumes: [{name: shared, emptyDir: {}}]\n"),
			edit{"runner.yaml", "value: 'true'}]", "value: 'true'}, {name: DOCKER_HOST, value: '" + address + "'}]"})
	}
	installed := edit{"workflow.yaml", "      run: |\n", "      run: |\n        apt-get install -y buildah\n"}
	const privileged = "name: dind, image: 'docker:dind', securityContext: {privileged: true}"
	tcp := edit{"runner.yaml", "value: 'true'}]", "value: 'true'}, {name: DOCKER_HOST, value: 'tcp://localhost:2375'}]"}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"no sidecar", []edit{off}, []string{"KR106"}},
		{"no sidecar, and none is needed", append(build("buildah build ."), installed), []string{}},
		{"no sidecar, and a service", append(build("buildah build ."), installed, edit{"workflow.yaml", "    steps:\n", "    services: {db: {image: postgres}}\n    steps:\n"}), []string{"KR106"}},
		{"within the runner", []edit{spec("      dockerdWithinRunnerContainer: true\n"), {"runner.yaml", "summerwind/actions-runner:", "summerwind/actions-runner-dind:"}}, []string{"KR082"}},
		{"within the runner, of an image without one", []edit{spec("      dockerdWithinRunnerContainer: true\n")}, []string{"KR082", "KR106"}},
		{"within the runner, of one's own image", []edit{spec("      dockerdWithinRunnerContainer: true\n"), {"runner.yaml", "summerwind/actions-runner:", "ghcr.io/octo-org/runner:"}}, []string{"KR082"}},
		{"of another machine", []edit{off, podHas("DOCKER_HOST", "tcp://docker:2375")}, []string{}},
		{"of a socket that is not there", []edit{off, podHas("DOCKER_HOST", "unix:///run/docker.sock")}, []string{"KR106"}},
		{"of the node", []edit{off, spec("      volumes: [{name: s, hostPath: {path: /var/run}}]\n")}, []string{}},
		{"of the node, with a slash", []edit{off, spec("      volumes: [{name: s, hostPath: {path: /var/run/}}]\n")}, []string{}},
		{"with another folder of the node", []edit{off, spec("      volumes: [{name: s, hostPath: {path: /var/cache}}]\n")}, []string{"KR106"}},
		{"of a runtime class", []edit{off, spec("      runtimeClassName: sysbox-runc\n")}, []string{}},
		{"of an image with one", []edit{off, {"runner.yaml", "summerwind/actions-runner:", "summerwind/actions-runner-dind-rootless:"}}, []string{}},
		{"a scale set", onScaleSet(""), []string{"KR106"}},
		{"a scale set with one", onScaleSet(shared + dind + ", args: [--group=123]" + sharing), []string{"KR082"}},
		{"a scale set with one of its own group", onScaleSet(shared + dind + sharing), []string{"KR082", "KR106"}},
		{"a scale set with one whose probe asks it", onScaleSet(shared + dind + ", startupProbe: {exec: {command: [docker, info]}}" + sharing), []string{"KR082", "KR106"}},
		{"a scale set with one whose probe opens its socket", onScaleSet(shared + dind + ", startupProbe: {exec: {command: [sh, -c, 'docker info && chmod 666 /var/run/docker.sock']}}" + sharing), []string{"KR082"}},
		{"a scale set with one whose hook opens its socket", onScaleSet(shared + dind + ", lifecycle: {postStart: {exec: {command: [/scripts/open]}}}" + sharing), []string{"KR082"}},
		{"a scale set with one that is not root", append(onScaleSet(shared+dind+", args: [--group=123]"+sharing), edit{"runner.yaml", "fsGroup: 1001", "fsGroup: 1001\n        runAsUser: 1001"}), []string{"KR082", "KR106"}},
		{"a scale set with one that is root in its Pod", append(onScaleSet(shared+strings.Replace(dind, "privileged: true", "privileged: true, runAsUser: 0", 1)+", args: [--group=123]"+sharing), edit{"runner.yaml", "fsGroup: 1001", "fsGroup: 1001\n        runAsUser: 1001"}), []string{"KR082"}},
		{"a scale set with one of its own group, for root", append(onScaleSet(shared+dind+sharing), edit{"workflow.yaml", `docker build --tag "$IMAGE" .`, `sudo -E docker build --tag "$IMAGE" .`}), []string{"KR082"}},
		{"a scale set with one that opens its socket", onScaleSet(shared + dind + ", lifecycle: {postStart: {exec: {command: [chmod, '666', /var/run/docker.sock]}}}" + sharing), []string{"KR082"}},
		{"a scale set with one of another's group", onScaleSet(shared + dind + ", args: [dockerd, -G, $(GID)], env: [{name: GID, value: '121'}]" + sharing), []string{"KR082", "KR106"}},
		{"a scale set with one of the group docker", onScaleSet(shared + dind + ", args: [dockerd, -G, docker]" + sharing), []string{"KR082", "KR106"}},
		{"a scale set with one of a group that has a name", onScaleSet(shared + dind + ", args: [dockerd, -G, runner]" + sharing), []string{"KR082"}},
		{"a scale set with one that may not be root", onScaleSet(shared + "      - {name: dind, image: 'docker:28.5.1-dind', securityContext: {privileged: true, runAsNonRoot: true}, args: [dockerd, -G, '123']" + sharing), []string{"KR082", "KR220"}},
		{"a scale set with one of the Pod's group", append(onScaleSet(shared+dind+sharing), edit{"runner.yaml", "fsGroup: 1001", "fsGroup: 1001\n        supplementalGroups: [2375]"}), []string{"KR082"}},
		{"a scale set with one that is not privileged", onScaleSet(shared + "      - {name: dind, image: 'docker:28.5.1-dind'" + sharing), []string{"KR106"}},
		{"a scale set with one of capabilities", onScaleSet(shared + "      - {name: dind, image: 'docker:dind', args: [--group=123], securityContext: {capabilities: {add: [ALL]}}" + sharing), []string{}},
		{"a scale set with another's daemon that is not privileged", onScaleSet(shared + "      - {name: dind, image: 'octo-org/docker:dind'" + sharing), []string{}},
		{"a scale set with one that shares no socket", onScaleSet(dind + "}\n"), []string{"KR082", "KR106"}},
		{"a scale set with one whose socket lies elsewhere", onScaleSet(shared + strings.Replace(dind+sharing, "/var/run", "/sock", 1)), []string{"KR082", "KR106"}},
		{"a scale set with one that is told to listen there", onScaleSet(shared + strings.Replace(dind+", args: ['--host=unix:///sock/docker.sock', --group=1001]"+sharing, "/var/run", "/sock", 1)), []string{"KR082"}},
		{"a scale set with one that listens there alone", onScaleSet(shared + dind + ", args: [dockerd, -H, 'unix:///sock/docker.sock']" + sharing), []string{"KR082", "KR106"}},
		{"a scale set with one that a script starts", onScaleSet(dind + ", command: [sh, -c, ./start]" + sharing), []string{"KR082"}},
		{"a scale set with one by TCP, without TLS", append(onScaleSet(dind+", env: [{name: DOCKER_TLS_CERTDIR, value: ''}]"+sharing), tcp), []string{"KR082"}},
		{"a scale set with one by TCP, which has TLS", append(onScaleSet(dind+sharing), tcp), []string{"KR082", "KR106"}},
		{"whose socket is elsewhere in both", wired("unix:///docker/d.sock", "/docker", privileged+", args: [dockerd, -G, '123', -H, 'unix:///sock/d.sock']", "/sock"), []string{"KR082"}},
		{"whose socket has another name", wired("unix:///var/run/docker.sock", "/var/run", privileged+", args: ['--host=unix:///other/d.sock', dockerd]", "/other"), []string{"KR082", "KR106"}},
		{"that is rootless", wired("unix:///run/user/1000/docker.sock", "/run/user/1000", "name: dind, image: 'docker:28-dind-rootless', securityContext: {privileged: true}", "/run/user/1000"), []string{"KR082"}},
		{"that is rootless, without privileges", wired("unix:///run/user/1000/docker.sock", "/run/user/1000", "name: dind, image: 'docker:28-dind-rootless'", "/run/user/1000"), []string{"KR106"}},
		{"that is rootless, without privileges beside a runner that has them", append(wired("unix:///run/user/1000/docker.sock", "/run/user/1000", "name: dind, image: 'docker:28-dind-rootless'", "/run/user/1000"), edit{"runner.yaml", "        volumeMounts: [{name: shared, mountPath: /run/user/1000}]\n      - {", "        securityContext: {privileged: true}\n        volumeMounts: [{name: shared, mountPath: /run/user/1000}]\n      - {"}), []string{"KR082", "KR106"}},
		{"that is rootless, with another network", wired("unix:///run/user/1000/docker.sock", "/run/user/1000", "name: dind, image: 'docker:28-dind-rootless', env: [{name: DOCKERD_ROOTLESS_ROOTLESSKIT_NET, value: host}]", "/run/user/1000"), []string{}},
		{"of one's own image", wired("tcp://localhost:1234", "/x", "name: dind, image: octo-org/dind, securityContext: {privileged: true}", "/x"), []string{"KR082"}},
		{"by a port, with TLS", append(wired("tcp://localhost:2376", "/certs", privileged, "/certs"), edit{"runner.yaml", ", {name: DOCKER_HOST", ", {name: DOCKER_TLS_VERIFY, value: '1'}, {name: DOCKER_HOST"}), []string{"KR082"}},
		{"with TLS, and no certificate", []edit{podHas("DOCKER_TLS_VERIFY", "'1'"), podHas("DOCKER_CERT_PATH", "/certs/client")}, []string{"KR106"}},
		{"with TLS, and a certificate", append(wired("tcp://localhost:2376", "/certs", privileged, "/certs"), edit{"runner.yaml", ", {name: DOCKER_HOST", ", {name: DOCKER_TLS_VERIFY, value: '1'}, {name: DOCKER_CERT_PATH, value: /certs/client}, {name: DOCKER_HOST"}), []string{"KR082"}},
		{"by a port with TLS, without it", wired("tcp://localhost:2376", "/certs", privileged, "/certs"), []string{"KR082", "KR106"}},
		{"by a port, where it has a socket alone", wired("tcp://127.0.0.1:2375", "/var/run", privileged+", args: [dockerd, '--host=unix:///var/run/docker.sock']", "/var/run"), []string{"KR082", "KR106"}},
		{"by a port that it is told", wired("tcp://127.0.0.1:1234", "/var/run", privileged+", args: [dockerd, '--host=tcp://0.0.0.0:1234']", "/var/run"), []string{"KR082"}},
		{"by a port that its configuration may say", wired("tcp://127.0.0.1:1234", "/etc/docker", privileged+", args: [dockerd]", "/etc/docker"), []string{"KR082"}},
		{"by a port that another configuration may say", wired("tcp://127.0.0.1:1234", "/x", privileged+", args: [dockerd, --config-file=/x/d.json]", "/x"), []string{"KR082"}},
		{"by a port that it is told in short", wired("tcp://127.0.0.1:1234", "/x", privileged+", args: [dockerd, '-Htcp://0.0.0.0:1234']", "/x"), []string{"KR082"}},
		{"by Docker's own port", wired("tcp://localhost", "/x", privileged+", args: [dockerd, '-H', 'tcp://']", "/x"), []string{"KR082"}},
		{"by a port that a container forwards", wired("tcp://localhost:2375", "/x", "name: forward, image: 'alpine/socat:1.8.0.3'", "/x"), []string{}},
		{"by a port of the node", append(onScaleSet("      hostNetwork: true\n"), tcp), []string{}},
		{"by an init container that ends", onScaleSet("      initContainers: [{" + privileged + "}]\n"), []string{"KR082", "KR220", "KR106"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, append([]edit{published}, test.edits...), nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", strings.Join(got, " "), test.want, text)
			}
		})
	}
}

// A job that is told of a BuildKit beside its runner needs one there.
func TestJobsThatNeedBuildKit(t *testing.T) {
	const at, socket = "tcp://127.0.0.1:1234", "unix:///run/buildkit/buildkitd.sock"
	remote := func(endpoint string) edit {
		return edit{"workflow.yaml", "    - env:\n", "    - uses: docker/setup-buildx-action@v3\n      with: {driver: remote, endpoint: '" + endpoint + "'}\n    - env:\n"}
	}
	pod := func(more string) edit {
		return edit{"runner.yaml", "      labels: [push-my-app]\n", "      labels: [push-my-app]\n      dockerEnabled: false\n" + more}
	}
	const volume = "      volumes: [{name: sock, emptyDir: {}}]\n      volumeMounts: [{name: sock, mountPath: /run/buildkit}]\n"
	beside := func(more string) edit {
		return pod("      sidecarContainers: [{name: buildkitd, image: 'moby/buildkit:v0.27.0'" + more + "}]\n" + volume)
	}
	push := edit{"workflow.yaml", "        docker build --tag \"$IMAGE\" .\n        docker push \"$IMAGE\"\n", "        docker buildx build --push --tag \"$IMAGE\" .\n"}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"beside the runner", []edit{remote(at), beside(", args: ['--addr=" + at + "']")}, []string{}},
		{"nowhere", []edit{remote(at), pod("")}, []string{"KR212"}},
		{"at another port", []edit{remote(at), beside(", args: [--addr, 'tcp://0.0.0.0:8372']")}, []string{"KR212"}},
		{"at its socket alone", []edit{remote(at), beside("")}, []string{"KR212"}},
		{"at its socket, which is shared", []edit{remote(socket), beside(", volumeMounts: [{name: sock, mountPath: /run/buildkit}]")}, []string{}},
		{"at its socket, which is not shared", []edit{remote(socket), beside("")}, []string{"KR212"}},
		{"by its own command", []edit{remote(at), beside(", command: [/start]")}, []string{}},
		{"by its configuration", []edit{remote(at), beside(", volumeMounts: [{name: sock, mountPath: /etc/buildkit}]")}, []string{}},
		{"by the configuration of a rootless one", []edit{remote(at), beside(", volumeMounts: [{name: sock, mountPath: /home/user/.config/buildkit}]"), {"runner.yaml", "buildkit:v0.27.0", "buildkit:v0.27.0-rootless"}}, []string{}},
		{"on the node's network, which a RunnerDeployment can't have", []edit{remote(at), beside(""), {"runner.yaml", "      labels:", "      hostNetwork: true\n      labels:"}}, []string{"KR212"}},
		{"of an image that is not known", []edit{remote(at), pod("      sidecarContainers: [{name: buildkitd, image: 'registry.example.com/buildkit:1'}]\n")}, []string{}},
		{"elsewhere", []edit{remote("tcp://buildkitd.buildkit.svc:1234"), pod("")}, []string{}},
		{"that the job starts", []edit{{"workflow.yaml", "    - env:\n", "    - run: buildkitd --addr tcp://127.0.0.1:1234 &\n    - env:\n"}, remote(at), pod("")}, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, append(test.edits, push), nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", strings.Join(got, " "), test.want, text)
			}
		})
	}
}
