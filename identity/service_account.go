package identity

// ServiceAccount is the name of a Kubernetes ServiceAccount: an RFC 1123
// subdomain of up to 253 characters.
type ServiceAccount string

// Check reports a name that the Kubernetes API would refuse.
func (s ServiceAccount) Check() error {
	return checkDNSSubdomain("ServiceAccount", string(s))
}
