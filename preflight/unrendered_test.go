package preflight_test

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
)

// checkPaths judges what lies at the paths: the lines of its findings, or the error.
func checkPaths(t *testing.T, paths ...string) (preflight.Report, string) {
	t.Helper()
	facts, _, err := preflight.Read(preflight.Input{Paths: paths})
	if err != nil {
		return preflight.Report{}, err.Error() + "\n"
	}
	found := preflight.Check(facts)
	var out bytes.Buffer
	if err := report.Write(&out, report.Text, found, preflight.Kinds()); err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for line := range strings.Lines(out.String()) {
		if strings.Contains(line, ": warning ") || strings.Contains(line, ": error ") || strings.HasPrefix(line, "    fix: ") {
			lines.WriteString(line)
		}
	}
	return found, lines.String()
}

const (
	scaleSetValues = "githubConfigUrl: https://github.com/octo-org\ngithubConfigSecret: github-app\n"
	chartOfAnApp   = "apiVersion: v2\nname: shop\nversion: 0.1.0\n"
	appTemplate    = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n"
	namelessRunner = "apiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\nmetadata: {name: images}\nspec:\n  template:\n    spec:\n      repository: octo-org/shop\n"
	runnerTemplate = "apiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\nmetadata:\n  name: {{ .Release.Name }}\n"
)

