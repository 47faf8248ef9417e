package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A legacy runner whose container starts none, or starts one for a single job, is not proved.
func TestLegacyRunnersThatDoNotStart(t *testing.T) {
	const image = legacyImage
	runs := func(command string) edit {
		return edit{"runner.yaml", image, image + "      containers: [{name: runner, " + command + "}]\n"}
	}
	for _, test := range []struct {
		name string
		edit edit
		want []string
	}{
		{"of GitHub's image", edit{"runner.yaml", image, "      image: ghcr.io/actions/actions-runner:2.337.0\n"}, []string{"KR203"}},
		{"of one's own image", edit{"runner.yaml", image, "      image: ghcr.io/octo-org/actions-runner:2.337.0\n"}, []string{}},
		{"of another command", runs("command: [sleep, infinity]"), []string{"KR203"}},
		{"of a command that is not looked into", runs("command: [./start]"), []string{"KR196"}},
		{"of a command that starts it", runs("args: ['sudo chmod 666 /x && entrypoint.sh']"), []string{}},
		{"on nodes of Windows", edit{"runner.yaml", image, image + "      nodeSelector: {kubernetes.io/os: windows}\n"}, []string{"KR197"}},
		{"of a Pod that has no scheduling gate, for its kind has no such field", edit{"runner.yaml", image, image + "      schedulingGates: [{name: example.com/wait}]\n      activeDeadlineSeconds: 5\n"}, []string{}},
		{"without DNS", edit{"runner.yaml", image, image + "      dnsPolicy: None\n"}, []string{"KR019"}},
		{"with a probe that asks a port", edit{"runner.yaml", image, image + "      dockerEnabled: false\n      containers: [{name: runner, livenessProbe: {httpGet: {port: 80}}}]\n"}, []string{"KR220", "KR106"}},
		{"with a probe that asks a port of another container", runs("livenessProbe: {tcpSocket: {port: 2376}}"), []string{}},
		{"with its own user for all containers, Docker's too", edit{"runner.yaml", "        fsGroup: 1001\n", "        fsGroup: 1001\n        runAsUser: 1001\n        runAsNonRoot: true\n"}, []string{"KR128"}},
		{"with its own user alone", edit{"runner.yaml", image, image + "      containers: [{name: runner, securityContext: {runAsUser: 1001, runAsNonRoot: true}}]\n"}, []string{}},
		{"with its own user, and none of Docker's", edit{"runner.yaml", "        fsGroup: 1001\n", "        fsGroup: 1001\n        runAsUser: 1001\n      dockerEnabled: false\n"}, []string{"KR106"}},
		{"with its own user, and root for Docker", edit{"runner.yaml", "        fsGroup: 1001\n", "        fsGroup: 1001\n        runAsUser: 1001\n      containers: [{name: docker, securityContext: {privileged: true, runAsUser: 0}}]\n"}, []string{"KR083"}},
		{"with a user that is not root, which Docker's may be", edit{"runner.yaml", "        fsGroup: 1001\n", "        fsGroup: 1001\n        runAsNonRoot: true\n      containers: [{name: runner, securityContext: {runAsNonRoot: false}}]\n"}, []string{"KR128"}},
		{"with an init container that is to go on running", edit{"runner.yaml", image, image + "      initContainers: [{name: cache, image: octo-org/cache, restartPolicy: Always}]\n"}, []string{"KR128"}},
		{"with an init container that ends", edit{"runner.yaml", image, image + "      initContainers: [{name: cache, image: octo-org/cache}]\n"}, []string{}},
		{"with a builder that is to go on running before it", edit{"runner.yaml", image, image + "      initContainers: [{name: builder, image: 'moby/buildkit:v0.27.0', restartPolicy: Always}]\n"}, []string{"KR220"}},
		{"with a probe of an init container that is to go on running", edit{"runner.yaml", image, image + "      initContainers: [{name: cache, image: octo-org/cache, restartPolicy: Always, startupProbe: {tcpSocket: {port: 80}}}]\n"}, []string{"KR019"}},
		{"with a user that has to have a number", runs("securityContext: {runAsNonRoot: true}"), []string{"KR220"}},
		{"of no number", edit{"runner.yaml", "  template:\n", "  replicas: -1\n  template:\n"}, []string{"KR174"}},
		{"of a Windows image", edit{"runner.yaml", image, "      image: ghcr.io/octo-org/runner:windows\n      dockerEnabled: false\n      nodeSelector: {kubernetes.io/os: windows}\n"}, []string{"KR196", "KR106"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, []edit{published, test.edit}, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// Fargate starts no privileged container, such as that of Docker.
func TestRunnersOnFargate(t *testing.T) {
	const image = legacyImage
	none := edit{"runner.yaml", image, image + "      dockerEnabled: false\n"}
	for _, test := range []struct {
		name, selector string
		edits          []edit
		want           []string
	}{
		{"of their namespace", "{Namespace: runners}", nil, []string{"KR128"}},
		{"of namespaces like theirs", "{Namespace: run*}", nil, []string{"KR128"}},
		{"of another namespace", "{Namespace: web}", nil, []string{}},
		{"of some Pods of their namespace", "{Namespace: runners, Labels: [{Key: a, Value: b}]}", nil, []string{"KR128"}},
		{"of their namespace, without Docker", "{Namespace: runners}", []edit{none}, []string{"KR106"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			profile := "Resources:\n  Profile:\n    Type: AWS::EKS::FargateProfile\n    Properties:\n      ClusterName: main\n      PodExecutionRoleArn: arn:aws:iam::111122223333:role/pods\n      Selectors: [" + test.selector + "]\n"
			if got, text := ids(t, append([]edit{published}, test.edits...), map[string]string{"profile.yaml": profile}); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// A script of a ConfigMap among the files is read for what starts the runner.
func TestRunnersThatAMountedScriptStarts(t *testing.T) {
	const image = legacyImage
	mounted := []edit{published, {"runner.yaml", image, image + "      containers: [{name: runner, command: [bash, /start/start.sh], volumeMounts: [{name: start, mountPath: /start}]}]\n      volumes: [{name: start, configMap: {name: start}}]\n"}}
	for _, test := range []struct {
		name, script string
		want         []string
	}{
		{"that starts it", "|\n    umask 0002\n    exec entrypoint.sh", []string{}},
		{"that does not say so", "|\n    # entrypoint.sh\n    exec /opt/start", []string{"KR196"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			script := "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: start, namespace: runners}\ndata:\n  start.sh: " + test.script + "\n"
			if got, text := ids(t, mounted, map[string]string{"start.yaml": script}); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// A Runner that no RunnerDeployment makes ends with its first job, unless it is told not to.
func TestRunnersOfOneJob(t *testing.T) {
	for _, test := range []struct {
		name, metadata, spec string
		want                 []string
	}{
		{"by hand", "", "", []string{"KR198"}},
		{"that stays", "", "  ephemeral: false\n", []string{}},
		{"of a set", ", ownerReferences: [{apiVersion: actions.summerwind.dev/v1alpha1, kind: RunnerReplicaSet, name: x, uid: y}]", "", []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			runner := "apiVersion: actions.summerwind.dev/v1alpha1\nkind: Runner\nmetadata: {name: one, namespace: runners" + test.metadata + "}\nspec:\n  repository: octo-org/my-app\n  labels: [push-my-app]\n" +
				"  serviceAccountName: build\n  dockerEnabled: false\n  securityContext: {fsGroup: 1001}\n  env: [{name: AWS_EC2_METADATA_DISABLED, value: 'true'}]\n" + test.spec
			got, text := ids(t, []edit{{"workflow.yaml", "docker build --tag \"$IMAGE\" .", "buildah build --tag \"$IMAGE\" ."}, {"workflow.yaml", "docker push \"$IMAGE\"", "buildah push \"$IMAGE\" \"docker://$IMAGE\""}},
				map[string]string{"one.yaml": runner})
			if !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// A container does not start for a key that its ConfigMap or Secret lacks, unless that may be missing.
func TestKeysThatNodesWaitFor(t *testing.T) {
	const has = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: runners}\ndata: {mode: fast}\n"
	from := func(ref string) edit {
		return edit{"runner.yaml", podVariable, "      - {name: MODE, valueFrom: {" + ref + "}}\n" + podVariable}
	}
	volume := func(of string) edit {
		return edit{"runner.yaml", "      env:\n", "      volumes: [{name: settings, " + of + "}]\n      env:\n"}
	}
	for _, test := range []struct {
		name, file string
		edit       edit
		want       []string
	}{
		{"a key that is there", has, from("configMapKeyRef: {name: settings, key: mode}"), []string{}},
		{"another key", has, from("configMapKeyRef: {name: settings, key: level}"), []string{"KR220"}},
		{"another key, which may be missing", has, from("configMapKeyRef: {name: settings, key: level, optional: true}"), []string{}},
		{"a key of a ConfigMap that is in no file", strings.Replace(has, "settings", "others", 1), from("configMapKeyRef: {name: settings, key: level}"), []string{}},
		{"a key of a ConfigMap of which there are two", has + "---\n" + has, from("configMapKeyRef: {name: settings, key: level}"), []string{}},
		{"a key of a Secret that is filled in elsewhere", "apiVersion: v1\nkind: Secret\nmetadata: {name: settings, namespace: runners}\n", from("secretKeyRef: {name: settings, key: level}"), []string{}},
		{"another key of a Secret", "apiVersion: v1\nkind: Secret\nmetadata: {name: settings, namespace: runners}\nstringData: {mode: fast}\n", from("secretKeyRef: {name: settings, key: level}"), []string{"KR220"}},
		{"a file of another key", has, volume("configMap: {name: settings, items: [{key: level, path: level}]}"), []string{"KR220"}},
		{"a file of a key that is there", has, volume("configMap: {name: settings, items: [{key: mode, path: level}]}"), []string{}},
		{"a file of a key of bytes", has + "binaryData: {level: AAAA}\n", volume("configMap: {name: settings, items: [{key: level, path: level}]}"), []string{}},
		{"files of all keys", has, volume("configMap: {name: settings}"), []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, []edit{test.edit}, map[string]string{"settings.yaml": test.file}); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
