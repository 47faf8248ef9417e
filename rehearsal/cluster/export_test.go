package cluster

// Etcd is the URL of etcd, for the test that it is closed.
func (c *Cluster) Etcd() string { return c.etcd.url }
