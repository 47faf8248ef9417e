package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// Values of ARC's charts.
var (
	ignoredValue     = kind("KR153", finding.Warning, "value that the chart ignores")
	runnerNotStarted = kind("KR154", finding.Error, "values with which no runner starts")
	notOfChart       = kind("KR155", finding.Error, "chart version that is the application's")
)

// chartValues reports what Helm does silently with values of ARC's charts.
func chartValues(v View, report reporter) {
	for _, set := range v.ChartValues {
		used, known := identity.ParseVersion(set.Version.Value)
		known = known && strings.Count(set.Version.Value, ".") == 2 // less is a range of Helm's
		if set.Chart == identity.ChartLegacy && known && slices.Compare(used[:], firstApplication[:]) >= 0 && slices.Compare(used[:], lastApplication[:]) <= 0 {
			report(notOfChart, set.Version.Place, fmt.Sprintf("the chart %s has no version %q: that is a version of the application", set.Chart, set.Version.Value),
				fmt.Sprintf("name the chart's own version; its last, %s, installs the application %s", number(lastLegacyChart), number(lastApplication)))
		}
		if chart, listed := charts[set.Chart]; listed {
			if !set.Version.There {
				used, known = newestChart, true
			}
			valuesChecker{chart, set.Chart, used, known, report}.check(set.Values, "")
		}
		if set.Chart == identity.ChartScaleSet {
			managerValues(set, report)
			managerVersion(v, set, report)
			refusedValues(set.Values, report)
			containerModeValues(set.Values, report)
			runnerValues(set.Values, report)
		}
	}
}

// managerValues reports a chart that is to look for its controller in a cluster, and is rendered without one.
func managerValues(set facts.ChartValues, report reporter) {
	manager := set.Values.Get("controllerServiceAccount")
	if set.Offline && !(manager.Has("name") && manager.Has("namespace")) {
		report(runnerNotStarted, set.Place, `Argo CD renders the chart without the cluster, in which it looks for the controller: "No gha-rs-controller deployment found"`,
			"set controllerServiceAccount.name and controllerServiceAccount.namespace")
	}
}

// refusedValues reports values with which the chart of a scale set renders nothing.
func refusedValues(values *source.Node, report reporter) {
	refuse := func(of *source.Node, problem, fix string) {
		report(runnerNotStarted, of.Place, "the chart renders nothing: "+problem, fix)
	}
	if mode := values.Get("containerMode"); mode.Scalar() && mode.Kind != source.Null {
		refuse(mode, fmt.Sprintf("containerMode is %q, and it reads containerMode.type", mode.Text), "write type below containerMode")
	}
	if name := values.Get("runnerScaleSetName"); name.Scalar() && len(name.Text) > identity.MaxScaleSet && !strings.ContainsAny(name.Text, "{$") {
		refuse(name, fmt.Sprintf("runnerScaleSetName has %d characters, and may have %d", len(name.Text), identity.MaxScaleSet), "choose a shorter name")
	}
	least := values.Get("minRunners")
	few, err := strconv.Atoi(facts.TextOf(least, source.Place{}).Value)
	if err == nil && few < 0 {
		refuse(least, fmt.Sprintf("minRunners is %d", few), "set minRunners to 0 or more")
	} else if many, unset := strconv.Atoi(facts.TextOf(values.Get("maxRunners"), source.Place{}).Value); err == nil && unset == nil && few > many {
		refuse(least, fmt.Sprintf("minRunners %d is above maxRunners %d", few, many), "set minRunners to maxRunners or less")
	}
}

