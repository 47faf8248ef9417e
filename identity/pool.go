package identity

// PoolName is the name of a pool in this project: an RFC 1123 label of up to 63
// characters, so that it can name files and Kubernetes labels.
type PoolName string

// Check reports a name that is not such a label.
func (n PoolName) Check() error {
	return checkDNSLabel("pool name", string(n), 63)
}
