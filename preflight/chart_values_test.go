package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	flux = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r, namespace: ci}\nspec:\n  chart:\n    spec: {chart: CHART, version: VERSION}\n"
	argo = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: r, namespace: argocd}\nspec:\n  source:\n    chart: CHART\n    targetRevision: VERSION\n"
)

func of(text, chart, version, values string) string {
	return strings.NewReplacer("CHART", chart, "VERSION", version).Replace(text) + values
}

// What Helm does silently with values of ARC's charts, beside KR150.
func TestValuesOfCharts(t *testing.T) {
	const (
		list   = "template.spec.containers replaces the chart's list, and "
		runner = "gha-runner-scale-set"
		both   = "gha-runner-scale-set-controller"
	)
	for _, c := range []struct{ name, file, want string }{
		{
			"a value that the chart does not have", scaleSetValues + "runnerScalesetName: images\nrunnerLabels: [x]\nfoo: bar\n",
			"a.yaml:3:1: warning KR153: \"runnerScalesetName\" is no value of gha-runner-scale-set (as of 0.15.0), so Helm ignores it; did you mean \"runnerScaleSetName\"?\n    fix: write it as the chart does\n" +
				"a.yaml:4:1: warning KR153: \"runnerLabels\" is no value of gha-runner-scale-set (as of 0.15.0), so Helm ignores it; did you mean \"scaleSetLabels\"?\n    fix: write it as the chart does\n" +
				"a.yaml:5:1: warning KR153: \"foo\" is no value of gha-runner-scale-set (as of 0.15.0), so Helm ignores it\n    fix: take it out\n",
		},
		{
			"a ServiceAccount in the wrong place", scaleSetValues + "template:\n  serviceAccountName: build\n",
			"a.yaml:4:3: warning KR153: \"template.serviceAccountName\" is no value of gha-runner-scale-set (as of 0.15.0), so Helm ignores it; did you mean \"template.spec.serviceAccountName\"?\n    fix: write it as the chart does\n",
		},
		{
			"a value that is no more", scaleSetValues + "containerMode:\n  type: kubernetes\n  kubernetesModeWorkVolumeClaim: {}\n  kubernetesModeServiceAccount:\n    annotations: {a: b}\n",
			"a.yaml:6:3: warning KR153: \"containerMode.kubernetesModeServiceAccount\" is no longer a value of gha-runner-scale-set: 0.11.0 and newer ignore it\n    fix: set \"resourceMeta.kubernetesModeServiceAccount\" instead\n",
		},
		{"a value that was", of(flux, runner, "0.10.1", "  values:\n    containerMode:\n      kubernetesModeServiceAccount: {annotations: {a: b}}\n"), ""},
		{
			"a value that is not yet", of(argo, runner, "0.13.1", "    helm:\n      valuesObject:\n        scaleSetLabels: [x]\n        controllerServiceAccount: {name: arc, namespace: arc}\n"),
			"a.yaml:10:9: warning KR153: \"scaleSetLabels\" is a value of gha-runner-scale-set since 0.14.0, and 0.13.1 ignores it\n    fix: use version 0.14.0 of the chart or newer\n",
		},
		{"a range of versions", of(flux, runner, "'<0.11'", "  values:\n    newValue: 1\n    scaleSetLabels: [x]\n    containerMode:\n      kubernetesModeServiceAccount: {annotations: {a: b}}\n"), ""},
		{"a version cut short", of(flux, runner, "'0.13'", "  values:\n    scaleSetLabels: [x]\n"), ""},
		{"a chart that may have it by now", of(flux, runner, "0.16.0", "  values:\n    newValue: 1\n"), ""},
		{
			"a typing mistake in values of that chart", of(flux, runner, "0.16.0", "  values:\n    maxRunner: 1\n"),
			"a.yaml:8:5: warning KR153: \"maxRunner\" is no value of gha-runner-scale-set (as of 0.15.0), so Helm ignores it; did you mean \"maxRunners\"?\n    fix: write it as the chart does\n",
		},
		{
			"values as text", of(argo, runner, "0.14.2", "    helm:\n      values: |\n        minRunner: 1\n        controllerServiceAccount: {name: arc, namespace: arc}\n"),
			"a.yaml:9:15: warning KR153: \"minRunner\" is no value of gha-runner-scale-set (as of 0.15.0), so Helm ignores it; did you mean \"minRunners\"?\n    fix: write it as the chart does\n",
		},
		{
			"an Application that does not name its controller", of(argo, runner, "0.14.2", "    helm:\n      valuesObject: {maxRunners: 1, controllerServiceAccount: {name: arc}}\n"),
			"a.yaml:1:1: error KR154: Argo CD renders the chart without the cluster, in which it looks for the controller: \"No gha-rs-controller deployment found\"\n    fix: set controllerServiceAccount.name and controllerServiceAccount.namespace\n",
		},
		{"an Application that does", of(argo, runner, "0.14.2", "    helm:\n      valuesObject: {controllerServiceAccount: {name: arc, namespace: arc}}\n"), ""},
		{"an Application with values elsewhere", of(argo, runner, "0.14.2", "    helm: {valueFiles: [$values/a.yaml]}\n"), ""},
		{"a release of Flux, which has the cluster", of(flux, runner, "0.14.2", "  values: {maxRunners: 1}\n"), ""},
		{
			"a controller of another version", of(flux, both, "0.10.1", "---\n") + of(flux, runner, "0.12.1", ""),
			"a.yaml:13:50: error KR160: the chart makes a scale set of version \"0.12.1\", and the controller, which is \"0.10.1\", deletes a set of another version\n    fix: install both charts in one version\n",
		},
		{"a controller of another patch version", of(flux, both, "0.14.1", "---\n") + of(flux, runner, "0.14.2", ""), ""},
		{"a controller of a range", of(flux, both, "0.14.x", "---\n") + of(flux, runner, "0.13.1", ""), ""},
		{"two controllers, one of which takes it", of(flux, both, "0.14.1", "---\n") + of(flux, both, "0.13.0", "---\n") + of(flux, runner, "0.14.2", ""), ""},
		{"names for anchors, and for subcharts", scaleSetValues + "x-common: &c {a: b}\nglobal: {a: b}\n", ""},
		{
			"no such mode", scaleSetValues + "containerMode: {type: kubernets}\n",
			"a.yaml:3:23: warning KR153: containerMode.type \"kubernets\" is no mode of gha-runner-scale-set, which then makes a runner without one; did you mean \"kubernetes\"?\n    fix: use dind, kubernetes or kubernetes-novolume\n",
		},
		{
			"a mode without its claim", scaleSetValues + "containerMode: {type: kubernetes}\n",
			"a.yaml:3:23: error KR154: containerMode.type \"kubernetes\" without kubernetesModeWorkVolumeClaim: the claim of the volume \"work\" is empty, and the API server refuses it\n    fix: add kubernetesModeWorkVolumeClaim with accessModes, storageClassName and resources, or use kubernetes-novolume\n",
		},
		{"a mode with a volume of the user's", scaleSetValues + "containerMode: {type: kubernetes}\ntemplate:\n  spec:\n    volumes:\n    - {name: work, emptyDir: {}}\n", ""},
		{
			"a claim that the mode ignores", scaleSetValues + "containerMode:\n  type: dind\n  kubernetesModeWorkVolumeClaim: {storageClassName: gp3}\n",
			"a.yaml:5:3: warning KR153: containerMode.kubernetesModeWorkVolumeClaim is used in the mode kubernetes alone, and the mode is \"dind\"\n    fix: take it out\n",
		},
		{
			"rules of a Role that is not made", scaleSetValues + "containerMode:\n  type: kubernetes\n  kubernetesModeWorkVolumeClaim: {}\n  kubernetesModeAdditionalRoleRules: []\ntemplate:\n  spec: {serviceAccountName: build}\n",
			"a.yaml:6:3: warning KR153: containerMode.kubernetesModeAdditionalRoleRules goes into a Role that the chart makes only without template.spec.serviceAccountName\n    fix: write the Role and its RoleBinding yourself, with these rules in it\n",
		},
		{
			"a container that is left out", scaleSetValues + "containerMode: {type: dind}\ntemplate:\n  spec:\n    containers:\n    - {name: runner, image: ghcr.io/actions/actions-runner:2.337.0, command: [/home/runner/run.sh]}\n    - {name: dind, image: docker:28-dind}\n",
			"a.yaml:8:7: warning KR153: the container \"dind\" is left out: in the mode dind the chart makes its own\n    fix: take out containerMode, and write the runner and its sidecar in template.spec\n",
		},
		{"the same in another mode", scaleSetValues + "containerMode: {type: kubernetes-novolume}\ntemplate:\n  spec:\n    containers:\n    - {name: runner, image: ghcr.io/actions/actions-runner:2.337.0, command: [/home/runner/run.sh]}\n    - {name: dind, image: docker:28-dind}\n", ""},
		{"the same without a mode", scaleSetValues + "template:\n  spec:\n    containers:\n    - {name: runner, image: ghcr.io/actions/actions-runner:2.337.0, command: [/home/runner/run.sh]}\n    - {name: dind, image: docker:28-dind}\n", ""},
		{
			"a runner without its command", of(flux, runner, "0.14.2", "  values:\n    template:\n      spec:\n        containers:\n        - name: runner\n          image: ghcr.io/actions/actions-runner:2.337.0\n"),
			"a.yaml:11:11: error KR154: " + list + "its container \"runner\" has no command: the image \"ghcr.io/actions/actions-runner:2.337.0\" starts no runner without one\n    fix: add command: [\"/home/runner/run.sh\"]\n",
		},
		{"a runner by arguments", scaleSetValues + "template:\n  spec:\n    containers:\n    - {name: runner, image: ghcr.io/actions/actions-runner, args: [/home/runner/run.sh]}\n", ""},
		{"a runner with an image that may start it", scaleSetValues + "template:\n  spec:\n    containers:\n    - {name: runner, image: registry.example/runner:1}\n", ""},
		{
			"a runner without its image", scaleSetValues + "template:\n  spec:\n    containers:\n    - {name: runner, resources: {}}\n",
			"a.yaml:6:7: error KR154: " + list + "its container \"runner\" has no image, so Kubernetes refuses the Pod\n    fix: add the chart's image and command: image: ghcr.io/actions/actions-runner:VERSION, command: [\"/home/runner/run.sh\"]\n",
		},
		{
			"no runner", scaleSetValues + "template:\n  spec:\n    containers:\n    - {name: my-runner, image: a, command: [b]}\n",
			"a.yaml:5:5: error KR154: " + list + "no container in it is called \"runner\", so no runner registers\n    fix: call the runner's container \"runner\"\n",
		},
		{
			"the application's version", of(flux, "actions-runner-controller", "0.27.6", ""),
			"a.yaml:6:55: error KR155: the chart actions-runner-controller has no version \"0.27.6\": that is a version of the application\n    fix: name the chart's own version; its last, 0.23.7, installs the application 0.27.6\n",
		},
		{
			"a release of Terraform", `{"format_version": "1.2", "resource_changes": [{"address": "helm_release.r", "mode": "managed", "type": "helm_release", "name": "r",
				"change": {"actions": ["create"], "after": {"name": "r", "chart": "oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set", "version": "0.14.2", "values": ["minRunner: 1"]}, "after_unknown": {"values": [false]}}}]}`,
			"a.yaml:2:182 (helm_release.r): warning KR153: \"minRunner\" is no value of gha-runner-scale-set (as of 0.15.0), so Helm ignores it; did you mean \"minRunners\"?\n    fix: write it as the chart does\n",
		},
		{"the chart's version", of(argo, "actions-runner-controller", "0.23.7", ""), ""},
		{"a range of the chart's versions", of(argo, "actions-runner-controller", "0.23.*", ""), ""},
		{"more runners at least than at most", "githubConfigUrl: https://github.com/octo-org\ngithubConfigSecret: x\nminRunners: 5\nmaxRunners: 2\n", "a.yaml:3:13: error KR154: the chart renders nothing: minRunners 5 is above maxRunners 2\n    fix: set minRunners to maxRunners or less\n"},
		{"fewer runners than none", "githubConfigUrl: https://github.com/octo-org\nminRunners: -1\n", "a.yaml:2:13: error KR154: the chart renders nothing: minRunners is -1\n    fix: set minRunners to 0 or more\n"},
		{"as many runners", "githubConfigUrl: https://github.com/octo-org\nminRunners: 2\nmaxRunners: 2\n", ""},
		{"a mode that is no object", "githubConfigUrl: https://github.com/octo-org\ncontainerMode: dind\n", "a.yaml:2:16: error KR154: the chart renders nothing: containerMode is \"dind\", and it reads containerMode.type\n    fix: write type below containerMode\n"},
		{"a long name", "githubConfigUrl: https://github.com/octo-org\nrunnerScaleSetName: " + strings.Repeat("a", 46) + "\n", "a.yaml:2:21: error KR154: the chart renders nothing: runnerScaleSetName has 46 characters, and may have 45\n    fix: choose a shorter name\n"},
		{"a name of the longest", "githubConfigUrl: https://github.com/octo-org\nrunnerScaleSetName: " + strings.Repeat("a", 45) + "\n", ""},
		{
			"values of the controller", of(flux, both, "0.13.1", "  values:\n    k8sClientRateLimiterQPS: 50\n    flags: {logLevel: info, watchNamespace: ci, watchSingleNamespace: ci}\n"),
			"a.yaml:8:5: warning KR153: \"k8sClientRateLimiterQPS\" is no value of gha-runner-scale-set-controller (as of 0.14.2), so Helm ignores it; did you mean \"flags.k8sClientRateLimiterQPS\"?\n    fix: write it as the chart does\n" +
				"a.yaml:9:29: warning KR153: \"flags.watchNamespace\" is no value of gha-runner-scale-set-controller (as of 0.14.2), so Helm ignores it\n    fix: take it out\n",
		},
		{
			"a file of the controller's values", "replicaCount: 1\nflags:\n  updateStrategie: eventual\n  watchSingleNamespace: ci\n  newFlag: 1\n",
			"a.yaml:3:3: warning KR153: \"flags.updateStrategie\" is no value of gha-runner-scale-set-controller (as of 0.14.2), so Helm ignores it; did you mean \"flags.updateStrategy\"?\n    fix: write it as the chart does\n",
		},
		{
			"values that name the controller's image", "image: {repository: ghcr.io/actions/gha-runner-scale-set-controller, pullpolicy: Always}\n",
			"a.yaml:1:70: warning KR153: \"image.pullpolicy\" is no value of gha-runner-scale-set-controller (as of 0.14.2), so Helm ignores it; did you mean \"image.pullPolicy\"?\n    fix: write it as the chart does\n",
		},
		{"every value of the controller's chart that is known", "labels: {}\nreplicaCount: 1\nimage: {repository: ghcr.io/actions/gha-runner-scale-set-controller, pullPolicy: Always, tag: \"\"}\nflags: {logLevel: debug, runnerMaxConcurrentReconciles: 2, excludeLabelPropagationPrefixes: [a]}\nterminationGracePeriodSeconds: 35\nmetrics: {listenerAddr: \":8080\"}\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			write(t, map[string]string{"a.yaml": c.file})
			_, all := checkPaths(t, ".")
			var got strings.Builder
			about := false
			for line := range strings.Lines(all) {
				if !strings.HasPrefix(line, "    ") {
					about = strings.Contains(line, " KR153: ") || strings.Contains(line, " KR154: ") || strings.Contains(line, " KR155: ") || strings.Contains(line, " KR160: ")
				}
				if about {
					got.WriteString(line)
				}
			}
			if diff := cmp.Diff(c.want, got.String()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
