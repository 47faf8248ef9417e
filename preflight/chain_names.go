package preflight

import (
	"slices"

	"keyless-runners/preflight/facts"
)

// scaleSetKind is the kind whose name on GitHub may differ from the object's.
const scaleSetKind = "AutoscalingRunnerSet"

// namesOf are the names by which a user may ask for a workload's chain, the pool's first,
// if its label tells. Those that the files do not determine are left out.
func namesOf(w *facts.Workload) []string {
	texts := []facts.Text{w.Instance, w.Name}
	if w.Kind == scaleSetKind && len(w.RunnerLabels) > 0 {
		texts = append(texts, w.RunnerLabels[0])
	}
	var names []string
	for _, text := range texts {
		if text.Known() && text.Value != "" && !slices.Contains(names, text.Value) {
			names = append(names, text.Value)
		}
	}
	qualified := name(w.Namespace, w.Name)
	return append(names, qualified, w.Kind+" "+qualified)
}
