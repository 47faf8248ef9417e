package chain

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// askQuotas finds a ResourceQuota of the namespace that has no room for Pods, or for one of these, or that demands a
// request or limit that a container does not declare (kubernetes, pkg/quota/v1/evaluator/core, podEvaluator).
func (c *Chains) askQuotas(r *Runner, pod facts.Pod) {
	c.askLimits(r, pod)
	for n := range c.Quotas {
		quota := &c.Quotas[n]
		if !c.AppliedWith(quota.Place, quota.Namespace, r.Workload) {
			continue
		}
		for _, hard := range quota.Hard {
			resource := counted(hard.Key)
			needs := c.needs(r, pod, resource)
			if (hard.Key == "pods" || hard.Key == "count/pods") && hard.Value.Is("0") {
				r.fails(Broken, hard.Place, NoRoom, "ResourceQuota %q lets namespace %q have no Pods, so %s has none", quota.Name, r.Namespace, r.Quoted())
			} else if hard.Value.Known() && kubernetes.Compare(needs, hard.Value.Value) > 0 {
				r.fails(Broken, hard.Place, OverLimit, "ResourceQuota %q lets all Pods of namespace %q have %s %q, and one Pod of %s has %q", quota.Name, r.Namespace, hard.Key, hard.Value, r.Quoted(), needs)
			} else if without := c.lacks(r, pod, resource); without != "" {
				r.fails(Unknown, hard.Place, Demanded, "ResourceQuota %q of namespace %q demands %s, container %q of %s has none, and no LimitRange of the files gives it one: whether the Pods are made is not known", quota.Name, r.Namespace, resource, without, r.Quoted())
			}
		}
	}
}

// counted returns the request or limit that a quota counts; "" if it counts something else.
func counted(key string) string {
	if strings.HasPrefix(key, "requests.") || strings.HasPrefix(key, "limits.") {
		return key
	}
	if slices.Contains([]string{"cpu", "memory", "ephemeral-storage"}, key) || strings.HasPrefix(key, "hugepages-") {
		return "requests." + key
	}
	return ""
}

// demanded are the requests and limits that a quota for them makes each container declare.
var demanded = []string{"requests.cpu", "requests.memory", "limits.cpu", "limits.memory"}

// lacks returns the first container of the Pod without a request or limit that a quota demands; "" if all have it,
// or get it from a LimitRange.
func (c *Chains) lacks(r *Runner, pod facts.Pod, resource string) string {
	if !slices.Contains(demanded, resource) || valueOf(r.Resources, resource).There {
		return ""
	}
	for i := range pod.Containers {
		if of := &pod.Containers[i]; !c.resource(r, of, resource).There {
			return of.Name.String()
		}
	}
	return ""
}

// needs returns the least that a Pod has of a request or limit: what is running together, or an init container
// alone.
func (c *Chains) needs(r *Runner, pod facts.Pod, resource string) string {
	if of := valueOf(r.Resources, resource); of.There {
		return of.Value
	}
	var together []string
	most := ""
	for i := range pod.Containers {
		of := &pod.Containers[i]
		if value := c.resource(r, of, resource).Value; !of.Init || of.Sidecar {
			together = append(together, value)
		} else if most == "" || kubernetes.Compare(value, most) > 0 {
			most = value
		}
	}
	if sum := kubernetes.Sum(together); kubernetes.Compare(most, sum) <= 0 {
		return sum
	}
	return most
}

func valueOf(all []facts.KeyValue, key string) facts.Text {
	for _, of := range all {
		if of.Key == key {
			return facts.Text{Value: of.Value.Value, Unknown: of.Value.Unknown, Place: of.Place, There: true}
		}
	}
	return facts.Text{}
}

// resource returns a request or limit of a container: its own, or else that of the namespace's LimitRanges.
func (c *Chains) resource(r *Runner, of *facts.Container, name string) facts.Text {
	value := valueOf(of.Resources, name)
	for n := 0; n < len(c.LimitRanges) && !value.There; n++ {
		if limits := &c.LimitRanges[n]; c.AppliedWith(limits.Place, limits.Namespace, r.Workload) {
			value = valueOf(limits.Defaults, name)
		}
	}
	return value
}

