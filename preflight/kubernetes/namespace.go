package kubernetes

import (
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// quota reads a ResourceQuota; ok is false if it counts certain Pods alone.
func (o object) quota() (quota facts.Quota, ok bool) {
	spec := o.root.Get("spec")
	quota = facts.Quota{Place: o.root.Place, Namespace: o.namespace, Name: o.name, Hard: membersOf("", spec.Get("hard"))}
	return quota, !spec.Has("scopes") && !spec.Has("scopeSelector")
}

// limitRanges reads what a LimitRange says of containers and of Pods. A maximum is the limit of one without, and a limit the
// request (kubernetes, pkg/apis/core/v1, SetDefaults_LimitRangeItem).
func (o object) limitRanges() (all []facts.LimitRange) {
	for _, item := range o.root.Get("spec", "limits").Objects() {
		of := item.Word("type")
		if of != "Container" && of != "Pod" {
			continue
		}
		one := facts.LimitRange{Place: item.Place, Namespace: o.namespace, Name: o.name, OfPods: of == "Pod",
			Min: membersOf("", item.Get("min")), Max: membersOf("", item.Get("max")), Ratio: membersOf("", item.Get("maxLimitRequestRatio"))}
		if one.OfPods { // which gives nothing
			all = append(all, one)
			continue
		}
		for _, from := range []string{"default", "max"} {
			one.Defaults = append(one.Defaults, membersOf("limits.", item.Get(from))...)
		}
		for _, from := range []string{"defaultRequest", "default", "max", "min"} {
			one.Defaults = append(one.Defaults, membersOf("requests.", item.Get(from))...)
		}
		all = append(all, one)
	}
	return all
}

// membersOf are an object's members, with a prefix before their names.
func membersOf(prefix string, object *source.Node) (all []facts.KeyValue) {
	for _, member := range object.Entries() {
		all = append(all, facts.KeyValue{Key: prefix + member.Name, Place: member.Place, Value: textOf(member.Value, member.Place)})
	}
	return all
}

// resources are what a container says that it needs: a limit is the request too, where there is none.
func resources(of *source.Node) []facts.KeyValue {
	return slices.Concat(membersOf("requests.", of.Get("requests")), membersOf("requests.", of.Get("limits")), membersOf("limits.", of.Get("limits")))
}
