package rule

import (
	"fmt"
	"slices"
	"strconv"

	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
)

// How many runners there are (actions-runner-controller v0.27.6,
// horizontalrunnerautoscaler_controller.go and autoscaling.go).
var (
	scalesNothing  = kind("KR171", finding.Warning, "autoscaler of runners that are not among the files")
	scalesBadly    = kind("KR172", finding.Warning, "autoscaler that does not scale as it is written")
	scaledReplicas = kind("KR173", finding.Note, "number of runners that an autoscaler decides too")
	noReplicas     = kind("KR174", finding.Warning, "runner kind with no runner")
)

// autoscalers reports autoscalers that scale nothing, or not as they are written.
func autoscalers(v View, report reporter) {
	for n := range v.Autoscalers {
		a := &v.Autoscalers[n]
		checkReplicas(a, report)
		i := slices.IndexFunc(v.Runners, func(r *chain.Runner) bool { return scales(a, r) })
		switch {
		case i < 0 && a.Target.Known() && a.Kind.Known() && !v.MayLackObjects():
			report(scalesNothing, a.Target.Place, fmt.Sprintf("%s scales %s %q of its namespace, which is not among the files", quotedAutoscaler(a), a.Kind, a.Target), "name runners that are, or add their file")
		case i >= 0 && v.Runners[i].Replicas.There:
			r := v.Runners[i]
			report(scaledReplicas, r.Replicas.Place, fmt.Sprintf("replicas of %s is %s, and %s decides the number: each apply sets it back", r.Quoted(), r.Replicas.Value, quotedAutoscaler(a)),
				"leave replicas out", finding.Related{Place: a.Place, What: "the autoscaler"})
		}
	}
}

func quotedAutoscaler(a *facts.Autoscaler) string {
	return fmt.Sprintf("HorizontalRunnerAutoscaler %q", facts.Named(a.Namespace, a.Name))
}

// scales reports whether an autoscaler decides how many of the runners there are.
func scales(a *facts.Autoscaler, r *chain.Runner) bool {
	return r.Legacy && a.Kind.Is(r.Kind) && r.Name.Known() && a.Target.Is(r.Name.Value) && sameNamespace(a.Namespace, r.Namespace)
}

// checkReplicas reports bounds without which the controller does not scale, and a minimum above
// the maximum, which it looks at first.
func checkReplicas(a *facts.Autoscaler, report reporter) {
	for _, bound := range []struct {
		name  string
		value facts.Text
	}{{"minReplicas", a.MinReplicas}, {"maxReplicas", a.MaxReplicas}} {
		if !bound.value.There {
			report(scalesBadly, bound.value.Place, fmt.Sprintf("%s has no %s, and the controller scales nothing without", quotedAutoscaler(a), bound.name), "set both minReplicas and maxReplicas")
		}
	}
	least, errLeast := strconv.Atoi(a.MinReplicas.Value)
	most, errMost := strconv.Atoi(a.MaxReplicas.Value)
	if errLeast == nil && errMost == nil && least > most {
		report(scalesBadly, a.MaxReplicas.Place, fmt.Sprintf("minReplicas %d of %s is above maxReplicas %d, which then never holds", least, quotedAutoscaler(a), most), "set minReplicas to maxReplicas or less")
	}
}

// isNone reports whether a number of runners is none, or below that.
func isNone(number facts.Text) bool {
	value, err := strconv.Atoi(number.Value)
	return err == nil && value <= 0
}

// atMostNone reports an autoscaler that never raises the number of runners above none.
func atMostNone(a *facts.Autoscaler, r *chain.Runner, report reporter) {
	switch {
	case isNone(a.MaxReplicas):
		report(noReplicas, a.MaxReplicas.Place, fmt.Sprintf("maxReplicas of %s is %s: jobs of %s wait", quotedAutoscaler(a), a.MaxReplicas, r.Quoted()), "set maxReplicas to 1 or more")
	case isNone(a.MinReplicas) && a.MaxReplicas.There && !a.Raises:
		report(noReplicas, a.MinReplicas.Place, fmt.Sprintf("minReplicas of %s is %s, and no metric and no event raises it: jobs of %s wait", quotedAutoscaler(a), a.MinReplicas, r.Quoted()),
			"set minReplicas to 1 or more, or add one scaleUpTrigger with githubEvent.workflowJob, or a metric")
	}
}

// runnersThatAreThere reports runner kinds that make no runner until something changes the
// number.
func runnersThatAreThere(v View, report reporter) {
	for _, r := range v.Runners {
		scaler := slices.IndexFunc(v.Autoscalers, func(a facts.Autoscaler) bool { return scales(&a, r) })
		switch {
		case scaler >= 0:
			atMostNone(&v.Autoscalers[scaler], r, report)
		case isNone(r.Replicas):
			report(noReplicas, r.Replicas.Place, fmt.Sprintf("replicas of %s is %s, and no autoscaler of the files raises it: its jobs wait", r.Quoted(), r.Replicas), "set replicas to 1 or more, or add the HorizontalRunnerAutoscaler")
		case r.ScaleSetSpec != nil && r.ScaleSetSpec.MaxRunners.Is("0"):
			report(noReplicas, r.ScaleSetSpec.MaxRunners.Place, fmt.Sprintf("maxRunners of %s is 0: its jobs wait", r.Quoted()), "set maxRunners to 1 or more, or leave it out")
		}
	}
}