// What has to be rendered is one finding that says how, or an error if it was named and
// can't be rendered to runners.
func TestWhatIsNotRendered(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		path  string
		want  string
	}{
		{
			"a chart that installs runners",
			map[string]string{"charts/ci/Chart.yaml": "apiVersion: v2\nname: ci\nversion: 0.1.0\n", "charts/ci/templates/runner.yaml": runnerTemplate, "charts/ci/values.yaml": "a: b\n"},
			".",
			"charts/ci/Chart.yaml:1:1: warning KR150: the chart of Helm in \"charts/ci\": its runners are not known until it is rendered\n" +
				"    fix: run: helm template NAME charts/ci --namespace NAMESPACE -f VALUES.yaml | keyless check -\n",
		},
		{
			"a chart that depends on that of a scale set",
			map[string]string{"Chart.yaml": "apiVersion: v2\nname: ci\nversion: 0.1.0\ndependencies:\n- name: gha-runner-scale-set\n  version: 0.14.2\n"},
			".",
			"Chart.yaml:1:1: warning KR150: the chart of Helm in \".\": its runners are not known until it is rendered\n" +
				"    fix: run: helm template NAME . --namespace NAMESPACE -f VALUES.yaml | keyless check -\n",
		},
		{
			"a named folder of an app's chart",
			map[string]string{"charts/shop/Chart.yaml": chartOfAnApp, "charts/shop/templates/app.yaml": appTemplate},
			"charts/shop/",
			"charts/shop/Chart.yaml:1:1: warning KR150: the chart of Helm in \"charts/shop\": its runners are not known until it is rendered\n" +
				"    fix: run: helm template NAME charts/shop --namespace NAMESPACE -f VALUES.yaml | keyless check -\n",
		},
		{
			"values of a scale set",
			map[string]string{"values.yaml": scaleSetValues},
			"values.yaml",
			"values.yaml:1:1: warning KR150: the values of the chart gha-runner-scale-set: its runners are not known until it is rendered\n" +
				"    fix: run: helm template NAME oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set --namespace NAMESPACE -f values.yaml --set controllerServiceAccount.namespace=NAMESPACE,controllerServiceAccount.name=NAME | keyless check -\n",
		},
		{
			"values that name the controller",
			map[string]string{"ci/values.yaml": scaleSetValues + "controllerServiceAccount: {namespace: arc-systems, name: arc}\n"},
			".",
			"ci/values.yaml:1:1: warning KR150: the values of the chart gha-runner-scale-set: its runners are not known until it is rendered\n" +
				"    fix: run: helm template NAME oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set --namespace NAMESPACE -f ci/values.yaml | keyless check -\n",
		},
		{
			"Flux",
			map[string]string{"release.yaml": "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: images, namespace: ci}\nspec:\n  chart:\n    spec: {chart: gha-runner-scale-set, version: 0.14.2, sourceRef: {kind: HelmRepository, name: arc}}\n  values:\n    githubConfigUrl: https://github.com/octo-org\n"},
			".",
			"release.yaml:1:1: warning KR150: HelmRelease \"images\", which installs the chart gha-runner-scale-set: its runners are not known until it is rendered\n" +
				"    fix: run: helm template images oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set --version 0.14.2 --namespace ci -f VALUES.yaml --set controllerServiceAccount.namespace=NAMESPACE,controllerServiceAccount.name=NAME | keyless check -\n",
		},
		{
			"Flux, by an OCIRepository",
			map[string]string{"release.yaml": "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: images, namespace: ci}\nspec:\n  chartRef: {kind: OCIRepository, name: arc}\n  values:\n    githubConfigUrl: https://github.com/octo-org\n    controllerServiceAccount: {namespace: arc-systems, name: arc}\n"},
			".",
			"release.yaml:1:1: warning KR150: HelmRelease \"images\", which installs the chart gha-runner-scale-set: its runners are not known until it is rendered\n" +
				"    fix: run: helm template images oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set --version VERSION --namespace ci -f VALUES.yaml | keyless check -\n",
		},
		{
			"Argo CD",
			map[string]string{"app.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: images, namespace: argocd}\nspec:\n  destination: {namespace: ci, server: https://kubernetes.default.svc}\n  sources:\n  - {repoURL: https://github.com/octo-org/values, ref: values}\n  - {chart: gha-runner-scale-set, repoURL: ghcr.io/actions/actions-runner-controller-charts, targetRevision: 0.14.2, helm: {valueFiles: [$values/images.yaml]}}\n"},
			".",
			"app.yaml:1:1: warning KR150: Application \"images\", which installs the chart gha-runner-scale-set: its runners are not known until it is rendered\n" +
				"    fix: run: helm template images oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set --version 0.14.2 --namespace ci -f VALUES.yaml --set controllerServiceAccount.namespace=NAMESPACE,controllerServiceAccount.name=NAME | keyless check -\n",
		},
		{
			"a name that would end the command",
			map[string]string{"release.yaml": "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: '$(id)', namespace: '-f'}\nspec:\n  chart:\n    spec: {chart: gha-runner-scale-set}\n  values: {controllerServiceAccount: {}}\n"},
			".",
			"release.yaml:1:1: warning KR150: HelmRelease \"$(id)\", which installs the chart gha-runner-scale-set: its runners are not known until it is rendered\n" +
				"    fix: run: helm template NAME oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set --namespace NAMESPACE -f VALUES.yaml | keyless check -\n",
		},
		{
			"a kustomization that puts runners into a namespace",
			map[string]string{"ci/kustomization.yaml": "namespace: ci\nresources: [runner.yaml]\n", "ci/runner.yaml": namelessRunner, "ci/other.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: other}\n"},
			".",
			"ci/kustomization.yaml:1:1: warning KR150: the kustomization in \"ci\": its runners are not known until it is rendered\n" +
				"    fix: run: kustomize build ci | keyless check -\n",
		},
		{
			"an overlay with a patch, and its base",
			map[string]string{"base/kustomization.yml": "resources: [runner.yaml]\nnamePrefix: a-\n", "base/runner.yaml": namelessRunner, "prod/kustomization.yaml": "resources: [../base]\npatches: [{path: patch.yaml}]\n", "prod/patch.yaml": namelessRunner},
			".",
			"prod/kustomization.yaml:1:1: warning KR150: the kustomization in \"prod\": its runners are not known until it is rendered\n" +
				"    fix: run: kustomize build prod | keyless check -\n",
		},
		{
			"a kustomization that renders a scale set's chart",
			map[string]string{"kustomization.yaml": "helmCharts: [{name: gha-runner-scale-set, version: 0.14.2, valuesFile: values.yaml}]\n", "values.yaml": scaleSetValues},
			".",
			"kustomization.yaml:1:1: warning KR150: the kustomization in \".\": its runners are not known until it is rendered\n" +
				"    fix: run: kustomize build --enable-helm . | keyless check -\n",
		},
		{
			"a kustomization without runners",
			map[string]string{"kustomization.yaml": "namespace: ci\nresources: [a.yaml]\n", "a.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: other}\n"},
			".",
			"a.yaml:1:1: warning KR001: no runner is among the files, so no chain is proved\n    fix: add the RunnerDeployment, or whatever makes the runners' Pods, and its ServiceAccount\n",
		},
		{
			"a secret in what a kustomization changes",
			map[string]string{"kustomization.yaml": "namespace: ci\nresources: [runner.yaml]\n", "runner.yaml": namelessRunner + "      env: [{name: K, value: AKIA" + "QWERTYUIOPASDFGH" + "}]\n"},
			".",
			"kustomization.yaml:1:1: warning KR150: the kustomization in \".\": its runners are not known until it is rendered\n" +
				"    fix: run: kustomize build . | keyless check -\n" +
				"runner.yaml:8:30: error KR065: this looks like an AWS access key id\n" +
				"    fix: take it out of the file and out of its history, and make it useless where it was made\n",
		},
		{
			"values of the legacy controller",
			map[string]string{"values.yaml": "syncPeriod: 1m\nauthSecret: {create: true}\n"},
			"values.yaml",
			"values.yaml:1:1: the values of the chart actions-runner-controller, which installs the controller and no runner: name the files of the RunnerDeployments\n",
		},
		{
			"variables of envsubst",
			map[string]string{"runner.yaml": "apiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\nmetadata:\n  name: ${NAME}\n  namespace: ci\nspec:\n  template:\n    spec:\n      organization: octo-org\n      labels: [\"${RUNNER_LABEL}\"]\n      serviceAccountName: ${RUNNER_SERVICE_ACCOUNT_NAME}\n      containerMode: ${RUNNER_CONTAINER_MODE}\n"},
			".",
			"runner.yaml:4:9: warning KR151: the file is a template: \"${NAME}\" and 3 more like it are not filled in, so what it makes is not known\n" +
				"    fix: render it first, as the tool that applies it does (envsubst, Flux' postBuild, helm template), and check the result\n",
		},
		{
			"variables of pipelines and of sed",
			map[string]string{"runner.yaml": "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: build\n  namespace: ci\n  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::__ACCOUNT_ID__:role/build\n---\napiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\nmetadata:\n  name: rd-$(LABEL)\n  namespace: ci\nspec:\n  template:\n    spec:\n      repository: __REPOSITORY__\n      serviceAccountName: build\n"},
			".",
			"runner.yaml:7:33: warning KR151: the file is a template: \"arn:aws:iam::__ACCOUNT_ID__:role/build\" and 2 more like it are not filled in, so what it makes is not known\n" +
				"    fix: render it first, as the tool that applies it does (envsubst, Flux' postBuild, helm template), and check the result\n",
		},
		{
			"values of a scale set without its scope",
			map[string]string{"dind.yaml": "containerMode:\n  type: dind\n", "pod.yaml": "template:\n  spec:\n    containers:\n    - name: runner\n      image: ghcr.io/actions/actions-runner:2.337.0\n      command: [/home/runner/run.sh]\n"},
			".",
			"dind.yaml:1:1: warning KR150: the values of the chart gha-runner-scale-set: its runners are not known until it is rendered\n" +
				"    fix: run: helm template NAME oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set --namespace NAMESPACE -f dind.yaml --set controllerServiceAccount.namespace=NAMESPACE,controllerServiceAccount.name=NAME | keyless check -\n" +
				"pod.yaml:1:1: warning KR150: the values of the chart gha-runner-scale-set: its runners are not known until it is rendered\n" +
				"    fix: run: helm template NAME oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set --namespace NAMESPACE -f pod.yaml --set controllerServiceAccount.namespace=NAMESPACE,controllerServiceAccount.name=NAME | keyless check -\n",
		},
		{
			"a template that is no YAML",
			map[string]string{"runner.yaml": runnerTemplate},
			".",
			"runner.yaml:4: a template, not YAML: \"{{ .Release.Name }}\" is not filled in; render it first, as the tool that applies it does, such as \"helm template\"\n",
		},
		{
			"a workflow that is no YAML",
			map[string]string{"push.yaml": "on: push\njobs:\n  push:\n    name: ${{ github.sha }}: {\n"},
			"push.yaml",
			"push.yaml:4: not YAML: mapping values are not allowed in this context\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			write(t, c.files)
			_, got := checkPaths(t, c.path)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A runner or a ServiceAccount that may be in what is not rendered is not missed as well.
func TestWhatMayBeInAChartIsNotMissed(t *testing.T) {
	good := readGood(t)
	for name, file := range map[string]string{
		"ServiceAccount": "apiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\nmetadata: {name: spare, namespace: runners}\nspec:\n  template:\n    spec: {organization: octo-org, labels: [spare], serviceAccountName: spare}\n",
		"runner":         "on: push\njobs:\n  spare:\n    runs-on: spare\n    steps: [{run: docker push 111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:1}]\n",
	} {
		t.Run(name, func(t *testing.T) {
			all := maps.Clone(good)
			all["spare.yaml"] = file
			write(t, all)
			if _, got := checkPaths(t, "."); !strings.Contains(got, "KR010") && !strings.Contains(got, "KR060") {
				t.Errorf("alone: got\n%s, want it missed", got)
			}
			all["values.yaml"] = scaleSetValues
			write(t, all)
			if _, got := checkPaths(t, "."); strings.Contains(got, "KR010") || strings.Contains(got, "KR060") || !strings.Contains(got, "KR150") {
				t.Errorf("beside values: got\n%s, want KR150 and nothing missed", got)
			}
		})
	}
}

// What is beside the good chain and makes no runner leaves it proved.
func TestWhatNeedsNoRenderingLeavesTheProof(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"an app's chart":           {"charts/shop/Chart.yaml": chartOfAnApp, "charts/shop/templates/app.yaml": appTemplate, "charts/shop/charts/db/Chart.yaml": chartOfAnApp},
		"the controllers' charts":  {"charts/arc/Chart.yaml": "name: arc\ndependencies:\n- name: gha-runner-scale-set-controller\n", "charts/arc/crds/a.yaml": "spec:\n  names:\n    kind: AutoscalingRunnerSet\n"},
		"legacy controller values": {"values.yaml": "syncPeriod: 1m\nauthSecret: {create: true}\n"},
		"another HelmRelease":      {"release.yaml": "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: nginx, namespace: web}\nspec:\n  chart:\n    spec: {chart: ingress-nginx}\n  values: {a: b}\n"},
		"another Application":      {"app.yaml": "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop, namespace: argocd}\nspec:\n  source: {repoURL: https://github.com/octo-org/shop, path: deploy}\n"},
		"a script's variables":     {"job.yaml": "apiVersion: batch/v1\nkind: Job\nmetadata: {name: backup, namespace: data}\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: backup\n        image: ${IMAGE}\n        args: [\"echo ${HOME}\"]\n        env:\n        - {name: TARGET, value: \"${TARGET}\"}\n"},
		"a ConfigMap's template":   {"config.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: web}\ndata:\n  name: ${NAME}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			all := readGood(t)
			maps.Copy(all, files)
			write(t, all)
			if found, got := checkPaths(t, "."); !found.Proved() {
				t.Errorf("got\n%s, want it proved", got)
			}
		})
	}
}

