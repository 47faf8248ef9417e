package preflight_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// hookTemplateFiles are those of the field case W16, in which a hook template gives the job's
// Pod its ServiceAccount, with pairs of texts replaced in the one file that has the first.
func hookTemplateFiles(t *testing.T, replaced ...string) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/field/W16-hook-template-mended.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, name := range []string{"runner.yaml", "template.yaml", "workflow.yaml"} {
		i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == name })
		files[name] = string(archive.Files[i].Data)
	}
	// What every scale set needs besides.
	files["runner.yaml"] = strings.NewReplacer(
		"metadata: {name: images, namespace: ci}\n", "metadata: {name: images, namespace: ci, labels: {app.kubernetes.io/version: 0.14.2}}\n",
		"      serviceAccountName: runner\n      securityContext", "      serviceAccountName: runner\n      restartPolicy: Never\n      securityContext",
	).Replace(files["runner.yaml"])
	for pair := range slices.Chunk(replaced, 2) {
		found := 0
		for name, text := range files {
			found += strings.Count(text, pair[0])
			files[name] = strings.ReplaceAll(text, pair[0], pair[1])
		}
		if found != 1 {
			t.Fatalf("%q is %d times in the files; want once", pair[0], found)
		}
	}
	return files
}

// TestHookTemplates judges scale sets in container mode kubernetes by the Pod that their
// template describes. KR083 is the note that the job's container can fall back to the node's role.
func TestHookTemplates(t *testing.T) {
	const (
		template    = "      serviceAccountName: image-builder\n      containers:\n      - name: $job\n"
		spec        = "    spec:\n      serviceAccountName: image-builder\n"
		variable    = "{name: ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE, value: /home/runner/job/job.yaml}"
		mount       = "{name: job-pod, mountPath: /home/runner/job}"
		volume      = "configMap: {name: job-pod}\n"
		image       = "image: ghcr.io/actions/actions-runner:2.337.0"
		hooks       = "/home/runner/k8s/index.js"
		metadata    = "        env:\n        - {name: AWS_EC2_METADATA_DISABLED, value: \"true\"}\n"
		container   = "    container: ghcr.io/octo-org/buildah:1\n"
		required    = "{name: ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER, value: \"true\"}"
		runnersOwn  = "metadata: {name: runner, namespace: ci}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\n"
		runnersRole = "metadata: {name: runner, namespace: ci, annotations: {eks.amazonaws.com/role-arn: \"arn:aws:iam::111122223333:role/image-builder\"}}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\n"
		trusted     = ":sub: system:serviceaccount:ci:image-builder"
		bothTrusted = ":sub: [\"system:serviceaccount:ci:image-builder\", \"system:serviceaccount:ci:runner\"]"
		work        = "      - {name: work, ephemeral: {volumeClaimTemplate: {spec: {}}}}\n"
		mounted     = "\n        - {name: work, mountPath: /home/runner/_work}"
		group       = "      securityContext: {fsGroup: 1001}\n"
		inDocker    = "        buildah build -t 111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:$GITHUB_SHA .\n"
	)
	for _, test := range []struct {
		name     string
		replaced []string
		want     []string
	}{
		{"whose ServiceAccount has the role", nil, []string{"KR083"}},
		{"with a variable of the job's container", []string{template, template + metadata}, []string{}},
		{"in a namespace, which counts for nothing", []string{spec, "    metadata: {namespace: other}\n" + spec}, []string{"KR083"}},
		{"in the namespace that a variable names", []string{variable, variable + "\n        - {name: ACTIONS_RUNNER_KUBERNETES_NAMESPACE, value: ci}"}, []string{"KR083"}},
		{"in the runner's own namespace, by a variable", []string{variable, variable + "\n        - {name: ACTIONS_RUNNER_KUBERNETES_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}"}, []string{"KR083"}},
		{"in another namespace", []string{variable, variable + "\n        - {name: ACTIONS_RUNNER_KUBERNETES_NAMESPACE, value: jobs}"}, []string{"KR128"}},
		{"in a namespace that is not known", []string{variable, variable + "\n        - {name: ACTIONS_RUNNER_KUBERNETES_NAMESPACE, valueFrom: {configMapKeyRef: {name: x, key: y}}}"}, []string{"KR128"}},
		{"whose ServiceAccount has no role", []string{template, strings.Replace(template, "image-builder", "runner", 1)}, []string{"KR083", "KR020"}},
		{"whose ServiceAccount is not among the files", []string{template, strings.Replace(template, "image-builder", "builder", 1)}, []string{"KR010"}},
		{"that names no ServiceAccount", []string{template, "      containers:\n      - name: $job\n"}, []string{"KR013", "KR066"}},
		{"that leaves it to a default ServiceAccount with the role",
			[]string{template, "      containers:\n      - name: $job\n", "  name: image-builder\n  namespace: ci\n", "  name: default\n  namespace: ci\n", ":sub: system:serviceaccount:ci:image-builder", ":sub: system:serviceaccount:ci:default"}, []string{"KR083"}},
		{"whose ServiceAccount is not trusted", []string{":sub: system:serviceaccount:ci:image-builder", ":sub: system:serviceaccount:ci:runner"}, []string{"KR083", "KR040"}},
		{"with the annotation that skips the job's container", []string{spec, "    metadata: {annotations: {eks.amazonaws.com/skip-containers: job}}\n" + spec}, []string{"KR083", "KR086"}},
		{"with the annotation that skips another container", []string{spec, "    metadata: {annotations: {eks.amazonaws.com/skip-containers: docker}}\n" + spec}, []string{"KR083"}},
		{"with the label that keeps the webhook away", []string{spec, "    metadata: {labels: {eks.amazonaws.com/skip-pod-identity-webhook: \"\"}}\n" + spec}, []string{"KR083", "KR086"}},
		{"with half of IRSA by hand", []string{template, template + "        env: [{name: AWS_ROLE_ARN, value: \"arn:aws:iam::111122223333:role/image-builder\"}]\n"}, []string{"KR083", "KR085"}},
		{"with a privileged container", []string{template, template + "        securityContext: {privileged: true}\n"}, []string{"KR082", "KR083"}},
		{"with a volume that the hooks have", []string{template, template + "      volumes: [{name: work, emptyDir: {}}]\n"}, []string{"KR083", "KR019"}},
		{"with a second container of the job's name", []string{template, template + "      - name: job\n"}, []string{"KR083", "KR019"}},
		{"with Docker beside the job", []string{template, template + "        volumeMounts: [{name: sock, mountPath: /var/run}]\n      - {name: dind, image: \"docker:dind\", securityContext: {privileged: true}, volumeMounts: [{name: sock, mountPath: /var/run}]}\n      volumes: [{name: sock, emptyDir: {}}]\n    metadata: {annotations: {eks.amazonaws.com/skip-containers: dind}}\n",
			inDocker, strings.Replace(inDocker, "buildah", "docker", 1)}, []string{"KR083"}},
		{"without Docker beside the job", []string{inDocker, strings.Replace(inDocker, "buildah", "docker", 1)}, []string{"KR083", "KR106"}},

		{"mounted by subPath", []string{mount, "{name: job-pod, mountPath: /home/runner/job/job.yaml, subPath: job.yaml}"}, []string{"KR083"}},
		{"mounted by subPath of another key", []string{mount, "{name: job-pod, mountPath: /home/runner/job/job.yaml, subPath: pod.yaml}"}, []string{"KR112"}},
		{"as an item, over the folder of the runner", []string{mount, "{name: job-pod, mountPath: /home/runner}", volume, "configMap: {name: job-pod, items: [{key: job.yaml, path: job/job.yaml}]}\n"}, []string{"KR083", "KR196", "KR232"}},
		{"as an item", []string{volume, "configMap: {name: job-pod, items: [{key: job.yaml, path: job.yaml}]}\n"}, []string{"KR083"}},
		{"as an item elsewhere", []string{volume, "configMap: {name: job-pod, items: [{key: job.yaml, path: pod.yaml}]}\n"}, []string{"KR112"}},
		{"in a projected volume", []string{volume, "projected: {sources: [{configMap: {name: job-pod}}]}\n"}, []string{"KR083"}},
		{"in a Secret", []string{volume, "secret: {secretName: job-pod}\n"}, []string{"KR128"}},
		{"in a folder of another kind", []string{volume, "emptyDir: {}\n"}, []string{"KR128"}},
		{"in a ConfigMap that is not among the files", []string{volume, "configMap: {name: pods}\n"}, []string{"KR128"}},
		{"of another key", []string{"  job.yaml: |\n", "  pod.yaml: |\n"}, []string{"KR112"}},
		{"mounted elsewhere", []string{mount, "{name: job-pod, mountPath: /etc/job}"}, []string{"KR112"}},
		{"that an image may have", []string{mount, "{name: job-pod, mountPath: /etc/job}", image, "image: ghcr.io/octo-org/runner:1"}, []string{"KR128"}},
		{"at a path that is relative", []string{variable, "{name: ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE, value: job/job.yaml}"}, []string{"KR128"}},
		{"at a path that only the cluster knows", []string{variable, "{name: ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE, valueFrom: {secretKeyRef: {name: a, key: b}}}"}, []string{"KR128"}},
		{"at no path", []string{variable, "{name: ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE, value: \"\"}"}, []string{"KR013", "KR066"}},
		{"that is no YAML", []string{spec, "    spec: [\n"}, []string{"KR112"}},
		{"that is two documents", []string{spec, "    metadata: {}\n    ---\n" + spec}, []string{"KR112"}},
		{"that is text", []string{spec + "      containers:\n      - name: $job\n", "    job\n"}, []string{"KR112"}},
		{"for hooks of another", []string{hooks, "/opt/hooks/index.js"}, []string{"KR128"}},
		{"in a Pod that the API server refuses", []string{mount, "{name: pod, mountPath: /home/runner/job}"}, []string{"KR019", "KR128"}},

		{"without a shared volume", []string{hooks, "/home/runner/k8s-novolume/index.js"}, []string{"KR083"}},
		{"without a shared volume, beside a runner with a role", []string{hooks, "/home/runner/k8s-novolume/index.js", runnersOwn, runnersRole, trusted, bothTrusted}, []string{"KR083", "KR128"}},
		{"with a shared volume, beside a runner that may push", []string{runnersOwn, runnersRole, trusted, bothTrusted}, []string{"KR083"}},

		{"with init containers, in place of the hooks' own", []string{hooks, "/home/runner/k8s-novolume/index.js", template, template + "      initContainers: [{name: warm, image: busybox}]\n"}, []string{"KR083", "KR128"}},
		{"with init containers, where the hooks have none", []string{template, template + "      initContainers: [{name: warm, image: busybox}]\n"}, []string{"KR083"}},
		{"with init containers that the API server refuses", []string{template, template + "      initContainers: [{name: warm, image: busybox, startupProbe: {exec: {command: [\"true\"]}}}]\n"}, []string{"KR083", "KR019"}},

		{"whose mount hides the hooks", []string{mount, "{name: job-pod, mountPath: /home/runner/k8s}", variable, strings.Replace(variable, "/job/job.yaml", "/k8s/job.yaml", 1)}, []string{"KR083", "KR232"}},
		{"beside a volume that may hide the hooks", []string{mount, mount + "\n        - {name: k8s, mountPath: /home/runner/k8s}", volume, volume + "      - {name: k8s, emptyDir: {}}\n"}, []string{"KR083", "KR128"}},
		{"for hooks that don't know their Pod", []string{"        - name: ACTIONS_RUNNER_POD_NAME\n          valueFrom: {fieldRef: {fieldPath: metadata.name}}\n", ""}, []string{"KR083", "KR232"}},
		{"for hooks of an image that may know their Pod", []string{"        - name: ACTIONS_RUNNER_POD_NAME\n          valueFrom: {fieldRef: {fieldPath: metadata.name}}\n", "", image, "image: ghcr.io/octo-org/runner:1"}, []string{"KR083", "KR128"}},
		{"with a claim for the work", []string{volume, volume + work}, []string{"KR083"}},
		{"without a claim for the work", []string{volume, volume + "      - {name: work, emptyDir: {}}\n"}, []string{"KR083", "KR232"}},
		{"with a claim of another name", []string{volume, volume + "      - {name: work, persistentVolumeClaim: {claimName: work}}\n", variable, variable + "\n        - {name: ACTIONS_RUNNER_CLAIM_NAME, value: work}"}, []string{"KR083"}},
		{"beside work that may be root's", []string{volume, volume + work, mount, mount + mounted, group, ""}, []string{"KR083", "KR128"}},
		{"beside work that is given away", []string{volume, volume + work, mount, mount + mounted, group, "      initContainers: [{name: chown, image: busybox, command: [chown, \"1001\", /work], volumeMounts: [{name: work, mountPath: /work}]}]\n"}, []string{"KR083"}},
		{"that no job uses, nor the claim", []string{container, "", required, "{name: ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER, value: \"false\"}", volume, volume + "      - {name: work, emptyDir: {}}\n"}, []string{"KR020", "KR226"}},
		{"that no job uses, because the runner ends it", []string{container, ""}, []string{"KR083", "KR110", "KR226"}},
		{"that no job uses", []string{container, "", required, "{name: ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER, value: \"false\"}"}, []string{"KR020", "KR226"}},
		{"before there are jobs", []string{"    runs-on: images\n", "    runs-on: ubuntu-latest\n", "        buildah push", "        buildah tag"}, []string{"KR083"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, nil, hookTemplateFiles(t, test.replaced...)); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// TestRunnersWithoutATokenForTheirCluster judges runners that make Pods and are given no token for
// the Kubernetes API. The Pod's field wins over its ServiceAccount's (Kubernetes documentation,
// "Configure Service Accounts for Pods").
func TestRunnersWithoutATokenForTheirCluster(t *testing.T) {
	const (
		pod     = "      serviceAccountName: runner\n      restartPolicy"
		account = "kind: ServiceAccount\nmetadata: {name: runner, namespace: ci}\n"
		mounts  = "        - {name: job-pod, mountPath: /home/runner/job}\n"
		volumes = "      volumes:\n"
		env     = "        - {name: ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER, value: \"true\"}\n"
		never   = "      automountServiceAccountToken: false\n" + pod
		always  = "      automountServiceAccountToken: true\n" + pod
		refused = account + "automountServiceAccountToken: false\n"
	)
	for _, test := range []struct {
		name     string
		replaced []string
		want     []string
	}{
		{"by the Pod", []string{pod, never}, []string{"KR083", "KR087"}},
		{"by the ServiceAccount", []string{account, refused}, []string{"KR083", "KR087"}},
		{"by the ServiceAccount, but for this Pod", []string{account, refused, pod, always}, []string{"KR083"}},
		{"by the Pod alone", []string{account, account + "automountServiceAccountToken: true\n", pod, never}, []string{"KR083", "KR087"}},
		{"but with their own file", []string{pod, never, env, env + "        - {name: KUBECONFIG, value: /home/runner/kube/config}\n"}, []string{"KR083"}},
		{"but with a volume in its place", []string{
			pod, never, mounts, mounts + "        - {name: api, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}\n",
			volumes, volumes + "      - name: api\n        projected: {sources: [{serviceAccountToken: {path: token}}]}\n",
		}, []string{"KR083"}},
		{"that start no Pods", []string{pod, never, "/home/runner/k8s/index.js", ""}, []string{"KR020", "KR066", "KR111"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, nil, hookTemplateFiles(t, test.replaced...)); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// TestHookTemplateOfALegacyRunner judges a RunnerDeployment, whose controller sets the hooks and
// the variable that requires a container itself.
func TestHookTemplateOfALegacyRunner(t *testing.T) {
	files := hookTemplateFiles(t, "    runs-on: images\n", "    runs-on: [self-hosted, images]\n")
	objects := strings.Split(files["runner.yaml"], "\n---\n")
	objects[len(objects)-1] = `apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: images, namespace: ci}
spec:
  template:
    spec:
      repository: octo-org/shop
      labels: [images]
      containerMode: kubernetes
      workVolumeClaimTemplate: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
      serviceAccountName: runner
      env:
      - {name: ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE, value: /home/runner/job/job.yaml}
      volumeMounts: [{name: job-pod, mountPath: /home/runner/job}]
      volumes: [{name: job-pod, configMap: {name: job-pod}}]
`
	files["runner.yaml"] = strings.Join(objects, "\n---\n")
	got, text := ids(t, nil, files)
	if want := []string{"KR083"}; !cmp.Equal(got, want) {
		t.Errorf("got %q, want %q\n%s", got, want, text)
	}
	if want := "proved: 1 runner can push to 1 image repository, for jobs of octo-org/shop on labels self-hosted, images, and no one else can (3 files, 1 note)"; !strings.Contains(text, want) {
		t.Errorf("%s\nwant %q", text, want)
	}
}

// TestHookTemplateOfATerraformPlan judges a template in a ConfigMap that Terraform makes: its text
// may be known only after apply.
func TestHookTemplateOfATerraformPlan(t *testing.T) {
	const job = `{"job.yaml": "spec:\n  serviceAccountName: image-builder\n"}`
	for _, test := range []struct {
		name, after, unknown string
		want                 []string
	}{
		{"that is known", `"data": ` + job, `{}`, []string{"KR083"}},
		{"of which the keys are not known", `"immutable": false`, `{"data": true}`, []string{"KR128"}},
		{"of which the value is not known", `"data": {}`, `{"data": {"job.yaml": true}}`, []string{"KR128"}},
		{"without the key", `"data": {}`, `{}`, []string{"KR112"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := hookTemplateFiles(t)
			_, files["runner.yaml"], _ = strings.Cut(files["runner.yaml"], "\n---\n")
			files["plan.json"] = `{"format_version": "1.2", "complete": true, "resource_changes": [{"address": "kubernetes_config_map_v1.m", "mode": "managed", "type": "kubernetes_config_map_v1", "name": "m",
				"change": {"actions": ["create"], "before": null, "after": {"metadata": [{"name": "job-pod", "namespace": "ci"}], ` + test.after + `}, "after_unknown": ` + test.unknown + `}}],
				"configuration": {"root_module": {}}}`
			if got, text := ids(t, nil, files); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// The runner that starts the job's Pod has its permissions by the rules that its ServiceAccount is
// given, itself or as one of a group.
func TestPermissionsOfHooks(t *testing.T) {
	const (
		subject = "subjects: [{kind: ServiceAccount, name: runner, namespace: ci}]"
		ref     = "kind: Role, name: runner}"
		binding = "kind: RoleBinding\nmetadata: {name: runner, namespace: ci}"
		role    = "kind: Role\nmetadata: {name: runner, namespace: ci}\n"
	)
	group := func(name string) string { return "subjects: [{kind: Group, name: '" + name + "'}]" }
	for _, test := range []struct {
		name     string
		replaced []string
		want     []string
	}{
		{"its own Role", nil, []string{"KR083"}},
		{"the group of its namespace", []string{subject, group("system:serviceaccounts:ci")}, []string{"KR083"}},
		{"the group of all ServiceAccounts", []string{subject, group("system:serviceaccounts")}, []string{"KR083", "KR201"}},
		{"the group of another namespace", []string{subject, group("system:serviceaccounts:web")}, []string{"KR083", "KR202", "KR087"}},
		{"a group of people", []string{subject, group("developers")}, []string{"KR083", "KR202", "KR087"}},
		{"every permission", []string{ref, "kind: ClusterRole, name: cluster-admin}"}, []string{"KR083"}},
		{"those of an editor", []string{ref, "kind: ClusterRole, name: edit}"}, []string{"KR083"}},
		{"those of a viewer", []string{ref, "kind: ClusterRole, name: view}"}, []string{"KR083", "KR128"}},
		{"a ClusterRole that is elsewhere", []string{ref, "kind: ClusterRole, name: hooks}"}, []string{"KR083", "KR128"}},
		{"a ClusterRole that the cluster fills in", []string{ref, "kind: ClusterRole, name: runner}", role, "kind: ClusterRole\nmetadata: {name: runner}\naggregationRule: {}\n"}, []string{"KR083", "KR128"}},
		{"those of the namespace's own ServiceAccount, which has none", []string{"      serviceAccountName: runner\n      restartPolicy", "      restartPolicy"}, []string{"KR083", "KR087"}},
		{"those of the namespace's own ServiceAccount", []string{"      serviceAccountName: runner\n      restartPolicy", "      restartPolicy", subject, strings.Replace(subject, "runner", "default", 1)}, []string{"KR083"}},
		{"a binding of another namespace", []string{binding, "kind: RoleBinding\nmetadata: {name: runner, namespace: web}"}, []string{"KR083", "KR087"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, nil, hookTemplateFiles(t, test.replaced...))
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
