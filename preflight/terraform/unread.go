package terraform

import (
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/unrendered"
)

// addUnread records a resource that may let others push and is not judged.
func (r *reader) addUnread(of *resource, what, fix string) {
	r.facts.Unread = append(r.facts.Unread, facts.Unread{What: what + " " + of.address, Place: of.place, Fix: fix})
}

func (r *reader) addStack(of *resource) {
	r.addUnread(of, "the template of", "check that alone, with its parameters by --parameter NAME=VALUE")
}

func (r *reader) addRelease(of *resource) {
	chart := r.text(of, "chart").Value
	r.facts.ChartValues = append(r.facts.ChartValues, unrendered.TextValues(chart, r.text(of, "version"), r.value(of, "values").Values())...)
	if strings.HasSuffix(chart, identity.ChartScaleSet) {
		r.addUnread(of, `the manifest, which "helm get manifest" prints, of`, "check that too")
	}
}
