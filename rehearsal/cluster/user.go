package cluster

import (
	"strings"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// connect makes the administrator, of the group that may do everything.
func (c *Cluster) connect() (err error) {
	if c.Kubeconfig, err = c.User("administrator", "system:masters"); err != nil {
		return err
	}
	if c.Config, err = clientcmd.BuildConfigFromFlags("", c.Kubeconfig); err != nil {
		return err
	}
	c.Config.QPS = -1 // no limit in the client
	if c.Client, err = kubernetes.NewForConfig(c.Config); err != nil {
		return err
	}
	c.Dynamic, err = dynamic.NewForConfig(c.Config)
	return err
}

// User makes a kubeconfig file for a user of the given groups, with a certificate, and
// returns its path. The user may do nothing that no role lets it.
func (c *Cluster) User(name string, groups ...string) (string, error) {
	pair, err := c.Authority.Client(name, groups...)
	if err != nil {
		return "", err
	}
	config := clientcmdapi.NewConfig()
	config.Clusters["rehearsal"] = &clientcmdapi.Cluster{Server: c.url, CertificateAuthorityData: c.Authority.PEM}
	config.AuthInfos[name] = &clientcmdapi.AuthInfo{ClientCertificateData: pair.Certificate, ClientKeyData: pair.Key}
	config.Contexts["rehearsal"] = &clientcmdapi.Context{Cluster: "rehearsal", AuthInfo: name}
	config.CurrentContext = "rehearsal"
	path := c.path(strings.ReplaceAll(name, ":", "-") + ".kubeconfig") // KUBECONFIG is a list with colons
	return path, clientcmd.WriteToFile(*config, path)
}