// A secret is found in values too.
func TestASecretInValuesIsFound(t *testing.T) {
	write(t, map[string]string{"values.yaml": "githubConfigUrl: https://github.com/octo-org\ngithubConfigSecret:\n  github_token: " + "ghp_" + strings.Repeat("aB3dE6", 6) + "\n"})
	if _, got := checkPaths(t, "."); !strings.Contains(got, "values.yaml:3:17: error KR065: ") {
		t.Errorf("got\n%s, want KR065", got)
	}
}

// The values from which a scale set was rendered may lie beside it.
func TestValuesBesideTheirScaleSet(t *testing.T) {
	set := "apiVersion: actions.github.com/v1alpha1\nkind: AutoscalingRunnerSet\nmetadata: {name: images, namespace: ci}\nspec:\n  githubConfigUrl: https://github.com/octo-org\n  template: {spec: {containers: [{name: runner}]}}\n"
	write(t, map[string]string{"values.yaml": scaleSetValues, "rendered.yaml": set})
	if _, got := checkPaths(t, "."); strings.Contains(got, "KR150") {
		t.Errorf("got\n%s, want no KR150", got)
	}
	write(t, map[string]string{"values.yaml": scaleSetValues, "rendered.yaml": strings.ReplaceAll(set, "octo-org", "other-org")})
	if _, got := checkPaths(t, "."); !strings.Contains(got, "values.yaml:1:1: warning KR150: ") {
		t.Errorf("of another organization: got\n%s, want KR150", got)
	}
}

