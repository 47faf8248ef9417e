package identity

// ServiceAccount is the name of a Kubernetes ServiceAccount: an RFC 1123
// subdomain of up to 253 characters.
type ServiceAccount string

// Check reports a name that the Kubernetes API would refuse.
func (s ServiceAccount) Check() error {
	const kind = "ServiceAccount"
	check := func(name string) error { return checkDNSSubdomain(kind, name) }
	return firstError(unwrapNamespace(string(s)).report(kind, check), check(string(s)))
}
