package kubernetes

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// API groups of policies.
const (
	groupKyverno     = "kyverno.io"
	groupConstraints = "constraints.gatekeeper.sh"
	groupMutations   = "mutations.gatekeeper.sh"
	groupAdmission   = "admissionregistration.k8s.io"
)

var policyGroups = []string{groupKyverno, groupConstraints, groupMutations, groupAdmission}

// admissionPolicies reads the rules of a policy for Pods that refuse or change them.
func (o object) admissionPolicies() []facts.AdmissionPolicy {
	policy := facts.AdmissionPolicy{Place: o.root.Place, Kind: o.kind, Name: o.name}
	spec := o.root.Get("spec")
	match := spec.Get("match")
	switch o.group() {
	case groupKyverno:
		if o.kind == "Policy" {
			policy.Namespace = o.namespace
		}
		return kyvernoRules(policy, spec)
	case groupConstraints:
		if action := spec.Word("enforcementAction"); action != "" && action != "deny" || !isForPods(match.Get("kinds"), "kinds") {
			return nil
		}
		policy.Privileged = o.kind == "K8sPSPPrivilegedContainer"
	case groupMutations:
		if !isForPods(spec.Get("applyTo"), "kinds") || !isForPods(match.Get("kinds"), "kinds") {
			return nil
		}
		policy.Changes = true
	default:
		match = spec.Get("matchConstraints")
		if !slices.ContainsFunc(match.Get("resourceRules").Elements(), func(rule *source.Node) bool {
			return slices.Contains(stringsOf(rule.Get("resources")), "pods")
		}) {
			return nil
		}
		policy.Changes = o.kind == "MutatingAdmissionPolicy"
	}
	policy.In, policy.Except = namespacesOf(match.Get("namespaceSelector"))
	policy.In, policy.Except = append(policy.In, stringsOf(match.Get("namespaces"))...), append(policy.Except, stringsOf(match.Get("excludedNamespaces"))...)
	return []facts.AdmissionPolicy{policy}
}

// nameLabel is the label of every namespace that has its name.
const nameLabel = "kubernetes.io/metadata.name"

// namespacesOf are the namespaces that a selector names, and those that it leaves out.
func namespacesOf(selector *source.Node) (in, except []string) {
	if name := selector.Word("matchLabels", nameLabel); name != "" {
		in = append(in, name)
	}
	for _, expression := range selector.Get("matchExpressions").Objects() {
		switch expression.Word("key") + " " + expression.Word("operator") {
		case nameLabel + " In":
			in = append(in, stringsOf(expression.Get("values"))...)
		case nameLabel + " NotIn":
			except = append(except, stringsOf(expression.Get("values"))...)
		}
	}
	return in, except
}

// kyvernoRules reads the rules of a policy of Kyverno that mutate, or that enforce what they validate.
func kyvernoRules(policy facts.AdmissionPolicy, spec *source.Node) (all []facts.AdmissionPolicy) {
	for _, rule := range spec.Get("rules").Objects() {
		validate := rule.Get("validate")
		action := rule.Word("validate", "failureAction") + spec.Word("validationFailureAction")
		enforces := validate != nil && strings.EqualFold(strings.TrimSuffix(action, "Audit"), "enforce")
		one := policy
		one.Changes = rule.Has("mutate") && !rule.Get("mutate").Has("targets")
		resources := filtered(rule.Get("match"))
		if !enforces && !one.Changes || !slices.ContainsFunc(resources, func(of *source.Node) bool { return isForPods(of.Get("kinds"), "") }) {
			continue
		}
		one.Privileged = enforces && asksPrivilegeAlone(validate.Get("pattern"))
		for _, of := range resources {
			one.In = append(one.In, stringsOf(of.Get("namespaces"))...)
		}
		for _, of := range filtered(rule.Get("exclude")) {
			asks := func(member source.Member) bool { return member.Name != "namespaces" && member.Name != "kinds" }
			if isForPods(of.Get("kinds"), "") && !slices.ContainsFunc(of.Entries(), asks) {
				one.Except = append(one.Except, stringsOf(of.Get("namespaces"))...)
			}
		}
		all = append(all, one)
	}
	return all
}

// filtered are the resources that a match, an exclusion or an exception names.
func filtered(of *source.Node) (all []*source.Node) {
	for _, filter := range slices.Concat(of.Get("any").Elements(), of.Get("all").Elements(), []*source.Node{of}) {
		if resources := filter.Get("resources"); resources != nil {
			all = append(all, resources)
		}
	}
	return all
}

// isForPods reports whether a list of kinds, or of objects with one, has Pods. No list is every kind.
func isForPods(list *source.Node, field string) bool {
	for _, item := range list.Elements() {
		kinds := []string{item.Text}
		if field != "" {
			kinds = stringsOf(item.Get(field))
		}
		if slices.ContainsFunc(kinds, func(kind string) bool {
			kind = kind[strings.LastIndex(kind, "/")+1:]
			return kind == "Pod" || kind == "*"
		}) {
			return true
		}
	}
	return len(list.Elements()) == 0
}

// asksPrivilegeAlone reports whether a pattern of Kyverno says something of the field privileged alone.
func asksPrivilegeAlone(pattern *source.Node) bool {
	asks, other := false, false
	pattern.Walk(func(node *source.Node) bool {
		for _, member := range node.Entries() {
			if member.Value.Scalar() {
				is := strings.Trim(member.Name, "=^+X()") == "privileged"
				asks, other = asks || is, other || !is
			}
		}
		return true
	})
	return asks && !other
}

// policyExceptions reads where a policy has no effect: a PolicyException of Kyverno for Pods, and the binding of one of
// Kubernetes' own that leaves namespaces out, or refuses nothing.
func (o object) policyExceptions() (all []facts.PolicyException) {
	spec := o.root.Get("spec")
	if o.is(groupAdmission + "/ValidatingAdmissionPolicyBinding") {
		_, except := namespacesOf(spec.Get("matchResources", "namespaceSelector"))
		if !slices.Contains(stringsOf(spec.Get("validationActions")), "Deny") {
			except = []string{"*"}
		}
		return []facts.PolicyException{{Policy: spec.Word("policyName"), In: except}}
	}
	var in []string
	for _, of := range filtered(spec.Get("match")) {
		if isForPods(of.Get("kinds"), "") {
			in = append(in, stringsOf(of.Get("namespaces"))...)
		}
	}
	for _, from := range spec.Get("exceptions").Objects() {
		all = append(all, facts.PolicyException{Policy: from.Word("policyName"), In: in})
	}
	return all
}