// askLimits finds a LimitRange of the namespace that a container is beyond, with what the namespace's give it
// (kubernetes, plugin/pkg/admission/limitranger).
func (c *Chains) askLimits(r *Runner, pod facts.Pod) {
	for n := range c.LimitRanges {
		limits := &c.LimitRanges[n]
		if !c.AppliedWith(limits.Place, limits.Namespace, r.Workload) {
			continue
		}
		if limits.OfPods {
			c.askPodLimits(r, pod, limits)
			continue
		}
		for i := range pod.Containers {
			if at, why := c.overLimit(r, &pod.Containers[i], limits); why != "" {
				r.fails(Broken, at, OverLimit, "LimitRange %q of namespace %q refuses container %q of %s: %s", limits.Name, r.Namespace, pod.Containers[i].Name, r.Quoted(), why)
				return
			}
		}
	}
}

// askPodLimits finds a LimitRange for Pods that the containers together are beyond, or by which one of them has to
// declare something (kubernetes, plugin/pkg/admission/limitranger, PodValidateLimitFunc).
func (c *Chains) askPodLimits(r *Runner, pod facts.Pod, limits *facts.LimitRange) {
	bound := func(by facts.KeyValue, resource string, isBeyond func(sum string) bool, than string) {
		sum, some := c.needs(r, pod, resource), c.declares(r, pod, resource, false)
		if !some {
			r.fails(Unknown, by.Place, Demanded, "LimitRange %q of namespace %q bounds %s of Pods, no container of %s has any, and no LimitRange of the files gives it one: whether the Pods are made is not known", limits.Name, r.Namespace, resource, r.Quoted())
		} else if isBeyond(sum) {
			r.fails(Broken, by.Place, OverLimit, "LimitRange %q of namespace %q refuses the Pods of %s: %s of their containers together is %q, %s %q", limits.Name, r.Namespace, r.Quoted(), resource, sum, than, by.Value)
		}
	}
	for _, most := range limits.Max {
		bound(most, "limits."+most.Key, func(sum string) bool { return kubernetes.Compare(sum, most.Value.Value) > 0 }, "above the maximum")
	}
	for _, least := range limits.Min {
		request := "requests." + least.Key
		bound(least, request, func(sum string) bool {
			return c.declares(r, pod, request, true) && kubernetes.Compare(sum, least.Value.Value) < 0
		}, "below the minimum")
	}
	for _, most := range limits.Ratio {
		request, limit := "requests."+most.Key, "limits."+most.Key
		bound(most, limit, func(sum string) bool {
			return c.declares(r, pod, request, true) && kubernetes.IsBeyond(sum, c.needs(r, pod, request), most.Value.Value)
		}, "beyond "+request+" by the ratio")
	}
}

// declares reports whether a container of the Pod that runs with the others has a request or limit, or every one has
// one that is known.
func (c *Chains) declares(r *Runner, pod facts.Pod, resource string, every bool) bool {
	if valueOf(r.Resources, resource).There {
		return true
	}
	return slices.ContainsFunc(pod.Containers, func(of facts.Container) bool {
		value := c.resource(r, &of, resource)
		return (!of.Init || of.Sidecar) && (!every && value.There || every && !value.Known())
	}) != every
}

func (c *Chains) overLimit(r *Runner, of *facts.Container, limits *facts.LimitRange) (at source.Place, why string) {
	for _, given := range limits.Defaults {
		_, name, _ := strings.Cut(given.Key, ".")
		if request, limit := c.resource(r, of, "requests."+name), c.resource(r, of, "limits."+name); kubernetes.Compare(request.Value, limit.Value) > 0 {
			return given.Place, fmt.Sprintf("requests.%s is %q, above the limit %q, with what the LimitRange gives it", name, request, limit)
		}
	}
	for _, least := range limits.Min {
		if request := c.resource(r, of, "requests."+least.Key); kubernetes.Compare(request.Value, least.Value.Value) < 0 {
			return least.Place, fmt.Sprintf("requests.%s is %q, below the minimum %q", least.Key, request, least.Value)
		}
	}
	for _, most := range limits.Max {
		if limit := c.resource(r, of, "limits."+most.Key); kubernetes.Compare(limit.Value, most.Value.Value) > 0 {
			return most.Place, fmt.Sprintf("limits.%s is %q, above the maximum %q", most.Key, limit, most.Value)
		}
	}
	for _, most := range limits.Ratio {
		request, limit := c.resource(r, of, "requests."+most.Key), c.resource(r, of, "limits."+most.Key)
		if kubernetes.IsBeyond(limit.Value, request.Value, most.Value.Value) {
			return most.Place, fmt.Sprintf("limits.%s is %q, more than %s times requests.%s %q", most.Key, limit, most.Value, most.Key, request)
		}
	}
	return at, ""
}

