package fleet

import (
	"errors"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation"
)

// What Kubernetes refuses in a Pod, it refuses when the controller makes one: the
// RunnerDeployment is accepted, and no runner comes. So placement is checked here.

func checkToleration(t corev1.Toleration) error {
	switch t.Effect {
	case "", corev1.TaintEffectNoSchedule, corev1.TaintEffectPreferNoSchedule, corev1.TaintEffectNoExecute:
	default:
		return fmt.Errorf("effect %q: want %q, %q or %q, or none for all", t.Effect, corev1.TaintEffectNoSchedule, corev1.TaintEffectPreferNoSchedule, corev1.TaintEffectNoExecute)
	}
	switch t.Operator {
	case "", corev1.TolerationOpEqual:
		if t.Key == "" {
			return fmt.Errorf("key is missing; without one the operator is %q, and all taints are tolerated", corev1.TolerationOpExists)
		}
	case corev1.TolerationOpExists:
		if t.Value != "" {
			return fmt.Errorf("value %q: the operator %q is for taints of any value; leave one of them out", t.Value, t.Operator)
		}
	default:
		return fmt.Errorf("operator %q: want %q or %q", t.Operator, corev1.TolerationOpEqual, corev1.TolerationOpExists)
	}
	if t.TolerationSeconds != nil && t.Effect != corev1.TaintEffectNoExecute {
		return fmt.Errorf("tolerationSeconds %d: they are for effect %q; leave them out", *t.TolerationSeconds, corev1.TaintEffectNoExecute)
	}
	if t.Key == "" {
		return nil
	}
	return checkLabel("taint", t.Key, t.Value)
}

func checkTopologySpread(c corev1.TopologySpreadConstraint) error {
	switch {
	case c.MaxSkew < 1:
		return fmt.Errorf("maxSkew %d: want at least 1", c.MaxSkew)
	case c.WhenUnsatisfiable != corev1.DoNotSchedule && c.WhenUnsatisfiable != corev1.ScheduleAnyway:
		return fmt.Errorf("whenUnsatisfiable %q: want %q or %q", c.WhenUnsatisfiable, corev1.DoNotSchedule, corev1.ScheduleAnyway)
	case c.LabelSelector == nil:
		return errors.New("labelSelector is missing, so no Pod counts; want one for labels of the pool's Pods")
	}
	return firstError(checkTopologyKey(c.TopologyKey), checkSelector(c.LabelSelector))
}

func checkTopologyKey(key string) error {
	return checkKubernetes("topologyKey", key, validation.IsQualifiedName(key))
}

func checkSelector(selector *metav1.LabelSelector) error {
	if _, err := metav1.LabelSelectorAsSelector(selector); err != nil {
		return fmt.Errorf("label selector: %w", err)
	}
	return nil
}

func checkAffinity(affinity *corev1.Affinity, at place, problems *Problems) {
	if affinity == nil {
		return
	}
	if node := affinity.NodeAffinity; node != nil {
		checkNodeAffinity(*node, at.field("nodeAffinity"), problems)
	}
	if pod := affinity.PodAffinity; pod != nil {
		checkPodTerms(pod.RequiredDuringSchedulingIgnoredDuringExecution, pod.PreferredDuringSchedulingIgnoredDuringExecution, at.field("podAffinity"), problems)
	}
	if pod := affinity.PodAntiAffinity; pod != nil {
		checkPodTerms(pod.RequiredDuringSchedulingIgnoredDuringExecution, pod.PreferredDuringSchedulingIgnoredDuringExecution, at.field("podAntiAffinity"), problems)
	}
}

const (
	required  = "requiredDuringSchedulingIgnoredDuringExecution"
	preferred = "preferredDuringSchedulingIgnoredDuringExecution"
)

func checkNodeAffinity(affinity corev1.NodeAffinity, at place, problems *Problems) {
	if selector := affinity.RequiredDuringSchedulingIgnoredDuringExecution; selector != nil {
		at := at.field(required).field("nodeSelectorTerms")
		if len(selector.NodeSelectorTerms) == 0 {
			problems.add(at, errors.New("none is there, so no node will do; want at least one"))
		}
		for i, term := range selector.NodeSelectorTerms {
			problems.add(at.index(i), checkNodeTerm(term))
		}
	}
	for i, term := range affinity.PreferredDuringSchedulingIgnoredDuringExecution {
		problems.add(at.field(preferred).index(i), firstError(checkWeight(term.Weight), checkNodeTerm(term.Preference)))
	}
}

func checkNodeTerm(term corev1.NodeSelectorTerm) error {
	for _, expression := range term.MatchExpressions {
		if err := firstError(checkKubernetes("node label", expression.Key, validation.IsQualifiedName(expression.Key)), checkNodeExpression(expression)); err != nil {
			return err
		}
	}
	return nil
}

func checkNodeExpression(e corev1.NodeSelectorRequirement) error {
	switch count := len(e.Values); e.Operator {
	case corev1.NodeSelectorOpIn, corev1.NodeSelectorOpNotIn:
		if count == 0 {
			return fmt.Errorf("node label %q: operator %s without values; want at least one", e.Key, e.Operator)
		}
		if e.Operator == corev1.NodeSelectorOpIn {
			return checkLinux(e.Key, e.Values...)
		}
	case corev1.NodeSelectorOpExists, corev1.NodeSelectorOpDoesNotExist:
		if count > 0 {
			return fmt.Errorf("node label %q: operator %s with values; want none", e.Key, e.Operator)
		}
	case corev1.NodeSelectorOpGt, corev1.NodeSelectorOpLt:
		if count != 1 {
			return fmt.Errorf("node label %q: operator %s with %d values; want one", e.Key, e.Operator, count)
		}
	default:
		return fmt.Errorf("node label %q: operator %q: want In, NotIn, Exists, DoesNotExist, Gt or Lt", e.Key, e.Operator)
	}
	return nil
}

func checkPodTerms(must []corev1.PodAffinityTerm, may []corev1.WeightedPodAffinityTerm, at place, problems *Problems) {
	for i, term := range must {
		problems.add(at.field(required).index(i), checkPodTerm(term))
	}
	for i, term := range may {
		problems.add(at.field(preferred).index(i), firstError(checkWeight(term.Weight), checkPodTerm(term.PodAffinityTerm)))
	}
}

func checkPodTerm(term corev1.PodAffinityTerm) error {
	return firstError(checkTopologyKey(term.TopologyKey), checkSelector(term.LabelSelector), checkSelector(term.NamespaceSelector))
}

func checkWeight(weight int32) error {
	if weight < 1 || weight > 100 {
		return fmt.Errorf("weight %d: want 1 to 100", weight)
	}
	return nil
}
