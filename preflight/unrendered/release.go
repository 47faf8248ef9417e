package unrendered

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// GitHub's charts: that of a scale set's runners, which is also the beginning of the
// name of its controller's, and where they are.
const (
	scaleSetChart = "gha-runner-scale-set"
	scaleSetURL   = "oci://ghcr.io/actions/actions-runner-controller-charts/" + scaleSetChart
)

// Recognize returns what has to be rendered: values of the chart gha-runner-scale-set,
// and what Flux and Argo CD install by it.
func Recognize(root *source.Node) (facts.Unrendered, bool) {
	kind, group, _ := kindOf(root)
	switch {
	case kind == "" && root.Member("githubConfigUrl") != nil:
		r := release{chart: scaleSetURL, values: root, file: root.Place.File}
		return r.unrendered("the values of the chart "+scaleSetChart, root.Place), true
	case kind == "HelmRelease" && group == "helm.toolkit.fluxcd.io":
		spec := root.Get("spec")
		return installed(root, "HelmRelease", release{
			chart: text(spec.Get("chart", "spec", "chart")), version: text(spec.Get("chart", "spec", "version")),
			values: spec.Get("values"), namespace: text(spec.Get("targetNamespace")),
		})
	case kind == "Application" && group == "argoproj.io":
		return application(root, root.Get("spec"))
	case kind == "ApplicationSet" && group == "argoproj.io":
		return application(root, root.Get("spec", "template", "spec"))
	}
	return facts.Unrendered{}, false
}

// application returns the first source of Argo CD's Application that is the chart.
func application(root, spec *source.Node) (facts.Unrendered, bool) {
	sources := []*source.Node{spec.Get("source")}
	if list := spec.Get("sources"); list != nil {
		sources = append(sources, list.Items...)
	}
	for _, from := range sources {
		r := release{
			chart: text(from.Get("chart")), version: text(from.Get("targetRevision")),
			values: from.Get("helm", "valuesObject"), namespace: text(spec.Get("destination", "namespace")),
		}
		if found, ok := installed(root, text(root.Get("kind")), r); ok {
			return found, true
		}
	}
	return facts.Unrendered{}, false
}

// installed is a release that an object of a kind installs, if its chart is that of a
// scale set.
func installed(root *source.Node, kind string, r release) (facts.Unrendered, bool) {
	if path.Base(r.chart) != scaleSetChart && (r.chart != "" || r.values.Get("githubConfigUrl") == nil) {
		return facts.Unrendered{}, false
	}
	r.chart, r.name = scaleSetURL, text(root.Get("metadata", "name"))
	if r.namespace == "" && kind == "HelmRelease" {
		r.namespace = text(root.Get("metadata", "namespace"))
	}
	return r.unrendered(fmt.Sprintf("%s %q, which installs the chart %s", kind, r.name, scaleSetChart), root.Place), true
}

// InstallsController reports whether the values are those of the chart
// actions-runner-controller, which has no runner in it.
func InstallsController(root *source.Node) bool {
	kind, _, _ := kindOf(root)
	return kind == "" && root.Member("authSecret") != nil &&
		(root.Member("githubWebhookServer") != nil || root.Member("syncPeriod") != nil || root.Member("certManagerEnabled") != nil)
}

func kindOf(root *source.Node) (kind, group, version string) {
	group, version, _ = strings.Cut(text(root.Get("apiVersion")), "/")
	return text(root.Get("kind")), group, version
}

// text is the scalar in the node, "" if it is something else or not there.
func text(node *source.Node) string {
	if !node.Scalar() {
		return ""
	}
	return node.Text
}

// release is a chart that is to be rendered; what is "" is not known.
type release struct {
	name, chart, version, namespace string
	// values are the release's own, and file is where they lie alone.
	values *source.Node
	file   string
}

func (r release) unrendered(what string, at source.Place) facts.Unrendered {
	return facts.Unrendered{Place: at, What: what, Run: r.run(), ConfigURL: text(r.values.Get("githubConfigUrl"))}
}

// run is the command that renders the release, in which capitals are for the reader to
// fill in. Without a cluster the chart of a scale set can't look for its controller.
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

// word is a word of a command line, or what stands for it.
func word(text, otherwise string) string {
	if !plainWord.MatchString(text) {
		return otherwise
	}
	return text
}
