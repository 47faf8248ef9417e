package identity

// Namespace is a Kubernetes namespace: an RFC 1123 label of up to 63 characters.
type Namespace string

// Check reports a name that the Kubernetes API would refuse.
func (n Namespace) Check() error {
	return checkDNSLabel("namespace", string(n), 63)
}
