package network

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
)

// Peer is how to reach a network.
type Peer struct {
	// Address is HOST:PORT of loopback.
	Address string
	// Authority is the certificate, in PEM, that the hosts' certificates are
	// signed by.
	Authority []byte
}

// Transport connects to the network whatever the host. One that it does not have fails
// as a name does that no DNS server knows, and so does one that is not asked with TLS.
func (p Peer) Transport() (*http.Transport, error) {
	trusted := x509.NewCertPool()
	if !trusted.AppendCertsFromPEM(p.Authority) {
		return nil, fmt.Errorf("no certificate in %q", p.Authority)
	}
	return &http.Transport{
		DialContext: func(_ context.Context, _, address string) (net.Conn, error) { return nil, unknown(address) },
		DialTLSContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			var dialer net.Dialer
			plain, err := dialer.DialContext(ctx, network, p.Address)
			if err != nil {
				return nil, err
			}
			return handshake(ctx, plain, address, trusted)
		},
	}, nil
}

// handshake ends with the error of a name that is not known if the network says so.
func handshake(ctx context.Context, plain net.Conn, address string, trusted *x509.CertPool) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, errors.Join(err, plain.Close())
	}
	conn := tls.Client(plain, &tls.Config{RootCAs: trusted, ServerName: host})
	err = conn.HandshakeContext(ctx)
	if err == nil {
		return conn, nil
	}
	if alert := (*net.OpError)(nil); errors.As(err, &alert) && alert.Op == "remote error" {
		err = unknown(host)
	}
	_ = plain.Close() // there is a better error
	return nil, err
}

// unknown is the error for a host that is not there.
func unknown(host string) error {
	return &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}}
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
