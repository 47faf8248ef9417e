package cloudformation

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
	"keyless-runners/preflight/unrendered"
)

// gap stands in a text for a part that is known only at deployment. Its characters are
// Unicode's for private use, so JSON has them as they are.
var gap = regexp.MustCompile("\ue000([0-9]+)\ue001")

// addManifest reads the objects that CDK's Cluster.addServiceAccount and addManifest apply,
// each at the place of the whole manifest.
func (r *reader) addManifest(of *resource) {
	manifest := of.node.Get("Properties", "Manifest")
	if manifest == nil {
		return
	}
	text, unknown := r.withGaps(manifest)
	roots, err := source.Parse(of.place.File, []byte(text))
	if err != nil || len(roots) != 1 {
		r.addUnread(of, "the manifest of ", `check what "kubectl get -o yaml" prints of its objects`)
		return
	}
	roots[0].PutAt(manifest.Place)
	roles := map[*source.Node]string{}
	roots[0].Walk(func(n *source.Node) bool {
		if number := gap.FindStringSubmatch(n.Text); number != nil {
			if i, err := strconv.Atoi(number[1]); err == nil && i < len(unknown) {
				if role := r.arnOf[unknown[i]]; role != nil && number[0] == n.Text {
					roles[n] = role.id
				}
				n.Kind, n.Text = source.Unknown, unknown[i].Text
			}
		}
		return true
	})
	for _, object := range roots[0].Values() {
		read := kubernetes.Read(object)
		for n := range read.ServiceAccounts {
			read.ServiceAccounts[n].RoleID = roles[object.Get("metadata", "annotations", identity.AnnotationRoleARN)]
		}
		r.facts.Add(&read)
	}
}

// json returns what CDK's CfnJson makes of a text: a value whose names Fn::Join makes, such as
// the conditions of a trust policy.
func (r *resolver) json(c call, text *source.Node) *source.Node {
	if text.Kind != source.String {
		return text
	}
	value := text.Contained()
	if value == nil {
		return c.unknown(fmt.Sprintf("%q is no JSON", facts.Short(text.Text)))
	}
	return value
}

// withGaps returns a text that Fn::Join makes, with a gap for each unknown part, and what these
// are, in their order. Of another value it is the text, "" if that is unknown.
func (r *reader) withGaps(node *source.Node) (text string, unknown []*source.Node) {
	c, _ := callOf(node)
	if c.function != "Fn::Join" || c.argument.Item(0).Scalar() && c.argument.Items[0].Text != "" {
		text, _ = textOf(c, r.resolve(node))
		return text, nil
	}
	var joined strings.Builder
	for _, part := range c.argument.Item(1).Values() {
		value := r.resolve(part)
		piece, why := textOf(c, value)
		if why != "" {
			piece = fmt.Sprintf("\ue000%d\ue001", len(unknown))
			if !value.Is(source.Unknown) {
				value = c.unknown(why)
			}
			unknown = append(unknown, value)
		}
		joined.WriteString(piece)
	}
	return joined.String(), unknown
}

// addHelmChart reads the values that CDK's Cluster.addHelmChart sets. The runners of a chart
// are in no file.
func (r *reader) addHelmChart(of *resource) {
	chart := r.stated(of, "Chart").Value
	r.facts.ChartValues = append(r.facts.ChartValues, unrendered.TextValues(chart, r.stated(of, "Version"), r.property(of, "Values").Values())...)
	if path.Base(chart) == identity.ChartScaleSet {
		r.addUnread(of, `the manifest, which "helm get manifest" prints, of `, "check that too")
	}
}
