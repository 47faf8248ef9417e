package unrendered

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// GitHub's chart of a scale set's runners, and its address. The name of the controller's chart
// begins with the same.
const (
	scaleSetChart = "gha-runner-scale-set"
	scaleSetURL   = "oci://ghcr.io/actions/actions-runner-controller-charts/" + scaleSetChart
)

// Recognize reports whether the tree has to be rendered, and returns it as a fact: values of
// the chart gha-runner-scale-set, or an object by which Flux or Argo CD installs that chart.
func Recognize(root *source.Node) (facts.Unrendered, bool) {
	kind := root.Word("kind")
	group, _, _ := strings.Cut(root.Word("apiVersion"), "/")
	switch {
	case kind == "" && root.Member("githubConfigUrl") != nil:
		r := release{chart: scaleSetURL, values: root, file: root.Place.File}
		return r.unrendered("the values of the chart "+scaleSetChart, root.Place), true
	case kind == "HelmRelease" && group == "helm.toolkit.fluxcd.io":
		spec := root.Get("spec")
		return installed(root, "HelmRelease", release{
			chart: spec.Word("chart", "spec", "chart"), version: spec.Word("chart", "spec", "version"),
			values: spec.Get("values"), namespace: spec.Word("targetNamespace"),
		})
	case kind == "Application" && group == "argoproj.io":
		return application(root, root.Get("spec"))
	case kind == "ApplicationSet" && group == "argoproj.io":
		return application(root, root.Get("spec", "template", "spec"))
	}
	return facts.Unrendered{}, false
}

// application returns the first source of an Application that is the chart.
func application(root, spec *source.Node) (facts.Unrendered, bool) {
	sources := []*source.Node{spec.Get("source")}
	if list := spec.Get("sources"); list != nil {
		sources = append(sources, list.Items...)
	}
	for _, from := range sources {
		r := release{
			chart: from.Word("chart"), version: from.Word("targetRevision"),
			values: from.Get("helm", "valuesObject"), namespace: spec.Word("destination", "namespace"),
		}
		if found, ok := installed(root, root.Word("kind"), r); ok {
			return found, true
		}
	}
	return facts.Unrendered{}, false
}

// installed returns a release that an object installs, if its chart is a scale set's.
func installed(root *source.Node, kind string, r release) (facts.Unrendered, bool) {
	if path.Base(r.chart) != scaleSetChart && (r.chart != "" || r.values.Get("githubConfigUrl") == nil) {
		return facts.Unrendered{}, false
	}
	r.chart, r.name = scaleSetURL, root.Word("metadata", "name")
	if r.namespace == "" && kind == "HelmRelease" {
		r.namespace = root.Word("metadata", "namespace")
	}
	return r.unrendered(fmt.Sprintf("%s %q, which installs the chart %s", kind, r.name, scaleSetChart), root.Place), true
}

// InstallsController reports whether the tree has values of the chart
// actions-runner-controller, which contains no runner.
func InstallsController(root *source.Node) bool {
	return root.Word("kind") == "" && root.Member("authSecret") != nil &&
		(root.Member("githubWebhookServer") != nil || root.Member("syncPeriod") != nil || root.Member("certManagerEnabled") != nil)
}

// release is a chart with values; "" is not known.
type release struct {
	name, chart, version, namespace string
	// file has the values and nothing else.
	values *source.Node
	file   string
}

func (r release) unrendered(what string, at source.Place) facts.Unrendered {
	return facts.Unrendered{Place: at, What: what, Run: r.run(), ConfigURL: r.values.Word("githubConfigUrl")}
}

// run returns the command that renders the release; the reader fills in the words in
// capitals. Without a cluster, the chart of a scale set can't find its controller.
func (r release) run() string {
	command := fmt.Sprintf("helm template %s %s", word(r.name, "NAME"), word(r.chart, "CHART"))
	if r.version != "" {
		command += " --version " + word(r.version, "VERSION")
	}
	command += fmt.Sprintf(" --namespace %s -f %s", word(r.namespace, "NAMESPACE"), word(r.file, "VALUES.yaml"))
	if r.chart == scaleSetURL && r.values.Get("controllerServiceAccount") == nil {
		command += " --set controllerServiceAccount.namespace=NAMESPACE,controllerServiceAccount.name=NAME"
	}
	return command + " | keyless check -"
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_.][A-Za-z0-9_./:@+-]*$`)

// word returns otherwise for a text that a shell would not take as one plain word.
func word(text, otherwise string) string {
	if !plainWord.MatchString(text) {
		return otherwise
	}
	return text
}
