package chain

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
)

// askQuotas finds a ResourceQuota of the namespace that has no room for Pods, or that demands a request or
// limit that a container does not declare (kubernetes, pkg/quota/v1/evaluator/core, podEvaluator).
func (c *Chains) askQuotas(r *Runner, pod facts.Pod) {
	for n := range c.Quotas {
		quota := &c.Quotas[n]
		if !c.AppliedWith(quota.Place, quota.Namespace, r.Workload) {
			continue
		}
		for _, hard := range quota.Hard {
			if (hard.Key == "pods" || hard.Key == "count/pods") && hard.Value.Is("0") {
				r.fails(Broken, hard.Place, NoRoom, "ResourceQuota %q lets namespace %q have no Pods, so %s has none", quota.Name, r.Namespace, r.Quoted())
			} else if without := c.lacks(r, pod, demanded(hard.Key)); without != "" {
				r.fails(Unknown, hard.Place, Demanded, "ResourceQuota %q of namespace %q demands %s, container %q of %s has none, and no LimitRange of the files gives it one: whether the Pods are made is not known", quota.Name, r.Namespace, demanded(hard.Key), without, r.Quoted())
			}
		}
	}
}

// demanded returns the request or limit that a quota makes each container declare; "" if none.
func demanded(key string) string {
	switch key {
	case "cpu", "memory":
		return "requests." + key
	case "requests.cpu", "requests.memory", "limits.cpu", "limits.memory":
		return key
	}
	return ""
}

// lacks returns the first container of the Pod without a request or limit; "" if all have it, or get it
// from a LimitRange.
func (c *Chains) lacks(r *Runner, pod facts.Pod, resource string) string {
	if resource == "" || slices.Contains(r.Resources, resource) || slices.ContainsFunc(c.ContainerDefaults, func(d facts.ContainerDefaults) bool {
		return c.AppliedWith(d.Place, d.Namespace, r.Workload) && slices.Contains(d.Resources, resource)
	}) {
		return ""
	}
	for _, container := range pod.Containers {
		if !slices.Contains(container.Resources, resource) {
			return container.Name.String()
		}
	}
	return ""
}

// proxies matches variables by which programs send to a proxy.
var proxies = regexp.MustCompile(`(?i)^https?_proxy$`)

// askPolicies finds what NetworkPolicies keep the Pods from: those for some Pods alone add to what the
// ones for all allow.
func (c *Chains) askPolicies(r *Runner, pod facts.Pod) {
	var limits *facts.EgressPolicy
	var allowed []facts.Ports
	for n := range c.EgressPolicies {
		if one := &c.EgressPolicies[n]; c.AppliedWith(one.Place, one.Namespace, r.Workload) {
			allowed = append(allowed, one.Allowed...)
			if one.Every && limits == nil {
				limits = one
			}
		}
	}
	sends := func(protocol string, port int, outside bool) bool {
		return slices.ContainsFunc(allowed, func(p facts.Ports) bool { return p.Include(protocol, port) && !(outside && p.Inside) })
	}
	proxied := r.Proxied || slices.ContainsFunc(pod.Containers, func(of facts.Container) bool {
		return slices.ContainsFunc(of.Env, func(v facts.EnvVar) bool { return proxies.MatchString(v.Name) })
	})
	var kept []string
	if !sends("UDP", 53, false) && !sends("TCP", 53, false) {
		kept = append(kept, "port 53, by which they look names up")
	}
	if !proxied && !sends("TCP", 443, true) {
		kept = append(kept, "port 443 outside of the cluster, by which they reach GitHub and AWS")
	}
	if len(c.AssociationsOf(r.SA)) > 0 && !sends("TCP", 80, true) {
		kept = append(kept, "port 80 of the EKS Pod Identity agent")
	}
	if limits != nil && len(kept) > 0 && !r.HostNetwork.MayBe("true") {
		unless := fmt.Sprintf("they push only if the cluster does not enforce %q", limits.Name)
		if other := c.pluginsPolicy(r); other != nil {
			unless = fmt.Sprintf("whether %s %q does is not looked into", other.Kind, other.Name)
		}
		r.fails(Unknown, limits.Place, CutOff, "no NetworkPolicy of namespace %q lets the Pods of %s send to %s: %s", r.Namespace, r.Quoted(), strings.Join(kept, ", nor to "), unless)
	}
}

// pluginsPolicy is the first policy of a kind that a network plugin has beside Kubernetes' own, such as
// CiliumNetworkPolicy, for the namespace or for all; nil: there is none.
func (c *Chains) pluginsPolicy(r *Runner) *facts.Object {
	for n := range c.Objects {
		if of := &c.Objects[n]; strings.HasSuffix(of.Kind, "NetworkPolicy") && of.Group != "networking.k8s.io" && (!of.Namespace.There || c.AppliedWith(of.Place, of.Namespace, r.Workload)) {
			return of
		}
	}
	return nil
}
