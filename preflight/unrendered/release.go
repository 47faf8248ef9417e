package unrendered

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// scaleSetURL is the address of GitHub's chart of a scale set's runners.
const scaleSetURL = "oci://ghcr.io/actions/actions-runner-controller-charts/" + identity.ChartScaleSet

// release is a chart with values, and where it is installed; "" is not known.
type release struct {
	// what names the release in a sentence.
	what, name, namespace string
	chart                 string
	version               facts.Text
	// versionElsewhere reports that another object names the version.
	versionElsewhere bool
	values           *source.Node
	// file has the values and nothing else.
	file  string
	place source.Place
	// changed reports that what the chart renders is changed before it is applied.
	changed bool
	// within reports that the values are those of a chart that has this one as a subchart.
	within bool
	// offline reports that the chart is rendered without a cluster, and with these values alone.
	offline bool
}

// releases returns the releases that the tree states: by values alone, by Flux, or by Argo CD.
func releases(root *source.Node) []release {
	group, _, _ := strings.Cut(root.Word("apiVersion"), "/")
	spec := root.Get("spec")
	switch root.Word("kind") + "." + group {
	case ".":
		if chart := chartOf(root); chart != "" {
			return []release{{chart: chart, values: root, file: root.Place.File, place: root.Place, what: "the values of the chart " + chart}}
		}
	case "HelmRelease.helm.toolkit.fluxcd.io":
		r := newRelease(root, spec.Get("chart", "spec"), "version", spec.Get("values"))
		r.namespace = cmp.Or(spec.Word("targetNamespace"), root.Word("metadata", "namespace"))
		r.versionElsewhere = spec.Has("chartRef")
		r.changed = len(spec.Get("postRenderers").Elements()) > 0
		return []release{r}
	case "Application.argoproj.io":
		return applications(root, spec)
	case "ApplicationSet.argoproj.io":
		return applications(root, spec.Get("template", "spec"))
	}
	if slices.Contains(rendered, group) || root.Has("jobs") || root.Has("runs") || root.Has("Resources") {
		return nil
	}
	if r := installation(root, 0); r != nil {
		r.place, r.name = root.Place, root.Word("metadata", "name")
		r.what = cmp.Or(root.Word("kind"), "the file") + ", which installs the chart " + identity.ChartScaleSet
		if r.within = r.within && !root.Has("kind"); r.within {
			r.what, r.file = "the values of a chart that has the chart "+identity.ChartScaleSet+" in it", root.Place.File
		}
		return []release{*r}
	}
	return nil
}

// rendered are groups whose objects install no chart, but may have fields of its values.
var rendered = []string{"v1", "apps", "batch", identity.GroupRBAC, "apiextensions.k8s.io", identity.GroupScaleSet, identity.GroupLegacy}

// mostNested is how deep a chart may be named: below it a large file costs time alone.
const mostNested = 5

// installation returns the chart of a scale set that an object of another tool names, as Helmfile and
// Crossplane do, or whose values are those of a subchart; nil if there is none.
func installation(node *source.Node, depth int) *release {
	if depth > mostNested {
		return nil
	}
	chart := cmp.Or(node.Word("chart"), node.Word("chart", "name"), node.Word("chartRef", "name"))
	if node.Member("githubConfigUrl") != nil {
		return &release{chart: identity.ChartScaleSet, values: node, within: true}
	}
	if path.Base(chart) == identity.ChartScaleSet {
		return &release{chart: identity.ChartScaleSet, values: node.Get("values")}
	}
	for _, value := range node.Elements() {
		if r := installation(value, depth+1); r != nil {
			return r
		}
	}
	for _, member := range node.Entries() {
		if r := installation(member.Value, depth+1); r != nil {
			return r
		}
	}
	return nil
}

// chartOf returns the chart whose values a file without a kind has, "" for another file.
func chartOf(root *source.Node) string {
	switch {
	case root.Member("githubConfigUrl") != nil, root.Member("githubConfigSecret") != nil, root.Member("runnerScaleSetName") != nil,
		slices.Contains(identity.ContainerModes, root.Word("containerMode", "type")), hasRunner(root.Get("template", "spec")):
		return identity.ChartScaleSet
	case InstallsController(root):
		return identity.ChartLegacy
	case path.Base(root.Word("image", "repository")) == identity.ChartScaleSetController,
		root.Get("flags").Member("updateStrategy") != nil, root.Get("flags").Member("watchSingleNamespace") != nil:
		return identity.ChartScaleSetController
	}
	return ""
}

