package kubernetes

import (
	"cmp"
	"net/netip"
	"slices"
	"strconv"

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

// egressPolicy reads a NetworkPolicy; ok is false if it limits nothing that Pods send.
func (o object) egressPolicy() (policy facts.EgressPolicy, ok bool) {
	spec := o.root.Get("spec")
	types, rules := spec.Get("policyTypes").Elements(), spec.Get("egress").Elements()
	policy = facts.EgressPolicy{Place: o.root.Place, Namespace: o.namespace, Name: o.name,
		Selects: membersOf("", spec.Get("podSelector", "matchLabels")), Expressions: len(spec.Get("podSelector", "matchExpressions").Elements()) > 0}
	for _, rule := range rules {
		reached := facts.Ports{Last: maxPort}
		reached.Public, reached.Agent = reach(rule.Get("to").Elements())
		policy.Allowed = append(policy.Allowed, portsOf(rule.Get("ports"), reached)...)
	}
	limits := len(types) == 0 && len(rules) > 0 || slices.ContainsFunc(types, func(of *source.Node) bool { return of.Text == "Egress" })
	return policy, limits
}

// maxPort is the highest port that there is.
const maxPort = 1<<16 - 1

// Agents are the addresses of the EKS Pod Identity agent, in clusters of IPv4 and IPv6.
var Agents = []netip.Addr{netip.MustParseAddr("169.254.170.23"), netip.MustParseAddr("fd00:ec2::23")}

// reach reports whether the peers of a rule have public addresses, and the EKS Pod Identity agent. Without any
// they are everything, and a block that is not known may be.
func reach(peers []*source.Node) (public, agent bool) {
	if len(peers) == 0 {
		return true, true
	}
	for _, peer := range peers {
		block := peer.Get("ipBlock")
		if block == nil && !peer.Is(source.Unknown) {
			continue
		}
		prefix, err := netip.ParsePrefix(block.Word("cidr"))
		public = public || err != nil || isPublic(prefix.Addr())
		agent = agent || err != nil || slices.ContainsFunc(Agents, func(address netip.Addr) bool {
			return prefix.Contains(address) && !slices.ContainsFunc(stringsOf(block.Get("except")), func(text string) bool {
				except, err := netip.ParsePrefix(text)
				return err == nil && except.Contains(address)
			})
		})
	}
	return public, agent
}

// carriers are the addresses of carriers' networks (RFC 6598), which clusters use for Pods.
var carriers = netip.MustParsePrefix("100.64.0.0/10")

func isPublic(address netip.Addr) bool {
	return !address.IsPrivate() && !address.IsLinkLocalUnicast() && !address.IsLoopback() && !carriers.Contains(address)
}

// portsOf are the ports of a rule, each with what is reached there. One that has a name may be any.
func portsOf(list *source.Node, reached facts.Ports) (all []facts.Ports) {
	for _, port := range list.Elements() {
		ports := reached
		ports.Protocol = cmp.Or(port.Word("protocol"), "TCP")
		if number, err := strconv.Atoi(textOf(port.Get("port"), port.Place).Value); err == nil {
			ports.First, ports.Last = number, number
		}
		if last, err := strconv.Atoi(textOf(port.Get("endPort"), port.Place).Value); err == nil {
			ports.Last = last
		}
		all = append(all, ports)
	}
	if len(all) == 0 {
		all = []facts.Ports{reached}
	}
	return all
}