// managerVersion reports a chart whose scale set the controller deletes that another release of the files
// installs. Those of other folders may be of other clusters.
func managerVersion(v View, set facts.ChartValues, report reporter) {
	var near, far []string
	for _, of := range v.ChartValues {
		_, known := identity.ParseVersion(of.Version.Value)
		switch {
		case of.Chart != identity.ChartScaleSetController || !of.Version.There:
		case !known || chain.Takes(of.Version.Value, set.Version.Value):
			return
		case index.Folder(of.Place) == index.Folder(set.Place):
			near = append(near, of.Version.Value)
		default:
			far = append(far, of.Version.Value)
		}
	}
	if _, known := identity.ParseVersion(set.Version.Value); !known || strings.Count(set.Version.Value, ".") != 2 {
		return
	}
	const fix = "install both charts in one version"
	switch {
	case near != nil:
		report(setDeleted, set.Version.Place, fmt.Sprintf("the chart makes a scale set of version %q, and the controller, which is %s, deletes a set of another version", set.Version.Value, facts.Quoted(near)), fix)
	case far != nil:
		report(setVersionUnknown, set.Version.Place, fmt.Sprintf("the chart makes a scale set of version %q, and a controller of another version deletes it: the files have %s", set.Version.Value, facts.Quoted(far)), fix)
	}
}

// number is the version as charts write it.
func number(v identity.Version) string { return strings.TrimPrefix(v.String(), "v") }

// valuesChecker compares values with those that a version of a chart has.
type valuesChecker struct {
	chart
	name string
	used identity.Version
	// known is false if the version is a range, or not known for another reason.
	known  bool
	report reporter
}

// check looks at the values below the path.
func (c valuesChecker) check(node *source.Node, path string) {
	for _, member := range node.Entries() {
		at := path + member.Name
		span, changes := c.spans[at]
		switch {
		case slices.Contains(c.values, at):
		case changes:
			c.checkSpan(member.Place, at, span)
		case c.has(at):
			c.check(member.Value, at+".")
		case !isForOthers(at):
			c.checkUnknown(member.Place, path, member.Name)
		}
	}
}

// has reports whether the chart has values below the path.
func (c valuesChecker) has(path string) bool {
	return slices.ContainsFunc(c.names(), func(name string) bool { return strings.HasPrefix(name, path+".") })
}

// isForOthers reports whether the value is Helm's own for subcharts, or has a name by which
// anchors of YAML are kept.
func isForOthers(path string) bool {
	return path == "global" || strings.HasPrefix(path, "x-") || strings.HasPrefix(path, "_") || strings.HasPrefix(path, ".")
}

func (c valuesChecker) checkSpan(at source.Place, path string, s span) {
	switch {
	case !c.known:
	case slices.Compare(c.used[:], s.since[:]) < 0:
		c.report(ignoredValue, at, fmt.Sprintf("%q is a value of %s since %s, and %s ignores it", path, c.name, number(s.since), number(c.used)),
			fmt.Sprintf("use version %s of the chart or newer", number(s.since)))
	case s.until != identity.Version{} && slices.Compare(c.used[:], s.until[:]) >= 0:
		c.report(ignoredValue, at, fmt.Sprintf("%q is no longer a value of %s: %s and newer ignore it", path, c.name, number(s.until)),
			fmt.Sprintf("set %q instead", s.instead))
	}
}

// checkUnknown reports a value that the chart does not have. A version that is not known, or
// newer than the one that was read, may have it, so only a likely mistake is reported there.
func (c valuesChecker) checkUnknown(at source.Place, path, name string) {
	var beside []string
	for _, value := range c.names() {
		if rest, below := strings.CutPrefix(value, path); below {
			first, _, _ := strings.Cut(rest, ".")
			beside = append(beside, first)
		}
	}
	meant := c.meant[path+name]
	if near := identity.Closest(name, beside); meant == "" && near != "" {
		meant = path + near
	}
	if meant == "" && (!c.known || slices.Compare(c.used[:], c.read[:]) > 0) {
		return
	}
	problem, fix := fmt.Sprintf("%q is no value of %s (as of %s), so Helm ignores it", path+name, c.name, number(c.read)), "take it out"
	if meant != "" {
		problem, fix = problem+identity.DidYouMean(meant), "write it as the chart does"
	}
	c.report(ignoredValue, at, problem, fix)
}

