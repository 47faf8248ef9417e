// Package network is the internet of a rehearsal: the host names of AWS that a job
// talks to, under their own names and with TLS, on one port of loopback. A client
// of it reaches those hosts and no other, so nothing leaves the machine.
package network

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"

	"keyless-runners/rehearsal/authority"
	"keyless-runners/rehearsal/process"
)

// Network serves hosts. Its zero value is of no use: see Start.
type Network struct {
	peer      Peer
	authority *authority.Authority
	server    *http.Server

	mu    sync.Mutex
	hosts map[string]*host
}

type host struct {
	handler     http.Handler
	certificate *tls.Certificate
}

// Start listens on a free port, with certificates that only its peers trust.
func Start() (*Network, error) {
	a, err := authority.New("rehearsal network")
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", process.Address(0))
	if err != nil {
		return nil, err
	}
	n := &Network{
		peer:      Peer{Address: listener.Addr().String(), Authority: a.PEM},
		authority: a,
		hosts:     map[string]*host{},
	}
	n.server = &http.Server{
		Handler:   n,
		TLSConfig: &tls.Config{GetCertificate: n.certificate},
		ErrorLog:  log.New(io.Discard, "", 0), // clients say it better
	}
	go func() { _ = n.server.ServeTLS(listener, "", "") }()
	return n, nil
}

// Serve answers for a host from now on, in place of what answered before.
func (n *Network) Serve(name string, handler http.Handler) error {
	pair, err := n.authority.Server(name)
	if err != nil {
		return err
	}
	certificate, err := tls.X509KeyPair(pair.Certificate, pair.Key)
	if err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.hosts[name] = &host{handler, &certificate}
	return nil
}

// Peer is how to reach the network from another process.
func (n *Network) Peer() Peer { return n.peer }

// Stop ends every connection.
func (n *Network) Stop() { _ = n.server.Close() }

func (n *Network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if host := n.host(r.Host); host != nil {
		host.handler.ServeHTTP(w, r)
		return
	}
	http.Error(w, fmt.Sprintf("no host %q", r.Host), http.StatusMisdirectedRequest)
}

func (n *Network) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	if host := n.host(hello.ServerName); host != nil {
		return host.certificate, nil
	}
	return nil, errors.New("no such host")
}

func (n *Network) host(name string) *host {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.hosts[name]
}
