package kubernetes

import (
	"cmp"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

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
var Agents = []netip.Addr{netip.MustParseAddr(identity.AgentIPv4), netip.MustParseAddr(identity.AgentIPv6)}

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

// ciliumPolicy reads a CiliumNetworkPolicy, as egressPolicy does. The agent is on the node, which no block of addresses
// stands for there (cilium issue 34387), and a rule without peers and ports allows nothing.
func (o object) ciliumPolicy() (policy facts.EgressPolicy, ok bool) {
	spec := o.root.Get("spec")
	policy = facts.EgressPolicy{Place: o.root.Place, Namespace: o.namespace, Name: o.name, Expressions: len(spec.Get("endpointSelector", "matchExpressions").Elements()) > 0}
	for _, label := range membersOf("", spec.Get("endpointSelector", "matchLabels")) {
		label.Key = strings.TrimPrefix(label.Key, "k8s:")
		policy.Selects = append(policy.Selects, label)
	}
	rules := spec.Get("egress").Elements()
	for _, rule := range rules {
		if len(rule.Entries()) == 0 {
			continue
		}
		entities, blocks := stringsOf(rule.Get("toEntities")), append(stringsOf(rule.Get("toCIDR")), cidrs(rule.Get("toCIDRSet"))...)
		anyone := !slices.ContainsFunc(rule.Entries(), func(member source.Member) bool {
			return strings.HasPrefix(member.Name, "to") && member.Name != "toPorts"
		})
		public := slices.ContainsFunc(blocks, func(text string) bool {
			prefix, err := netip.ParsePrefix(text)
			return err != nil || isPublic(prefix.Addr())
		})
		reached := facts.Ports{Last: maxPort,
			Public: anyone || public || rule.Has("toFQDNs") || slices.Contains(entities, "world") || slices.Contains(entities, "all"),
			Agent:  anyone || slices.Contains(entities, "host") || slices.Contains(entities, "all"),
		}
		if !rule.Has("toPorts") {
			policy.Allowed = append(policy.Allowed, reached)
		}
		for _, to := range rule.Get("toPorts").Elements() {
			policy.Allowed = append(policy.Allowed, portsOf(to.Get("ports"), reached)...)
		}
	}
	return policy, len(rules) > 0
}

func cidrs(list *source.Node) (all []string) {
	for _, item := range list.Elements() {
		all = append(all, item.Word("cidr"))
	}
	return all
}

// portsOf are the ports of a rule, each with what is reached there. One that has a name may be any.
func portsOf(list *source.Node, reached facts.Ports) (all []facts.Ports) {
	for _, port := range list.Elements() {
		ports := reached
		if ports.Protocol = cmp.Or(port.Word("protocol"), "TCP"); ports.Protocol == "ANY" {
			ports.Protocol = ""
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
		all = []facts.Ports{reached}
	}
	return all
}
