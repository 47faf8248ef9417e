package chain

import (
	"slices"

	"keyless-runners/preflight/facts"
)

// Names returns the names by which a user may ask for a workload's chain, the pool's first, if a label
// has it. Those that the files do not determine are left out.
func Names(w *facts.Workload) []string {
	texts := []facts.Text{w.Instance, w.Name}
	// The name on GitHub may differ from the object's.
	if w.ScaleSet && len(w.RunnerLabels) > 0 {
		texts = append(texts, w.RunnerLabels[0])
	}
	var names []string
	for _, text := range texts {
		if text.Known() && text.Value != "" && !slices.Contains(names, text.Value) {
			names = append(names, text.Value)
		}
	}
	qualified := facts.Named(w.Namespace, w.Name)
	return append(names, qualified, w.Kind+" "+qualified)
}
