package cluster

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"os"
	"strconv"

	"k8s.io/client-go/rest"

	"keyless-runners/rehearsal/process"
)

// signingKey is the file of the key that tokens are signed with.
const signingKey = "service-account.key"

// internal is the audience of tokens for the API server itself, as on EKS.
const internal = "https://kubernetes.default.svc"

func (c *Cluster) startAPIServer(ctx context.Context) error {
	arguments, err := c.arguments()
	if err != nil {
		return err
	}
	return process.Retry(ctx, func() error {
		port, err := process.Port()
		if err != nil {
			return err
		}
		c.url = "https://" + process.Address(port)
		if err := c.connect(); err != nil {
			return err
		}
		ready, err := readyClient(c.Config)
		if err != nil {
			return err
		}
		c.apiServer, err = process.Start(ctx, process.Command{
			Name:  "kube-apiserver",
			Path:  c.Programs.APIServer,
			Args:  append(arguments, "--secure-port="+strconv.Itoa(port)),
			Log:   c.path("kube-apiserver.log"),
			Ready: func(ctx context.Context) error { return get(ctx, ready, c.url+"/readyz") },
		})
		return err
	})
}

// arguments are as on EKS where a rehearsal depends on them (issuer, keys as published,
// audience, tokens of 24 hours at most), and have the API server run alone on loopback.
func (c *Cluster) arguments() ([]string, error) {
	server, err := c.Authority.Server(process.Loopback, "localhost", "kubernetes.default.svc")
	if err != nil {
		return nil, err
	}
	certificate, key, err := server.Write(c.Folder, "kube-apiserver")
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(c.path("ca.crt"), c.Authority.PEM, 0o600); err != nil {
		return nil, err
	}
	if err := writeSigningKey(c.path(signingKey)); err != nil {
		return nil, err
	}
	return []string{
		"--etcd-servers=" + c.etcd.url, "--etcd-prefix=/" + c.Issuer.Host(),
		"--etcd-cafile=" + c.etcd.trust, "--etcd-certfile=" + c.etcd.certificate, "--etcd-keyfile=" + c.etcd.key,
		"--bind-address=" + process.Loopback, "--advertise-address=" + process.Loopback,
		"--endpoint-reconciler-type=none", "--service-cluster-ip-range=10.100.0.0/16",
		"--tls-cert-file=" + certificate, "--tls-private-key-file=" + key, "--client-ca-file=" + c.path("ca.crt"),
		"--authorization-mode=Node,RBAC",
		"--allow-privileged=true", // the Docker sidecar is
		"--service-account-issuer=" + string(c.Issuer), "--service-account-jwks-uri=" + string(c.Issuer) + keysPath,
		"--service-account-signing-key-file=" + c.path(signingKey),
		"--service-account-key-file=" + c.path(signingKey),
		"--service-account-max-token-expiration=24h",
		"--api-audiences=" + internal,
		"--profiling=false",
	}, nil
}

// writeSigningKey makes the key that tokens are signed with: RSA, as EKS does it.
func writeSigningKey(path string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	return os.WriteFile(path, pem.EncodeToMemory(block), 0o600)
}

// readyClient opens a connection for each question, so that none is left to a server
// that was killed.
func readyClient(config *rest.Config) (*http.Client, error) {
	tls, err := rest.TLSConfigFor(config)
	if err != nil {
		return nil, err
	}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: tls, DisableKeepAlives: true}}, nil
}