// Whatever installs the chart of a scale set beside a runner that is proved makes runners that are
// not known.
func TestWhatElseInstallsScaleSets(t *testing.T) {
	const chart = "oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set"
	for _, c := range []struct{ name, file, text, what string }{
		{"values without the address", "values.yaml", "githubConfigSecret: github-app\nrunnerScaleSetName: images\n", "the values of the chart gha-runner-scale-set"},
		{"values of a subchart", "values.yaml", "images:\n  githubConfigUrl: https://github.com/octo-org\n", "the values of a chart that has the chart gha-runner-scale-set in it"},
		{"Helmfile", "helmfile.yaml", "releases:\n- {name: images, namespace: ci, chart: '" + chart + "'}\n", "the file, which installs the chart gha-runner-scale-set"},
		{"K3s", "images.yaml", "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: images}\nspec: {chart: '" + chart + "'}\n", "HelmChart, which installs the chart gha-runner-scale-set"},
		{"Crossplane", "images.yaml", "apiVersion: helm.crossplane.io/v1beta1\nkind: Release\nmetadata: {name: images}\nspec: {forProvider: {chart: {name: gha-runner-scale-set}}}\n", "Release, which installs the chart gha-runner-scale-set"},
		{"Flux, by an OCIRepository of the chart's name", "images.yaml", "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: images}\nspec: {chartRef: {kind: OCIRepository, name: gha-runner-scale-set}}\n", `HelmRelease "images", which installs the chart gha-runner-scale-set`},
		{"Flux, with changes", "images.yaml", "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: images}\nspec:\n  chart: {spec: {chart: gha-runner-scale-set}}\n  postRenderers: [{kustomize: {patches: [{patch: x}]}}]\n",
			`HelmRelease "images", which installs the chart gha-runner-scale-set and changes what it renders`},
		{"the chart of the controller", "images.yaml", "apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: {name: images}\nspec: {chart: '" + chart + "-controller'}\n", ""},
		{"its definition", "crd.yaml", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\nspec: {properties: {githubConfigUrl: {type: string}}}\n", ""},
		{"a workflow that installs it", ".github/workflows/install.yaml", "on: push\njobs:\n  install:\n    runs-on: ubuntu-latest\n    steps:\n    - {uses: octo-org/helm@v1, with: {chart: '" + chart + "'}}\n", ""},
		{"a tool that keeps it up to date", "renovate.json", `{"packageRules": [{"matchPackageNames": ["gha-runner-scale-set"]}]}`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, text := ids(t, nil, map[string]string{c.file: c.text})
			want := []string{"KR150"}
			if c.what == "" {
				want = []string{}
			}
			if !cmp.Equal(got, want) || !strings.Contains(text, c.what+": its runners are not known") && c.what != "" {
				t.Errorf("got %q, want %q and %s\n%s", got, want, c.what, text)
			}
		})
	}
}
