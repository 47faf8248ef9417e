package preflight_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNamespacesAdmitTheirPods compares the Pods of runners with the level that their namespace
// enforces. The good chain has a privileged Docker sidecar, which the controller adds.
func TestNamespacesAdmitTheirPods(t *testing.T) {
	namespace := func(labels string) edit {
		return edit{"runner.yaml", "apiVersion: v1\nkind: ServiceAccount\n", "apiVersion: v1\nkind: Namespace\nmetadata: {name: runners, labels: {" + labels + "}}\n---\napiVersion: v1\nkind: ServiceAccount\n"}
	}
	const enforce = "pod-security.kubernetes.io/enforce: "
	plain := edit{"runner.yaml", "      serviceAccountName: build\n", "      dockerEnabled: false\n      serviceAccountName: build\n"}
	builds := edit{"workflow.yaml", "docker build --tag \"$IMAGE\" .", "buildah build --tag \"$IMAGE\" ."}
	pushes := edit{"workflow.yaml", "docker push \"$IMAGE\"", "buildah push \"$IMAGE\" \"docker://$IMAGE\""}
	ofNode := edit{"runner.yaml", "      env:\n", "      volumes: [{name: cache, hostPath: {path: /var/cache}}]\n      env:\n"}
	annotated := func(profile string) edit {
		return edit{"runner.yaml", "        eks.amazonaws.com/skip-containers: docker\n", "        eks.amazonaws.com/skip-containers: docker\n        container.apparmor.security.beta.kubernetes.io/runner: " + profile + "\n"}
	}
	probing := edit{"runner.yaml", "      labels: [push-my-app]\n", "      labels: [push-my-app]\n      sidecarContainers: [{name: proxy, image: envoyproxy/envoy:v1, livenessProbe: {httpGet: {host: 10.0.0.1, port: 80}}}]\n"}
	// secured is the runner with a securityContext of the Pod and one of its container.
	secured := func(pod, container string) edit {
		return edit{"runner.yaml", "      env:\n", "      securityContext: {fsGroup: 1001, " + pod + "}\n      containers: [{name: runner, image: summerwind/actions-runner:v2.337.0-ubuntu-22.04, securityContext: {" + container + "}}]\n      env:\n"}
	}
	noGroup := edit{"runner.yaml", "      securityContext:\n        fsGroup: 1001\n", ""}
	const (
		restricted = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}"
		user       = "runAsNonRoot: true, runAsUser: 1001, seccompProfile: {type: RuntimeDefault}"
	)
	at := func(level, pod, container string) []edit {
		return []edit{namespace(enforce + level), plain, builds, pushes, noGroup, secured(pod, container)}
	}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"restricted, and all that it asks for", at("restricted", user, restricted), []string{}},
		{"restricted, and all in the container", at("restricted", "", user+", "+restricted), []string{}},
		{"restricted, and no sidecar", []edit{namespace(enforce + "restricted"), plain, builds, pushes}, []string{"KR175"}},
		{"restricted, and escalation", at("restricted", user, "capabilities: {drop: [ALL]}"), []string{"KR175"}},
		{"restricted, and capabilities", at("restricted", user, "allowPrivilegeEscalation: false"), []string{"KR175"}},
		{"restricted, and one capability", at("restricted", user, "allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}"), []string{}},
		{"restricted, and another", at("restricted", user, "allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [CHOWN]}"), []string{"KR175"}},
		{"restricted, and perhaps root", at("restricted", "seccompProfile: {type: RuntimeDefault}", restricted), []string{"KR175"}},
		{"restricted, and root", at("restricted", "runAsNonRoot: true, runAsUser: 0, seccompProfile: {type: RuntimeDefault}", restricted), []string{"KR175"}},
		{"restricted, and no seccomp", at("restricted", "runAsNonRoot: true", restricted), []string{"KR175"}},
		{"baseline, and not confined", at("baseline", "seccompProfile: {type: Unconfined}", ""), []string{"KR175"}},
		{"baseline, and a capability", at("baseline", "", "capabilities: {add: [CHOWN]}"), []string{}},
		{"baseline, and another", at("baseline", "", "capabilities: {add: [SYS_ADMIN]}"), []string{"KR175"}},
		{"baseline, and the node's network, which a RunnerDeployment can't have", append(at("baseline", "", ""), edit{"runner.yaml", "      serviceAccountName: build\n", "      hostNetwork: true\n      serviceAccountName: build\n"}), []string{}},
		{"baseline, and a port of the node", append(at("baseline", "", ""), edit{"runner.yaml", "      labels: [push-my-app]\n", "      labels: [push-my-app]\n      sidecarContainers: [{name: proxy, image: envoyproxy/envoy:v1, ports: [{containerPort: 80, hostPort: 80}]}]\n"}), []string{"KR175"}},
		{"restricted, and a volume of another machine", append(at("restricted", user, restricted), edit{"runner.yaml", "      serviceAccountName: build\n", "      volumes: [{name: cache, nfs: {server: nas, path: /}}]\n      serviceAccountName: build\n"}), []string{"KR175"}},
		{"restricted, and its own volume", append(at("restricted", user, restricted), edit{"runner.yaml", "      serviceAccountName: build\n", "      volumes: [{name: cache, emptyDir: {}}]\n      serviceAccountName: build\n"}), []string{}},
		{"baseline, and a volume of another machine", append(at("baseline", "", ""), edit{"runner.yaml", "      serviceAccountName: build\n", "      volumes: [{name: cache, nfs: {server: nas, path: /}}]\n      serviceAccountName: build\n"}), []string{}},
		{"baseline, and /proc as it is", at("baseline", "", "procMount: Unmasked"), []string{"KR175"}},
		{"baseline, and /proc as usual", at("baseline", "", "procMount: Default"), []string{}},
		{"baseline, and not confined by AppArmor", at("baseline", "", "appArmorProfile: {type: Unconfined}"), []string{"KR175"}},
		{"baseline, and AppArmor", at("baseline", "", "appArmorProfile: {type: RuntimeDefault}"), []string{}},
		{"baseline, and a type of SELinux", at("baseline", "seLinuxOptions: {type: spc_t}", ""), []string{"KR175"}},
		{"baseline, and the usual type of SELinux", at("baseline", "seLinuxOptions: {type: container_t, level: 's0'}", ""), []string{}},
		{"baseline, and a process of the node", at("baseline", "windowsOptions: {hostProcess: true}", ""), []string{"KR175"}},
		{"baseline, and a parameter of the kernel", at("baseline", "sysctls: [{name: kernel.msgmax, value: '65536'}]", ""), []string{"KR175"}},
		{"baseline, and a parameter of its own network", at("baseline", "sysctls: [{name: net.ipv4.tcp_rmem, value: '4096'}]", ""), []string{}},
		{"baseline, and not confined by AppArmor's annotation", append(at("baseline", "", ""), annotated("unconfined")), []string{"KR175"}},
		{"baseline, and AppArmor's annotation", append(at("baseline", "", ""), annotated("localhost/runner")), []string{}},
		{"a level in capitals", []edit{namespace("pod-security.kubernetes.io/enforce: Privileged")}, []string{"KR214"}},
		{"no level, and not confined by AppArmor's annotation", []edit{namespace("team: a"), annotated("unconfined")}, []string{}},
		{"baseline, and a probe of another host", append(at("baseline", "", ""), probing), []string{"KR128"}},
		{"no level, and a probe of another host", []edit{namespace("team: a"), probing}, []string{}},
		{"restricted, and root, of the node's users", at("restricted", "seccompProfile: {type: RuntimeDefault}, runAsUser: 0", restricted+", runAsUser: 1001, runAsNonRoot: true"), []string{"KR175"}},
		{"restricted, and perhaps root, but not in the container", at("restricted", "seccompProfile: {type: RuntimeDefault}, runAsNonRoot: false", restricted+", runAsNonRoot: true"), []string{"KR175"}},
		{"privileged", []edit{namespace(enforce + "privileged")}, []string{}},
		{"baseline", []edit{namespace(enforce + "baseline")}, []string{"KR175"}},
		{"restricted", []edit{namespace(enforce + "restricted")}, []string{"KR175"}},
		{"no level", []edit{namespace("team: a")}, []string{}},
		{"a level that is not enforced", []edit{namespace("pod-security.kubernetes.io/warn: baseline")}, []string{}},
		{"baseline, and no sidecar", []edit{namespace(enforce + "baseline"), plain, builds, pushes}, []string{}},
		{"baseline, and a folder of the node", []edit{namespace(enforce + "baseline"), plain, builds, pushes, ofNode}, []string{"KR175"}},
		{"baseline in one of two clusters", []edit{namespace(enforce + "baseline"), {"runner.yaml", "---\napiVersion: v1\nkind: ServiceAccount\n", "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: runners}\n---\napiVersion: v1\nkind: ServiceAccount\n"}}, []string{"KR004"}},
		{"baseline of another namespace", []edit{{"runner.yaml", "apiVersion: v1\nkind: ServiceAccount\n", "apiVersion: v1\nkind: Namespace\nmetadata: {name: other, labels: {" + enforce + "baseline}}\n---\napiVersion: v1\nkind: ServiceAccount\n"}}, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

func TestWhatANamespaceRefusesIsNamed(t *testing.T) {
	edits := []edit{
		{"runner.yaml", "apiVersion: v1\nkind: ServiceAccount\n", "apiVersion: v1\nkind: Namespace\nmetadata: {name: runners, labels: {pod-security.kubernetes.io/enforce: restricted}}\n---\napiVersion: v1\nkind: ServiceAccount\n"},
		{"runner.yaml", "      serviceAccountName: build\n", "      dockerEnabled: false\n      serviceAccountName: build\n"},
	}
	_, text := ids(t, edits, nil)
	for _, want := range []string{
		`error KR175: namespace "runners" enforces Pod Security level "restricted" and refuses its Pods: container "runner" does not set allowPrivilegeEscalation to false`,
		`fix: write it in the Pod's template, or let the namespace enforce "baseline"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("want %s in\n%s", want, text)
		}
	}
}

// A Pod whose users are none of the node may be root, and have /proc as it is, since Kubernetes 1.35.
func TestNamespacesAdmitUsersOfPods(t *testing.T) {
	for _, test := range []struct {
		level, spec string
		refused     bool
	}{
		{"baseline", "hostUsers: false, containers: [{name: runner, image: octo-org/actions-runner, securityContext: {procMount: Unmasked}}]", false},
		{"baseline", "hostUsers: true, containers: [{name: runner, image: octo-org/actions-runner, securityContext: {procMount: Unmasked}}]", true},
		{"restricted", "hostUsers: false, securityContext: {seccompProfile: {type: RuntimeDefault}, runAsUser: 0}, containers: [{name: runner, image: octo-org/actions-runner, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]", false},
		{"restricted", "securityContext: {seccompProfile: {type: RuntimeDefault}, runAsUser: 0}, containers: [{name: runner, image: octo-org/actions-runner, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]", true},
	} {
		t.Run(test.level+", "+test.spec, func(t *testing.T) {
			got, text := ids(t, nil, map[string]string{"pod.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: own, labels: {pod-security.kubernetes.io/enforce: " + test.level + "}}\n---\n" +
				"apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: own}\nspec: {serviceAccountName: build, " + test.spec + "}\n"})
			if refused := slices.Contains(got, "KR175"); refused != test.refused {
				t.Errorf("refused is %t, want %t\n%s", refused, test.refused, text)
			}
		})
	}
}