// hasRunner reports whether a Pod's specification has the container in which a scale set's jobs run. Of several
// files of values, only one need have githubConfigUrl.
func hasRunner(spec *source.Node) bool {
	return slices.ContainsFunc(spec.Get("containers").Elements(), func(container *source.Node) bool { return container.Word("name") == identity.ContainerRunner })
}

// applications returns the sources of an Application that are charts.
func applications(root, spec *source.Node) []release {
	var found []release
	for _, from := range applicationSources(spec) {
		values := from.Get("helm", "valuesObject")
		if values == nil {
			values = from.Get("helm", "values").Contained()
		}
		r := newRelease(root, from, "targetRevision", values)
		r.namespace = spec.Word("destination", "namespace")
		r.offline = !from.Has("plugin") && !from.Has("helm", "valueFiles") && !from.Has("helm", "parameters") && !from.Has("helm", "fileParameters")
		found = append(found, r)
	}
	return found
}

// applicationSources returns what an Application of Argo CD applies: its source, if it has one, and its sources.
func applicationSources(spec *source.Node) []*source.Node {
	return append([]*source.Node{spec.Get("source")}, spec.Get("sources").Elements()...)
}

// newRelease returns a release by an object that names its chart and version in the node. The
// chart that an OCIRepository names is known by its values alone.
func newRelease(root, node *source.Node, version string, values *source.Node) release {
	r := release{chart: path.Base(node.Word("chart")), name: root.Word("metadata", "name"), values: values, place: root.Place}
	r.version = facts.TextOf(node.Get(version), root.Place)
	if r.chart == "." && (values.Member("githubConfigUrl") != nil || path.Base(root.Word("spec", "chartRef", "name")) == identity.ChartScaleSet) {
		r.chart = identity.ChartScaleSet
	}
	r.what = fmt.Sprintf("%s %q, which installs the chart %s", root.Word("kind"), r.name, r.chart)
	return r
}

// Recognize reports whether the tree has to be rendered to runners, and returns it as a fact:
// values of the chart gha-runner-scale-set, or an object by which Flux or Argo CD installs it.
func Recognize(root *source.Node) (facts.Unrendered, bool) {
	for _, r := range releases(root) {
		if r.chart == identity.ChartScaleSet {
			r.chart = scaleSetURL
			if r.within {
				r.chart = "CHART"
			}
			if r.changed {
				run := fmt.Sprintf("helm get manifest %s --namespace %s | keyless check -", word(r.name, "NAME"), word(r.namespace, "NAMESPACE"))
				return facts.Unrendered{Place: r.place, What: r.what + " and changes what it renders", Run: run}, true
			}
			return facts.Unrendered{Place: r.place, What: r.what, Run: r.run(), ConfigURL: r.values.Word("githubConfigUrl")}, true
		}
	}
	return facts.Unrendered{}, false
}

// Values returns what the tree sets for ARC's charts.
func Values(root *source.Node) []facts.ChartValues {
	var found []facts.ChartValues
	for _, r := range releases(root) {
		if isARC(r.chart) {
			found = append(found, facts.ChartValues{Chart: r.chart, Version: r.version, Values: r.values, Offline: r.offline, Place: r.place})
		}
	}
	return found
}

// TextValues returns the same of a release whose values are texts of YAML, as Terraform has them.
func TextValues(chart string, version facts.Text, texts []*source.Node) []facts.ChartValues {
	chart = path.Base(chart)
	if !isARC(chart) {
		return nil
	}
	found := []facts.ChartValues{{Chart: chart, Version: version}}
	for _, text := range texts {
		found = append(found, facts.ChartValues{Chart: chart, Version: version, Values: text.Contained()})
	}
	return found
}

func isARC(chart string) bool {
	return chart == identity.ChartScaleSet || chart == identity.ChartScaleSetController || chart == identity.ChartLegacy
}

// InstallsController reports whether the tree has values of the chart
// actions-runner-controller, which contains no runner.
func InstallsController(root *source.Node) bool {
	return root.Word("kind") == "" && root.Member("authSecret") != nil &&
		(root.Member("githubWebhookServer") != nil || root.Member("syncPeriod") != nil || root.Member("certManagerEnabled") != nil)
}

// run returns the command that renders the release; the reader fills in the words in
// capitals. Without a cluster, the chart of a scale set can't find its controller.
func (r release) run() string {
	command := fmt.Sprintf("helm template %s %s", word(r.name, "NAME"), word(r.chart, "CHART"))
	if r.version.Value != "" || r.versionElsewhere {
		command += " --version " + word(r.version.Value, "VERSION")
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