// proxies matches variables by which programs send to a proxy.
var proxies = regexp.MustCompile(`(?i)^https?_proxy$`)

// askPolicies finds what NetworkPolicies keep the Pods from: each adds to what the others for them allow.
func (c *Chains) askPolicies(r *Runner, pod facts.Pod) {
	var limits *facts.EgressPolicy
	var allowed []facts.Ports
	for n := range c.EgressPolicies {
		one := &c.EgressPolicies[n]
		if certainly, possibly := isFor(one, r); possibly && c.AppliedWith(one.Place, one.Namespace, r.Workload) {
			allowed = append(allowed, one.Allowed...)
			if certainly && limits == nil {
				limits = one
			}
		}
	}
	sends := func(protocol string, port int, reached func(facts.Ports) bool) bool {
		return slices.ContainsFunc(allowed, func(p facts.Ports) bool { return p.Include(protocol, port) && reached(p) })
	}
	names := func(facts.Ports) bool { return true }
	public := func(p facts.Ports) bool { return p.Public || !onGitHub(r) }
	agent := func(p facts.Ports) bool { return p.Agent }
	proxied := slices.ContainsFunc(pod.Containers, func(of facts.Container) bool {
		return slices.ContainsFunc(of.Env, func(v facts.EnvVar) bool { return proxies.MatchString(v.Name) })
	})
	var kept []string
	if !sends("UDP", 53, names) && !sends("TCP", 53, names) {
		kept = append(kept, "port 53, by which they look names up")
	}
	if !proxied && !sends("TCP", 443, public) {
		kept = append(kept, "port 443 of public addresses, by which they reach GitHub and AWS")
	}
	if len(c.AssociationsOf(r.SA)) > 0 && !sends("TCP", 80, agent) {
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

// isFor reports whether a policy is for the runner's Pods. A label that the files do not have may still be one that the
// controller adds, whose names have a slash, or are hashes.
func isFor(policy *facts.EgressPolicy, r *Runner) (certainly, possibly bool) {
	certainly = !policy.Expressions
	for _, wanted := range policy.Selects {
		label := valueOf(r.PodLabels, wanted.Key)
		added := r.Workload.Runner && (strings.Contains(wanted.Key, "/") || strings.HasSuffix(wanted.Key, "-hash"))
		switch {
		case label.Known() && wanted.Value.Known() && label.Value != wanted.Value.Value, !label.There && !added:
			return false, false
		case !label.Known() || !wanted.Value.Known():
			certainly = false
		}
	}
	return certainly, true
}

// onGitHub reports whether the runner is of a GitHub that GitHub hosts, which has public addresses.
func onGitHub(r *Runner) bool {
	return !r.Scope.URL.There || r.Scope.URL.Unknown == "" && hostedGitHub.MatchString(r.Scope.URL.Value)
}

// pluginsPolicy is the first policy of a kind that a network plugin has beside Kubernetes' own, such as
// Calico's, for the namespace or for all; nil: there is none.
func (c *Chains) pluginsPolicy(r *Runner) *facts.Object {
	for n := range c.Objects {
		if of := &c.Objects[n]; strings.HasSuffix(of.Kind, "NetworkPolicy") && of.Group != "networking.k8s.io" && of.Kind != "CiliumNetworkPolicy" && (!of.Namespace.There || c.AppliedWith(of.Place, of.Namespace, r.Workload)) {
			return of
		}
	}
	return nil
}
