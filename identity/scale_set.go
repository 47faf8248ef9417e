package identity

// MaxScaleSet is how many characters the name of a runner scale set may have.
const MaxScaleSet = 45

// ScaleSet is the name of a runner scale set, an AutoscalingRunnerSet of ARC: an RFC 1123
// label of up to MaxScaleSet characters, by which jobs choose it. ARC names the listener after it
// and a hash, in a label of 63 (charts/gha-runner-scale-set, autoscalingrunnerset.yaml).
type ScaleSet string

// Check reports a name that is no label or that ARC would have no listener for.
func (s ScaleSet) Check() error {
	const kind = "scale set"
	check := func(name string) error { return checkDNSLabel(kind, name, MaxScaleSet) }
	return firstError(unwrapNamespace(string(s)).report(kind, check), check(string(s)))
}
