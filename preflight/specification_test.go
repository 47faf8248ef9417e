package preflight_test

import (
	"slices"
	"strings"
	"testing"
)

// scaleSetBefore is a ServiceAccount with a role, and a scale set as far as the containers of its Pod.
const scaleSetBefore = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: build, namespace: runners, annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::111122223333:role/runners/build'}}\n---\n" +
	"apiVersion: actions.github.com/v1alpha1\nkind: AutoscalingRunnerSet\nmetadata: {name: push-my-app, namespace: runners, labels: {app.kubernetes.io/version: 0.14.2}}\nspec:\n githubConfigUrl: https://github.com/octo-org/my-app\n githubConfigSecret: github-app\n template:\n  spec:\n   restartPolicy: Never\n   serviceAccountName: build\n   securityContext: {fsGroup: 1001}\n"

// TestSpecificationsThatTheAPIServerRefuses writes fields into a scale set's Pod, each with what is refused and
// without.
func TestSpecificationsThatTheAPIServerRefuses(t *testing.T) {
	const before = scaleSetBefore +
		"   containers: [{name: runner, image: 'ghcr.io/octo-org/actions-runner:2', command: [/home/runner/run.sh], env: [{name: AWS_EC2_METADATA_DISABLED, value: 'true'}ENV]CONTAINER}]\n"
	for _, test := range []struct{ name, pod, env, container, want string }{
		{"nothing", "", "", "", ""},
		{"resources", "", "", "resources: {requests: {cpu: 500m, memory: 1Gi, nvidia.com/gpu: 1}, limits: {cpu: 0.5, memory: 1024Mi, nvidia.com/gpu: 1}}", ""},
		{"a request in other units", "", "", "resources: {requests: {cpu: 1}, limits: {cpu: 1000m}}", ""},
		{"a request above the limit", "", "", "resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}", `container "runner": requests.cpu is "2", above limits.cpu "1500m"`},
		{"a quantity of another suffix", "", "", "resources: {requests: {memory: 4gb}}", `requests.memory is "4gb"; want a quantity`},
		{"a quantity below none", "", "", "resources: {limits: {memory: -1Gi}}", `limits.memory is "-1Gi"; want 0 or more`},
		{"no resource", "", "", "resources: {requests: {storage: 10Gi}}", `requests has "storage"`},
		{"a GPU without a limit", "", "", "resources: {requests: {nvidia.com/gpu: 1}}", "requests has nvidia.com/gpu, and limits has none"},
		{"fewer GPUs than the limit", "", "", "resources: {requests: {nvidia.com/gpu: 1}, limits: {nvidia.com/gpu: 2}}", "want the same"},
		{"half a GPU", "", "", "resources: {limits: {nvidia.com/gpu: 0.5}}", "want a whole number"},
		{"huge pages", "", "", "resources: {limits: {hugepages-2Mi: 64Mi, memory: 1Gi}}", ""},
		{"huge pages alone", "", "", "resources: {limits: {hugepages-2Mi: 64Mi}}", "huge pages without cpu or memory"},
		{"scratch space", "", "", "resources: {requests: {ephemeral-storage: 20Gi}}", ""},

		{"an ephemeral container", "ephemeralContainers: [{name: debug, image: busybox}]", "", "", "ephemeralContainers are not allowed"},
		{"a priority", "priority: 1000", "", "", "priority is 1000 without a priorityClassName"},
		{"a priority of a class", "priorityClassName: runners", "", "", ""},
		{"an overhead", "overhead: {cpu: 250m}", "", "", "overhead without a runtimeClassName"},
		{"tolerations", "tolerations: [{operator: Exists}, {key: runners, operator: Exists, effect: NoSchedule}, {key: a, value: b, effect: NoExecute, tolerationSeconds: 60}]", "", "", ""},
		{"a toleration without a key", "tolerations: [{value: runners, effect: NoSchedule}]", "", "", "a toleration without a key"},
		{"a toleration for seconds", "tolerations: [{key: a, value: b, effect: NoSchedule, tolerationSeconds: 60}]", "", "", `the effect "NoSchedule"; want NoExecute`},
		{"an affinity", "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In, values: [b]}, {key: c, operator: Exists}]}]}}}", "", "", ""},
		{"an affinity without values", "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In}]}]}}}", "", "", "operator In has no values"},
		{"an affinity with values", "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists, values: ['true']}]}]}}}", "", "", "operator Exists has values"},
		{"apart from others", "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {}, topologyKey: kubernetes.io/hostname}]}}", "", "", ""},
		{"apart from others anywhere", "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {}}]}}", "", "", "podAntiAffinity has no topologyKey"},
		{"volumes", "volumes: [{name: a, emptyDir: {}}, {name: b}, {name: c, configMap: {name: x, optional: true}}, {name: d, hostPath: {path: /x}}]", "", "", ""},
		{"a volume of two types", "volumes: [{name: a, emptyDir: {}, hostPath: {path: /x}}]", "", "", `volume "a" is both emptyDir and hostPath`},
		{"a Secret by the wrong field", "volumes: [{name: a, secret: {name: x}}]", "", "", `volume "a" is of type secret and has no secretName`},
		{"a volume with a wrong name", "volumes: [{name: docker_sock, emptyDir: {}}]", "", "", `the name of volume "docker_sock" is no label`},

		{"a value and a source", "", ", {name: A, value: b, valueFrom: {fieldRef: {fieldPath: metadata.name}}}", "", "variable A has a value and valueFrom"},
		{"two sources", "", ", {name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}, secretKeyRef: {name: b, key: c}}}", "", "variable A has two sources"},
		{"no key", "", ", {name: A, valueFrom: {secretKeyRef: {name: b}}}", "", "variable A has no key of its secret"},
		{"sources", "", ", {name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}, {name: B, value: ''}, {name: C}", "", ""},
		{"a probe", "", "", "readinessProbe: {exec: {command: ['true']}, successThreshold: 3}, startupProbe: {exec: {command: ['true']}, failureThreshold: 30}, lifecycle: {preStop: {sleep: {seconds: 5}}}", ""},
		{"a probe that asks nothing", "", "", "startupProbe: {periodSeconds: 5}", "startupProbe has 0 of exec"},
		{"a probe that asks twice", "", "", "readinessProbe: {exec: {command: ['true']}, tcpSocket: {port: 1}}", "readinessProbe has 2 of exec"},
		{"a probe that has to succeed twice", "", "", "livenessProbe: {exec: {command: ['true']}, successThreshold: 2}", "successThreshold of livenessProbe is 2"},
		{"no escalation", "", "", "securityContext: {allowPrivilegeEscalation: false, privileged: false}", ""},
		{"a port", "", "", "ports: [{containerPort: 8080}]", ""},
		{"no port", "", "", "ports: [{hostPort: 8080}]", `containerPort is ""`},
		{"a port that is too high", "", "", "ports: [{containerPort: 80800}]", `containerPort is "80800"; want 1 to 65535`},
		{"a part of a volume", "volumes: [{name: a, emptyDir: {}}]", "", "volumeMounts: [{name: a, mountPath: /a, subPath: x/y..z}]", ""},
		{"a part outside of its volume", "volumes: [{name: a, emptyDir: {}}]", "", "volumeMounts: [{name: a, mountPath: /a, subPath: ../x}]", `subPath is "../x"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			container := test.container
			if container != "" {
				container = ", " + container
			}
			set := strings.NewReplacer("ENV", test.env, "CONTAINER", container).Replace(before)
			got, text := ids(t, nil, map[string]string{"runner.yaml": set + "   " + test.pod + "\n"})
			if refused := slices.Contains(got, "KR019"); refused != (test.want != "") || !strings.Contains(text, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// A Deployment or StatefulSet of a runner's image registers itself, with labels that the files do not have as such.
func TestRunnersThatRegisterThemselves(t *testing.T) {
	for image, want := range map[string]string{
		"myoung34/github-runner:2.337.0":         "KR133",
		"ghcr.io/octo-org/github-runner:2":       "KR133",
		"octo-org/actions-runner:2":              "KR133",
		"octo-org/github-runner-exporter:1.2.0":  "KR060",
		"ghcr.io/actions/actions-runner:2.337.0": "KR203",
	} {
		for _, kind := range []string{"Deployment", "StatefulSet"} {
			t.Run(kind+" "+image, func(t *testing.T) {
				account, _, _ := strings.Cut(scaleSetBefore, "---\n")
				got, text := ids(t, nil, map[string]string{"runner.yaml": account + "---\napiVersion: apps/v1\nkind: " + kind + "\nmetadata: {name: runner, namespace: runners}\nspec:\n selector: {matchLabels: {app: runner}}\n template:\n  metadata: {labels: {app: runner}}\n  spec:\n   serviceAccountName: build\n   securityContext: {fsGroup: 1001}\n" +
					"   containers: [{name: runner, image: '" + image + "', env: [{name: LABELS, value: push-my-app}, {name: AWS_EC2_METADATA_DISABLED, value: 'true'}]}]\n"})
				if !slices.Contains(got, want) || slices.Contains(got, "KR060") && want != "KR060" || slices.Contains(got, "KR133") && want != "KR133" {
					t.Errorf("got %q, want %s\n%s", got, want, text)
				}
			})
		}
	}
}

// A workload counts the Pods that its selector matches, and makes those that its restart policy allows.
func TestWorkloadsThatTheAPIServerRefuses(t *testing.T) {
	account, _, _ := strings.Cut(scaleSetBefore, "---\n")
	const pod = "metadata: {labels: {app: runner}}, spec: {POLICYserviceAccountName: build, containers: [{name: runner, image: 'octo-org/actions-runner:2'}]}"
	for _, test := range []struct{ name, kind, spec, policy, want string }{
		{"a Deployment", "apps/v1\nkind: Deployment", "selector: {matchLabels: {app: runner}}, template: {" + pod + "}", "", ""},
		{"a selector of other Pods", "apps/v1\nkind: Deployment", "selector: {matchLabels: {app: runners}}, template: {" + pod + "}", "", `the selector wants label app "runners", and the Pod template has not`},
		{"a Deployment whose Pods end", "apps/v1\nkind: Deployment", "template: {" + pod + "}", "restartPolicy: Never, ", `restartPolicy of a Deployment is "Never"; want Always`},
		{"a Job whose Pods never end", "batch/v1\nkind: Job", "template: {" + pod + "}", "", `restartPolicy of a Job is "Always"; want OnFailure or Never`},
		{"a Job", "batch/v1\nkind: Job", "template: {" + pod + "}", "restartPolicy: OnFailure, ", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			object := "---\napiVersion: " + test.kind + "\nmetadata: {name: runner, namespace: runners}\nspec: {" + strings.Replace(test.spec, "POLICY", test.policy, 1) + "}\n"
			got, text := ids(t, nil, map[string]string{"runner.yaml": account + object})
			if slices.Contains(got, "KR019") != (test.want != "") || !strings.Contains(text, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// Some Pods are accepted by some clusters alone.
func TestPodsOfSomeClusters(t *testing.T) {
	for _, test := range []struct{ name, set, file, want string }{
		{"a class, and no classes of the files", "priorityClassName: runner", "", ""},
		{"a class of the files", "priorityClassName: runners", "scheduling.k8s.io/v1\nkind: PriorityClass", ""},
		{"a class of the cluster's", "priorityClassName: system-cluster-critical", "scheduling.k8s.io/v1\nkind: PriorityClass", ""},
		{"another than the files'", "priorityClassName: runner", "scheduling.k8s.io/v1\nkind: PriorityClass", `PriorityClass "runner" of AutoscalingRunnerSet "runners/push-my-app" is not among the files, which have "runners"`},
		{"another runtime than the files'", "runtimeClassName: runner", "node.k8s.io/v1\nkind: RuntimeClass", `RuntimeClass "runner" of AutoscalingRunnerSet "runners/push-my-app" is not among the files, which have "runners"`},
		{"a container that restarts", "containers: [{name: proxy, image: 'envoyproxy/envoy:v1', restartPolicy: Always}]", "", `container "proxy" of AutoscalingRunnerSet "runners/push-my-app" has a restartPolicy, and Kubernetes before 1.35 refuses that`},
		{"an init container that restarts", "initContainers: [{name: proxy, image: 'envoyproxy/envoy:v1', restartPolicy: Always}]", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			runner, more := "   containers:\n", ""
			if containers, is := strings.CutPrefix(test.set, "containers: ["); is {
				more = "   - " + strings.TrimSuffix(containers, "]") + "\n"
			} else {
				runner = "   " + test.set + "\n" + runner
			}
			set := scaleSetBefore + runner + "   - {name: runner, image: 'ghcr.io/octo-org/actions-runner:2', command: [/home/runner/run.sh], env: [{name: AWS_EC2_METADATA_DISABLED, value: 'true'}]}\n" + more
			files := map[string]string{"runner.yaml": set}
			if test.file != "" {
				files["class.yaml"] = "apiVersion: " + test.file + "\nmetadata: {name: runners}\n"
			}
			got, text := ids(t, nil, files)
			if unknown := slices.Contains(got, "KR128"); unknown != (test.want != "") || !strings.Contains(text, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
