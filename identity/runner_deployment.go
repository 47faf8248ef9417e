package identity

// RunnerDeployment is the name of an ARC RunnerDeployment: an RFC 1123 label of
// up to 51 characters. ARC appends two random parts to it, "-xxxxx-xxxxx", and
// the name of the Pod that results has to fit in 63.
type RunnerDeployment string

// Check reports a name that is no label or would make Pods' names too long.
func (d RunnerDeployment) Check() error {
	return checkDNSLabel("RunnerDeployment", string(d), 51)
}
