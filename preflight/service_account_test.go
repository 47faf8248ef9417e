package preflight_test

import (
	"slices"
	"strings"
	"testing"
)

// What makes Pods with the runners' ServiceAccount can push, whatever its kind.
func TestOthersWithTheRunnersServiceAccount(t *testing.T) {
	pods := func(kind, spec string) string {
		return "apiVersion: " + kind + "\nmetadata: {name: web, namespace: runners}\nspec: {" + spec + "}\n"
	}
	const template = "template: {spec: {serviceAccountName: build, containers: [{name: web, image: nginx}]}}"
	for _, c := range []struct {
		name, object, want string
	}{
		{"a workflow", pods("argoproj.io/v1alpha1\nkind: Workflow", "serviceAccountName: build, entrypoint: main"), `Workflow "runners/web" names the ServiceAccount of RunnerDeployment "runners/build"`},
		{"a rollout", pods("argoproj.io/v1alpha1\nkind: Rollout", template), `Rollout "runners/web" names`},
		{"a template of Pods", "apiVersion: v1\nkind: PodTemplate\nmetadata: {name: web, namespace: runners}\n" + template + "\n", `PodTemplate "runners/web" is no runner`},
		{"a CronJob", pods("batch/v1\nkind: CronJob", "jobTemplate: {spec: {"+strings.Replace(template, "spec: {", "spec: {restartPolicy: Never, ", 1)+"}}"), `CronJob "runners/web" is no runner`},
		{"a workflow of another ServiceAccount", pods("argoproj.io/v1alpha1\nkind: Workflow", "serviceAccountName: web"), ""},
		{"a workflow in another namespace", strings.Replace(pods("argoproj.io/v1alpha1\nkind: Workflow", "serviceAccountName: build"), "namespace: runners", "namespace: web", 1), ""},
		{"what Flux applies manifests as", pods("kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization", "serviceAccountName: build"), ""},
		{"the schema of a kind", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a, namespace: runners}\nspec: {schema: {properties: {serviceAccountName: {type: string}}}}\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, text := ids(t, nil, map[string]string{"other.yaml": c.object})
			if c.want == "" && len(got) > 0 || c.want != "" && (!slices.Equal(got, []string{"KR017"}) || !strings.Contains(text, c.want)) {
				t.Errorf("got %q, want %q\n%s", got, c.want, text)
			}
		})
	}
}

// What a cluster's controllers have made of a set of the files is that set, as long as it has the
// set's ServiceAccount. A hand-written Pod has no owner, whatever its labels.
func TestPodsOfASet(t *testing.T) {
	const (
		owned = "ownerReferences: [{apiVersion: actions.summerwind.dev/v1alpha1, kind: Runner, name: build-x-y, uid: 1}]"
		pod   = "apiVersion: v1\nkind: Pod\nmetadata: {name: build-x-y, namespace: runners, labels: {runner-deployment-name: build}, " + owned + "}\n" +
			"spec: {serviceAccountName: build, containers: [{name: runner, image: 'ghcr.io/octo-org/ci:1'}]}\n"
	)
	for _, c := range []struct {
		name, old, new string
		want           []string
	}{
		{"its own", "", "", []string{}},
		{"without an owner", owned, "uid: a", []string{"KR017"}},
		{"of another controller", "actions.summerwind.dev", "apps", []string{"KR017"}},
		{"of another set", "runner-deployment-name: build", "runner-deployment-name: web", []string{"KR017"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.old != "" && strings.Count(pod, c.old) != 1 {
				t.Fatalf("%q is not once in the Pod", c.old)
			}
			got, text := ids(t, nil, map[string]string{"pod.yaml": strings.Replace(pod, c.old, c.new, 1)})
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q\n%s", got, c.want, text)
			}
		})
	}
}

// Every namespace has a ServiceAccount "default", which no file makes and which has no role.
func TestRunnersOfTheDefaultServiceAccount(t *testing.T) {
	_, runner, _ := strings.Cut(readGood(t)["runner.yaml"], "---\n")
	web := strings.NewReplacer("  name: build\n", "  name: web\n", "[push-my-app]", "[web]", "serviceAccountName: build", "serviceAccountName: default").Replace(runner)
	for _, c := range []struct {
		name string
		edit []edit
		more map[string]string
		want []string
		says string
	}{
		{"that push nothing", nil, map[string]string{"web.yaml": web}, []string{"KR016"}, "no one else can"},
		{"that push, with the field in another place", []edit{{"runner.yaml", "      serviceAccountName: build\n", ""}, {"runner.yaml", "spec:\n  template:\n", "spec:\n  serviceAccountName: build\n  template:\n"}}, nil, []string{"KR012"}, `see: runner.yaml:15:23: "build" stands where nothing reads it`},
		{"that push", []edit{{"runner.yaml", "serviceAccountName: build", "serviceAccountName: default"}}, nil, []string{"KR012"}, `runner.yaml:23:27: error KR012: RunnerDeployment "runners/build" names the default ServiceAccount, so its Pods run as "default", which has no role`},
		{"that push, which have no token to note anything of", []edit{{"runner.yaml", "serviceAccountName: build", "serviceAccountName: default"}, {"runner.yaml", "      securityContext:\n        fsGroup: 1001\n", ""},
			{"runner.yaml", "        eks.amazonaws.com/skip-containers: docker\n", "        team: ci\n"}}, nil, []string{"KR012"}, ""},
		{"that push, with an association", []edit{{"runner.yaml", "serviceAccountName: build", "serviceAccountName: default"},
			{"template.yaml", "Outputs:\n", "  Association: {Type: AWS::EKS::PodIdentityAssociation, Properties: {ClusterName: ci, Namespace: runners, ServiceAccount: default, RoleArn: !GetAtt Role.Arn}}\nOutputs:\n"}},
			nil, []string{"KR010"}, `ServiceAccount "default" of namespace "runners" is not among the files`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, text := ids(t, c.edit, c.more)
			if !slices.Equal(got, c.want) || !strings.Contains(text, c.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, c.want, c.says, text)
			}
		})
	}
}
