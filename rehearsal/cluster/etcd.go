package cluster

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"keyless-runners/rehearsal/authority"
	"keyless-runners/rehearsal/process"
)

// etcd is an etcd that runs. Only holders of its certificate get in: anyone else who is
// on this machine does not, and a client never meets another rehearsal's etcd that
// took the port in between.
type etcd struct {
	process                 *process.Process
	url                     string
	trust, certificate, key string
}

func startEtcd(ctx context.Context, options Options) (*etcd, error) {
	folder := filepath.Join(options.Folder, "etcd")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	e, err := newEtcd(folder)
	if err != nil {
		return nil, err
	}
	ready, err := e.ready()
	if err != nil {
		return nil, err
	}
	return e, process.Retry(ctx, func() (err error) {
		e.process, err = e.start(ctx, options.Programs.Etcd, folder, ready)
		return err
	})
}

// newEtcd makes one pair of certificates, for the server and for its clients.
func newEtcd(folder string) (*etcd, error) {
	a, err := authority.New("etcd")
	if err != nil {
		return nil, err
	}
	e := &etcd{trust: filepath.Join(folder, "ca.crt")}
	if err := os.WriteFile(e.trust, a.PEM, 0o600); err != nil {
		return nil, err
	}
	pair, err := a.Peer(process.Loopback)
	if err != nil {
		return nil, err
	}
	e.certificate, e.key, err = pair.Write(folder, "etcd")
	return e, err
}

func (e *etcd) start(ctx context.Context, path, folder string, ready *http.Client) (*process.Process, error) {
	client, err := process.Port()
	if err != nil {
		return nil, err
	}
	peer, err := process.Port()
	if err != nil {
		return nil, err
	}
	e.url = "https://" + process.Address(client)
	peers := "http://" + process.Address(peer)
	return process.Start(ctx, process.Command{
		Name: "etcd",
		Path: path,
		Args: []string{
			"--name=rehearsal",
			"--data-dir=" + filepath.Join(folder, "data"),
			"--listen-client-urls=" + e.url, "--advertise-client-urls=" + e.url,
			"--listen-peer-urls=" + peers, "--initial-advertise-peer-urls=" + peers,
			"--initial-cluster=rehearsal=" + peers,
			"--client-cert-auth", "--trusted-ca-file=" + e.trust, "--cert-file=" + e.certificate, "--key-file=" + e.key,
			"--unsafe-no-fsync", // what a rehearsal wrote need not outlive the machine
			"--log-level=warn",
		},
		Log:   filepath.Join(folder, "log"),
		Ready: func(ctx context.Context) error { return get(ctx, ready, e.url+"/health") },
	})
}

// ready is a client that etcd lets in.
func (e *etcd) ready() (*http.Client, error) {
	pair, err := tls.LoadX509KeyPair(e.certificate, e.key)
	if err != nil {
		return nil, err
	}
	trust, err := os.ReadFile(e.trust)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(trust)
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		TLSClientConfig:   &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{pair}},
	}}, nil
}

// get asks whether a server is well.
func get(ctx context.Context, client *http.Client, url string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: %s", url, response.Status)
	}
	return nil
}
