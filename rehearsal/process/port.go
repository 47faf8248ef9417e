package process

import (
	"net"
	"strconv"
)

// Loopback is the address that everything here listens on.
const Loopback = "127.0.0.1"

// Port finds a free port of loopback, for a program that cannot find one itself.
// Another program could take it before that one does; the caller sees it fail
// and says so.
func Port() (int, error) {
	listener, err := net.Listen("tcp", net.JoinHostPort(Loopback, "0"))
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

// Address is a port of loopback as HOST:PORT.
func Address(port int) string {
	return net.JoinHostPort(Loopback, strconv.Itoa(port))
}
