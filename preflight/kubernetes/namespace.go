package kubernetes

import (
	"slices"
	"strconv"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// quota reads a ResourceQuota; ok is false if it counts certain Pods alone.
func (o object) quota() (quota facts.Quota, ok bool) {
	spec := o.root.Get("spec")
	quota = facts.Quota{Place: o.root.Place, Namespace: o.namespace, Name: o.name, Hard: quantities("", spec.Get("hard"))}
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
			Min: quantities("", item.Get("min")), Max: quantities("", item.Get("max")), Ratio: quantities("", item.Get("maxLimitRequestRatio"))}
		if one.OfPods { // which gives nothing
			all = append(all, one)
			continue
		}
		for _, from := range []string{"default", "max"} {
			one.Defaults = append(one.Defaults, quantities("limits.", item.Get(from))...)
		}
		for _, from := range []string{"defaultRequest", "default", "max", "min"} {
			one.Defaults = append(one.Defaults, quantities("requests.", item.Get(from))...)
		}
		all = append(all, one)
	}
	return all
}

// quantities are an object's members, with a prefix before their names.
func quantities(prefix string, object *source.Node) (all []facts.KeyValue) {
	for _, member := range object.Entries() {
		all = append(all, facts.KeyValue{Key: prefix + member.Name, Place: member.Place, Value: textOf(member.Value, member.Place)})
	}
	return all
}

// resources are what a container says that it needs: a limit is the request too, where there is none.
func resources(of *source.Node) []facts.KeyValue {
	return slices.Concat(quantities("requests.", of.Get("requests")), quantities("requests.", of.Get("limits")), quantities("limits.", of.Get("limits")))
}

// egressPolicy reads a NetworkPolicy; ok is false if it limits nothing that Pods send.
func (o object) egressPolicy() (policy facts.EgressPolicy, ok bool) {
	spec := o.root.Get("spec")
	types, rules := spec.Get("policyTypes").Elements(), spec.Get("egress").Elements()
	policy = facts.EgressPolicy{Place: o.root.Place, Namespace: o.namespace, Name: o.name, Every: len(spec.Get("podSelector").Entries()) == 0}
	for _, rule := range rules {
		inside := len(rule.Get("to").Elements()) > 0 && !slices.ContainsFunc(rule.Get("to").Elements(), func(peer *source.Node) bool { return peer.Has("ipBlock") || peer.Is(source.Unknown) })
		policy.Allowed = append(policy.Allowed, portsOf(rule.Get("ports"), inside)...)
	}
	limits := len(types) == 0 && len(rules) > 0 || slices.ContainsFunc(types, func(of *source.Node) bool { return of.Text == "Egress" })
	return policy, limits
}

// maxPort is the highest port that there is.
const maxPort = 1<<16 - 1

// portsOf are the ports of a rule. One that has a name may be any.
func portsOf(list *source.Node, inside bool) (all []facts.Ports) {
	for _, port := range list.Elements() {
		ports := facts.Ports{Protocol: port.Word("protocol"), Last: maxPort, Inside: inside}
		if ports.Protocol == "" {
			ports.Protocol = "TCP"
		}
		if number, err := strconv.Atoi(textOf(port.Get("port"), port.Place).Value); err == nil {
			ports.First, ports.Last = number, number
		}
		if last, err := strconv.Atoi(textOf(port.Get("endPort"), port.Place).Value); err == nil {
			ports.Last = last
		}
		all = append(all, ports)
	}
	if len(all) == 0 {
		all = []facts.Ports{{Last: maxPort, Inside: inside}}
	}
	return all
}
