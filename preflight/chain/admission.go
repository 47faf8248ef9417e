package chain

import (
	"fmt"
	"path"
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// askAdmission finds a policy of the cluster that may refuse the Pods, or change them: what it wants is not looked into,
// but for privileged containers.
func (c *Chains) askAdmission(r *Runner, pod facts.Pod) {
	if r.Live && r.Kind == "Pod" || !r.IsRunner() { // a Pod that a cluster shows was let in
		return
	}
	reported := map[source.Place]bool{} // of several rules of one policy, the first is enough
	privileged := slices.IndexFunc(pod.Containers, func(of facts.Container) bool { return of.Privileged.MayBe("true") })
	for n := range c.AdmissionPolicies {
		policy := &c.AdmissionPolicies[n]
		wants := "may refuse them, and what it wants is not looked into"
		switch {
		case policy.Changes:
			wants = "may change them, and how is not looked into"
		case policy.Privileged && privileged < 0:
			continue
		case policy.Privileged:
			wants = fmt.Sprintf("refuses privileged containers, such as %q", pod.Containers[privileged].Name)
		}
		if c.isUnder(r, policy) && !reported[policy.Place] {
			reported[policy.Place] = true
			r.fails(Unknown, policy.Place, AdmissionOpen, "whether the cluster makes the Pods of %s as they are written is not known: %s %q %s", r.Quoted(), policy.Kind, policy.Name, wants)
		}
	}
}

// isUnder reports whether a policy may be for the runner's namespace.
func (c *Chains) isUnder(r *Runner, policy *facts.AdmissionPolicy) bool {
	has := func(patterns []string) bool {
		return slices.ContainsFunc(patterns, func(pattern string) bool {
			is, err := path.Match(pattern, r.Namespace.Value)
			return is || err != nil
		})
	}
	switch {
	case policy.Namespace.There && !c.AppliedWith(policy.Place, policy.Namespace, r.Workload):
		return false
	case !r.Namespace.Known():
		return true
	}
	return (len(policy.In) == 0 || has(policy.In)) && !has(policy.Except) && !slices.ContainsFunc(c.PolicyExceptions, func(from facts.PolicyException) bool {
		return policy.Name.Is(from.Policy) && has(from.In)
	})
}