// containerModeValues reports values that the container mode makes useless.
func containerModeValues(values *source.Node, report reporter) {
	mode, spec := values.Get("containerMode", "type"), values.Get("template", "spec")
	if !mode.Scalar() || mode.Text == "" || strings.ContainsAny(mode.Text, "{$") {
		return
	}
	if !slices.Contains(identity.ContainerModes, mode.Text) {
		report(ignoredValue, mode.Place, fmt.Sprintf("containerMode.type %q is no mode of %s, which then makes a runner without one%s", mode.Text, identity.ChartScaleSet, identity.DidYouMean(identity.Closest(mode.Text, identity.ContainerModes))),
			"use dind, kubernetes or kubernetes-novolume")
	}
	if mode.Text == identity.ModeKubernetes && !values.Has("containerMode", "kubernetesModeWorkVolumeClaim") && !hasWorkVolume(spec) {
		report(runnerNotStarted, mode.Place, `containerMode.type "kubernetes" without kubernetesModeWorkVolumeClaim: the claim of the volume "work" is empty, and the API server refuses it`,
			"add kubernetesModeWorkVolumeClaim with accessModes, storageClassName and resources, or use kubernetes-novolume")
	}
	if claim := values.Get("containerMode").Member("kubernetesModeWorkVolumeClaim"); claim != nil && mode.Text != identity.ModeKubernetes {
		report(ignoredValue, claim.Place, fmt.Sprintf("containerMode.kubernetesModeWorkVolumeClaim is used in the mode kubernetes alone, and the mode is %q", mode.Text), "take it out")
	}
	if rules := values.Get("containerMode").Member("kubernetesModeAdditionalRoleRules"); rules != nil && spec.Has("serviceAccountName") {
		report(ignoredValue, rules.Place, "containerMode.kubernetesModeAdditionalRoleRules goes into a Role that the chart makes only without template.spec.serviceAccountName",
			"write the Role and its RoleBinding yourself, with these rules in it")
	}
	for _, container := range spec.Get("containers").Values() {
		if mode.Text == identity.ModeDind && container.Word("name") == "dind" {
			report(ignoredValue, container.Place, `the container "dind" is left out: in the mode dind the chart makes its own`,
				"take out containerMode, and write the runner and its sidecar in template.spec")
		}
	}
}

func hasWorkVolume(spec *source.Node) bool {
	return slices.ContainsFunc(spec.Get("volumes").Values(), func(volume *source.Node) bool { return volume.Word("name") == "work" })
}

// runnerValues reports a list of containers without what the chart's own list has: Helm
// replaces lists, it does not merge them (actions-runner-controller issue 4591).
func runnerValues(values *source.Node, report reporter) {
	list := values.Get("template", "spec").Member("containers")
	if list == nil || list.Value.Kind != source.List {
		return
	}
	at := slices.IndexFunc(list.Value.Items, func(c *source.Node) bool { return c.Word("name") == "runner" })
	if at < 0 {
		report(runnerNotStarted, list.Place, `template.spec.containers replaces the chart's list, and no container in it is called "runner", so no runner registers`,
			`call the runner's container "runner"`)
		return
	}
	runner := list.Value.Items[at]
	image := facts.TextOf(runner.Get("image"), runner.Place)
	switch {
	case !image.There:
		report(runnerNotStarted, runner.Place, `template.spec.containers replaces the chart's list, and its container "runner" has no image, so Kubernetes refuses the Pod`,
			`add the chart's image and command: image: ghcr.io/actions/actions-runner:VERSION, command: ["/home/runner/run.sh"]`)
	case !runner.Has("command") && !runner.Has("args") && chain.IsGitHubs(image):
		report(runnerNotStarted, runner.Place, fmt.Sprintf(`template.spec.containers replaces the chart's list, and its container "runner" has no command: the image %q starts no runner without one`, image.Value),
			`add command: ["/home/runner/run.sh"]`)
	}
}
