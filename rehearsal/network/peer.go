package network

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
)

// Peer is how to reach a network.
type Peer struct {
	// Address is HOST:PORT of loopback.
	Address string
	// Authority is the certificate, in PEM, that the hosts' certificates are
	// signed by.
	Authority []byte
}

// Transport connects to the network whatever the host, so that a host that it does
// not have is refused in the handshake.
func (p Peer) Transport() (*http.Transport, error) {
	trusted := x509.NewCertPool()
	if !trusted.AppendCertsFromPEM(p.Authority) {
		return nil, fmt.Errorf("no certificate in %q", p.Authority)
	}
	return &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			var dialer net.Dialer
			return dialer.DialContext(ctx, network, p.Address)
		},
		TLSClientConfig: &tls.Config{RootCAs: trusted},
	}, nil
}
