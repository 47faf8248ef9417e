// Package authority makes the certificates of a rehearsal, on the fly. Nothing
// outside of it trusts them, and they end with it.
package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// lifetime is longer than any rehearsal that is kept up to try things.
const lifetime = 7 * 24 * time.Hour

// Authority signs certificates.
type Authority struct {
	// PEM is its own certificate, which clients have to trust.
	PEM         []byte
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// Pair is a certificate and its key, both in PEM.
type Pair struct {
	Certificate, Key []byte
}

// New makes an authority with a new key.
func New(name string) (*Authority, error) {
	a := &Authority{certificate: template(pkix.Name{CommonName: name})}
	a.certificate.IsCA = true
	a.certificate.BasicConstraintsValid = true
	a.certificate.KeyUsage = x509.KeyUsageCertSign
	var err error
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, err
	}
	signed, err := x509.CreateCertificate(rand.Reader, a.certificate, a.certificate, &a.key.PublicKey, a.key)
	if err != nil {
		return nil, err
	}
	a.PEM = encode("CERTIFICATE", signed)
	return a, nil
}

// Server makes the certificate of a server that is reached under the given host
// names and IP addresses.
func (a *Authority) Server(hosts ...string) (Pair, error) {
	return a.server(hosts, x509.ExtKeyUsageServerAuth)
}

// Peer makes a certificate that is good for a server and for its clients.
func (a *Authority) Peer(hosts ...string) (Pair, error) {
	return a.server(hosts, x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth)
}

func (a *Authority) server(hosts []string, usage ...x509.ExtKeyUsage) (Pair, error) {
	server := template(pkix.Name{CommonName: hosts[0]})
	server.ExtKeyUsage = usage
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			server.IPAddresses = append(server.IPAddresses, ip)
		} else {
			server.DNSNames = append(server.DNSNames, host)
		}
	}
	return a.sign(server)
}

// Client makes the certificate by which Kubernetes knows a user and its groups.
func (a *Authority) Client(user string, groups ...string) (Pair, error) {
	client := template(pkix.Name{CommonName: user, Organization: groups})
	client.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	return a.sign(client)
}

func (a *Authority) sign(certificate *x509.Certificate) (Pair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return Pair{}, err
	}
	signed, err := x509.CreateCertificate(rand.Reader, certificate, a.certificate, &key.PublicKey, a.key)
	if err != nil {
		return Pair{}, err
	}
	secret, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return Pair{}, err
	}
	return Pair{encode("CERTIFICATE", signed), encode("EC PRIVATE KEY", secret)}, nil
}

// Write puts a pair into a folder as NAME.crt and NAME.key.
func (p Pair) Write(folder, name string) (certificate, key string, err error) {
	certificate, key = filepath.Join(folder, name+".crt"), filepath.Join(folder, name+".key")
	if err := os.WriteFile(certificate, p.Certificate, 0o600); err != nil {
		return "", "", err
	}
	return certificate, key, os.WriteFile(key, p.Key, 0o600)
}

func template(subject pkix.Name) *x509.Certificate {
	now := time.Now()
	return &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()),
		Subject:      subject,
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.Add(lifetime),
		KeyUsage:     x509.KeyUsageDigitalSignature,
	}
}

func encode(kind string, content []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content})
}
