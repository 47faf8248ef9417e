package identity

// RunnerDeployment is the name of an ARC RunnerDeployment: an RFC 1123 label of
// up to 51 characters. ARC appends two random parts to it, "-xxxxx-xxxxx", and
// the name of the Pod that results has to fit in 63.
type RunnerDeployment string

// Check reports a name that is no label or would make Pods' names too long.
func (d RunnerDeployment) Check() error {
	const kind = "RunnerDeployment"
	check := func(name string) error { return checkDNSLabel(kind, name, 51) }
	return firstError(unwrapNamespace(string(d)).report(kind, check), check(string(d)))
}
