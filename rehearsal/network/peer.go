package network

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
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
// not have is refused in the handshake. What speaks no TLS is not connected at all.
func (p Peer) Transport() (*http.Transport, error) {
	trusted := x509.NewCertPool()
	if !trusted.AppendCertsFromPEM(p.Authority) {
		return nil, fmt.Errorf("no certificate in %q", p.Authority)
	}
	return &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if !strings.HasSuffix(address, ":443") {
				return nil, fmt.Errorf("no host %q in the rehearsal", address)
			}
			var dialer net.Dialer
			return dialer.DialContext(ctx, network, p.Address)
		},
		TLSClientConfig: &tls.Config{RootCAs: trusted},
	}, nil
}

// Write puts the peer into a file, for programs that cannot be given it otherwise.
func (p Peer) Write(file string) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}

// ReadPeer reads what Write wrote.
func ReadPeer(file string) (Peer, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return Peer{}, err
	}
	var p Peer
	return p, json.Unmarshal(text, &p)
}
